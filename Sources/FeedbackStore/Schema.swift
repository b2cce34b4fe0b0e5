internal import GRDB

/// The tables, version by version; a version that was released is never changed again.
enum Schema {
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 feedback") { database in
      try database.execute(
        sql: """
          -- What was done and said, in the order of writing.
          CREATE TABLE feedback (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            listener TEXT NOT NULL CHECK (listener <> ''),
            kind TEXT NOT NULL,
            value TEXT,
            song TEXT,
            mood BLOB NOT NULL,
            time REAL NOT NULL
          ) STRICT;
          CREATE INDEX feedback_listener ON feedback (listener, id);
          -- Sums of observations: one row a listener, and one, with the empty name, for all together.
          CREATE TABLE evidence (
            listener TEXT NOT NULL,
            version INTEGER NOT NULL,
            count INTEGER NOT NULL,
            sums BLOB NOT NULL,
            PRIMARY KEY (listener, version)
          ) STRICT, WITHOUT ROWID;
          -- Sums of rewards.
          CREATE TABLE opinion (
            listener TEXT NOT NULL,
            song TEXT NOT NULL,
            count INTEGER NOT NULL,
            sum REAL NOT NULL,
            PRIMARY KEY (listener, song)
          ) STRICT, WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("2 moods, totals and pairs") { database in
      try database.execute(
        sql: """
          -- Sums of observations by the mood they were made in; all together under the empty name.
          CREATE TABLE mood_evidence (
            listener TEXT NOT NULL,
            mood TEXT NOT NULL,
            version INTEGER NOT NULL,
            count INTEGER NOT NULL,
            sums BLOB NOT NULL,
            PRIMARY KEY (listener, mood, version)
          ) STRICT, WITHOUT ROWID;
          -- What all listeners think of a song.
          CREATE TABLE song_total (
            song TEXT PRIMARY KEY,
            listeners INTEGER NOT NULL,
            liked INTEGER NOT NULL,
            sum INTEGER NOT NULL,
            squares INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX song_total_known ON song_total (listeners DESC, song);
          -- How two songs go together: each pair stands in both orders.
          CREATE TABLE song_pair (
            song TEXT NOT NULL,
            other TEXT NOT NULL,
            listeners INTEGER NOT NULL,
            liked INTEGER NOT NULL,
            product INTEGER NOT NULL,
            PRIMARY KEY (song, other)
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX song_pair_known ON song_pair (song, listeners DESC, other);
          -- The songs of a listener that count in pairs, in order.
          CREATE TABLE pair_member (
            listener TEXT NOT NULL,
            place INTEGER NOT NULL,
            song TEXT NOT NULL,
            level INTEGER NOT NULL,
            PRIMARY KEY (listener, place)
          ) STRICT, WITHOUT ROWID;
          """)
      try SongRecords.rebuild(database)
    }
    migrator.registerMigration("3 observations") { database in
      try database.execute(
        sql: """
          -- What the row taught: version, reward, weight, mood, terms; so that it can be taken back.
          ALTER TABLE feedback ADD COLUMN observation BLOB;
          """)
    }
    return migrator
  }()
}
