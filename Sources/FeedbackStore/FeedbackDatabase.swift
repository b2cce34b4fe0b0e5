private import Foundation
private import GRDB
public import MoodRecommend

/// Feedback in one SQLite file, written by several processes at a time if need be.
///
/// Write-ahead log with full synchronisation: what ``append(_:observation:)`` has returned for survives a
/// crash of the program and of the machine. A piece of feedback, the sums learnt from it and the
/// opinion it changes are one transaction. Deleted bytes are overwritten.
public struct FeedbackDatabase: FeedbackStoring {
  /// Where the file is.
  public let path: String
  private let queue: DatabaseQueue
  /// Up to how many bytes a file is checked as a whole when it is opened.
  private static let checkedBytes = 4 << 20

  /// Opens a database, and makes it and its folder if need be; the file is its owner's alone.
  ///
  /// - Throws: `FeedbackError` if the file is no feedback database, is damaged, is of a later
  ///   version, or may not be written.
  public init(path: String) throws(FeedbackError) {
    self.path = path
    queue = try Self.translating(path) {
      let folder = URL(filePath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let opening = try OpeningLock(folder: folder)
      defer { opening.release() }
      try Self.makeFile(path)
      var configuration = Configuration()
      configuration.journalMode = .wal
      configuration.busyMode = .timeout(10)
      configuration.prepareDatabase { database in
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try database.execute(sql: "PRAGMA secure_delete = ON")
      }
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      // Going over a whole large file at each start would make every command wait for it; what is
      // damaged there is found when it is read.
      let bytes = try URL(filePath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
      if bytes <= Self.checkedBytes {
        let sound = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
        guard sound == "ok" else { throw FeedbackError.corrupt(path: path) }
      }
      if try queue.read(Schema.migrator.hasBeenSuperseded) {
        throw FeedbackError.tooNew(path: path)
      }
      try Schema.migrator.migrate(queue)
      return queue
    }
  }

  /// Keeps a piece of feedback and adds what it teaches, in one transaction.
  ///
  /// - Throws: `FeedbackError` if it could not be kept; nothing of it is then.
  public func append(_ feedback: Feedback, observation: Observation?) throws(FeedbackError) {
    try write { database in
      try FeedbackRow.insert(feedback, observation, database)
      if let observation {
        for listener in [feedback.listener, MoodSumsRecord.everybody] {
          var sums = try MoodSumsRecord.fetch(listener, database)[observation.mood]
          sums.add(observation)
          try MoodSumsRecord.save(sums, observation.mood, listener, database)
        }
      }
      guard let song = feedback.song, let reward = feedback.reward else { return }
      let old = try Row.fetchOne(
        database, sql: "SELECT count, sum FROM opinion WHERE listener = ? AND song = ?",
        arguments: [feedback.listener, song])
      let (count, sum): (Int, Double) = old.map { ($0["count"], $0["sum"]) } ?? (0, 0)
      try database.execute(
        sql: "INSERT OR REPLACE INTO opinion (listener, song, count, sum) VALUES (?, ?, ?, ?)",
        arguments: [feedback.listener, song, count + 1, sum + reward])
      try SongRecords.set(
        song, by: feedback.listener,
        from: old == nil ? nil : Opinion.level(count: count, sum: sum),
        to: Opinion.level(count: count + 1, sum: sum + reward), database)
    }
  }

  /// Takes back a listener's last word on a song, with all that it taught, in one transaction.
  ///
  /// Of feedback that an earlier version of the package kept, what it taught of the song's sound stays.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: `FeedbackError` if the file cannot be written; nothing is taken back then.
  public func retract(_ song: String, by listener: String) throws(FeedbackError) -> Bool {
    try write { database in
      guard let said = try FeedbackRow.lastVerdict(on: song, by: listener, database) else {
        return false
      }
      try database.execute(sql: "DELETE FROM feedback WHERE id = ?", arguments: [said.id])
      if let observation = said.observation {
        for listener in [listener, MoodSumsRecord.everybody] {
          var sums = try MoodSumsRecord.fetch(listener, database)[observation.mood]
          sums.subtract(RegressionSums([observation]))
          try MoodSumsRecord.save(sums, observation.mood, listener, database)
        }
      }
      let opinion = try Row.fetchOne(
        database, sql: "SELECT count, sum FROM opinion WHERE listener = ? AND song = ?",
        arguments: [listener, song])
      guard let reward = said.reward, let opinion else { return true }
      let (count, sum): (Int, Double) = (opinion["count"], opinion["sum"])
      let old = Opinion.level(count: count, sum: sum)
      if count > 1 {
        try database.execute(
          sql: "UPDATE opinion SET count = ?, sum = ? WHERE listener = ? AND song = ?",
          arguments: [count - 1, sum - reward, listener, song])
        let new = Opinion.level(count: count - 1, sum: sum - reward)
        try SongRecords.set(song, by: listener, from: old, to: new, database)
      } else {
        try database.execute(
          sql: "DELETE FROM opinion WHERE listener = ? AND song = ?", arguments: [listener, song])
        try SongRecords.remove(song, by: listener, from: old, database)
      }
      return true
    }
  }

  /// A listener's feedback, oldest first.
  public func feedback(of listener: String) throws(FeedbackError) -> [Feedback] {
    try read { try FeedbackRow.fetch(listener, $0) }
  }

  /// The sums of a listener's observations, by mood.
  public func regressionSums(of listener: String) throws(FeedbackError) -> MoodSums {
    try read { try MoodSumsRecord.fetch(listener, $0) }
  }

  /// The sum of all listeners' observations.
  public func pooledSums() throws(FeedbackError) -> RegressionSums {
    try regressionSums(of: MoodSumsRecord.everybody).total
  }

  /// The songs of a listener that count in pairs.
  public func pairMembers(of listener: String) throws(FeedbackError) -> PairMembers {
    try read { try SongRecords.members(of: listener, $0) }
  }

  /// What all listeners think of the songs that most of them know, the best known first.
  public func bestKnown(_ limit: Int) throws(FeedbackError) -> [SongTotal] {
    try read { try SongRecords.best(limit, $0) }
  }

  /// What all listeners think of some songs; songs that nobody knows are left out.
  public func totals(of songs: [String]) throws(FeedbackError) -> [SongTotal] {
    try read { try SongRecords.totals(of: songs, $0) }
  }

  /// For each of some songs those that it shares most listeners with.
  public func pairs(with songs: [String], limit: Int) throws(FeedbackError) -> [[SongPair]] {
    try read { try SongRecords.pairs(with: songs, limit: limit, $0) }
  }

  /// What every listener thinks of every song, in order of listener and song.
  public func opinions() throws(FeedbackError) -> [Opinion] {
    try read { database in
      let sql = "SELECT listener, song, count, sum FROM opinion ORDER BY listener, song"
      return try Row.fetchAll(database, sql: sql).map {
        Opinion(listener: $0["listener"], song: $0["song"], count: $0["count"], sum: $0["sum"])
      }
    }
  }

  /// Every listener of whom something is kept, in order of name.
  public func listeners() throws(FeedbackError) -> [String] {
    try read {
      try String.fetchAll($0, sql: "SELECT DISTINCT listener FROM feedback ORDER BY listener")
    }
  }

  /// Removes everything of a listener, from the file's free pages and the log too.
  ///
  /// What the listener taught goes out of everybody's sums as well.
  ///
  /// - Returns: How many pieces of feedback there were.
  /// - Throws: `FeedbackError` if the file cannot be written; nothing is removed then.
  @discardableResult
  public func forget(_ listener: String) throws(FeedbackError) -> Int {
    let count = try write { database in
      let own = try MoodSumsRecord.fetch(listener, database)
      let everybody = try MoodSumsRecord.fetch(MoodSumsRecord.everybody, database)
      for mood in Mood.allCases where own[mood].count > 0 {
        var sums = everybody[mood]
        sums.subtract(own[mood])
        try MoodSumsRecord.save(sums, mood, MoodSumsRecord.everybody, database)
      }
      try SongRecords.forget(listener, database)
      for table in ["evidence", "mood_evidence", "pair_member", "opinion", "feedback"] {
        try database.execute(
          sql: "DELETE FROM \(table) WHERE listener = ?", arguments: [listener])
      }
      return database.changesCount
    }
    try Self.translating(path) {
      try queue.writeWithoutTransaction {
        _ = try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
    }
    return count
  }

  /// Makes an empty file that is its owner's alone, unless there is one; the lock must be held,
  /// since `createFile` would put a new file in the place of one that is there.
  private static func makeFile(_ path: String) throws {
    let files = FileManager.default
    if files.fileExists(atPath: path) { return }
    let folder = URL(filePath: path).deletingLastPathComponent().path()
    guard files.isWritableFile(atPath: folder) else { throw FeedbackError.readOnly(path: path) }
    let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
    guard files.createFile(atPath: path, contents: nil, attributes: attributes)
    else { throw FeedbackError.unreadable(path: path) }
  }

  private func read<Value>(_ body: (Database) throws -> Value) throws(FeedbackError) -> Value {
    try Self.translating(path) { try queue.read(body) }
  }

  /// One immediate transaction: no other process writes between its reads and its writes.
  private func write<Value>(_ body: (Database) throws -> Value) throws(FeedbackError) -> Value {
    try Self.translating(path) {
      try queue.writeWithoutTransaction { database in
        var value: Value?
        try database.inTransaction(.immediate) {
          value = try body(database)
          return .commit
        }
        guard let value else { throw FeedbackError.corrupt(path: path) }
        return value
      }
    }
  }

  private static func translating<Value>(
    _ path: String, _ work: () throws -> Value
  ) throws(FeedbackError) -> Value {
    do {
      return try work()
    } catch let error as FeedbackError {
      throw error
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_READONLY, .SQLITE_PERM: throw .readOnly(path: path)
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: throw .corrupt(path: path)
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw .busy(path: path)
      case .SQLITE_FULL: throw .full(path: path)
      case .SQLITE_CANTOPEN: throw .unreadable(path: path)
      default: throw .failed(path: path, code: Int(error.extendedResultCode.rawValue))
      }
    } catch is RowDecodingError {
      throw .corrupt(path: path)
    } catch {
      throw .unreadable(path: path)
    }
  }
}
