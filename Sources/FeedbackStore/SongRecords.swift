internal import GRDB
internal import MoodRecommend

/// The tables `song_total`, `song_pair` and `pair_member`, kept up with every opinion.
enum SongRecords {
  static func members(of listener: String, _ database: Database) throws -> PairMembers {
    let sql = "SELECT song, level FROM pair_member WHERE listener = ? ORDER BY place"
    return PairMembers(
      try Row.fetchAll(database, sql: sql, arguments: [listener]).map { ($0["song"], $0["level"]) })
  }

  static func best(_ limit: Int, _ database: Database) throws -> [SongTotal] {
    let sql = "SELECT * FROM song_total ORDER BY listeners DESC, song LIMIT ?"
    return try Row.fetchAll(database, sql: sql, arguments: [limit]).map(total)
  }

  static func totals(of songs: [String], _ database: Database) throws -> [SongTotal] {
    let statement = try database.cachedStatement(sql: "SELECT * FROM song_total WHERE song = ?")
    return try songs.compactMap { try Row.fetchOne(statement, arguments: [$0]).map(total) }
  }

  static func pairs(
    with songs: [String], limit: Int, _ database: Database
  ) throws -> [[SongPair]] {
    let statement = try database.cachedStatement(
      sql: "SELECT * FROM song_pair WHERE song = ? ORDER BY listeners DESC, other LIMIT ?")
    return try songs.map { song in
      try Row.fetchAll(statement, arguments: [song, limit]).map {
        SongPair(
          song: $0["other"], listeners: $0["listeners"], liked: $0["liked"],
          product: $0["product"])
      }
    }
  }

  /// A listener's opinion of a song came in, or changed.
  static func set(
    _ song: String, by listener: String, from old: Int?, to new: Int, _ database: Database
  ) throws {
    try change(song, from: old, to: new, database)
    var own = try members(of: listener, database)
    let before = own
    try own.set(song, to: new) { try change($0, $1, $2, $3, $4, database) }
    if own != before { try save(own, of: listener, database) }
  }

  /// A listener's only opinion of a song went out.
  static func remove(
    _ song: String, by listener: String, from old: Int, _ database: Database
  ) throws {
    try change(song, from: old, to: nil, database)
    var own = try members(of: listener, database)
    try own.remove(song) { try change($0, $1, $2, $3, $4, database) }
    try save(own, of: listener, database)
    try database.execute(sql: "DELETE FROM song_total WHERE listeners = 0")
    try database.execute(sql: "DELETE FROM song_pair WHERE listeners = 0")
  }

  /// Takes back what a listener brought.
  static func forget(_ listener: String, _ database: Database) throws {
    var own = try members(of: listener, database)
    try own.removeAll { try change($0, $1, $2, $3, $4, database) }
    let sql = "SELECT song, count, sum FROM opinion WHERE listener = ?"
    for row in try Row.fetchAll(database, sql: sql, arguments: [listener]) {
      let level = Opinion.level(count: row["count"], sum: row["sum"])
      try change(row["song"], from: level, to: nil, database)
    }
    try database.execute(sql: "DELETE FROM song_total WHERE listeners = 0")
    try database.execute(sql: "DELETE FROM song_pair WHERE listeners = 0")
  }

  /// Makes the tables from the opinions that are there.
  static func rebuild(_ database: Database) throws {
    let sql = "SELECT listener, song, count, sum FROM opinion ORDER BY listener, song"
    for row in try Row.fetchAll(database, sql: sql) {
      let level = Opinion.level(count: row["count"], sum: row["sum"])
      try set(row["song"], by: row["listener"], from: nil, to: level, database)
    }
  }

  private static func total(_ row: Row) -> SongTotal {
    SongTotal(
      song: row["song"], listeners: row["listeners"], liked: row["liked"], sum: row["sum"],
      squares: row["squares"])
  }

  private static func save(
    _ members: PairMembers, of listener: String, _ database: Database
  ) throws {
    try database.execute(sql: "DELETE FROM pair_member WHERE listener = ?", arguments: [listener])
    let insert = try database.cachedStatement(
      sql: "INSERT INTO pair_member (listener, place, song, level) VALUES (?, ?, ?, ?)")
    for (place, member) in members.songs.enumerated() {
      try insert.execute(arguments: [listener, place, member.song, member.level])
    }
  }

  private static func change(
    _ song: String, from old: Int?, to new: Int?, _ database: Database
  ) throws {
    var change = SongTotal(song: song)
    change.change(from: old, to: new)
    try database.cachedStatement(
      sql: """
        INSERT INTO song_total (song, listeners, liked, sum, squares) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (song) DO UPDATE SET listeners = listeners + excluded.listeners,
          liked = liked + excluded.liked, sum = sum + excluded.sum,
          squares = squares + excluded.squares
        """
    ).execute(arguments: [song, change.listeners, change.liked, change.sum, change.squares])
  }

  private static func change(
    _ song: String, _ other: String, _ level: Int, _ theirs: Int, _ sign: Int,
    _ database: Database
  ) throws {
    var pair = SongPair(song: other)
    pair.add(level, theirs, sign: sign)
    let upsert = try database.cachedStatement(
      sql: """
        INSERT INTO song_pair (song, other, listeners, liked, product) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (song, other) DO UPDATE SET listeners = listeners + excluded.listeners,
          liked = liked + excluded.liked, product = product + excluded.product
        """)
    for (one, two) in [(song, other), (other, song)] {
      try upsert.execute(arguments: [one, two, pair.listeners, pair.liked, pair.product])
    }
  }
}
