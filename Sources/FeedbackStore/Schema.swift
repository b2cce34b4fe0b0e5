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
    return migrator
  }()
}
