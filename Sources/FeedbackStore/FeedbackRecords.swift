internal import Foundation
internal import GRDB
internal import MoodRecommend

/// A row's value is none that this package writes.
struct RowDecodingError: Error {}

/// Numbers as bytes, little end first on every machine.
enum Packed {
  static func data(_ values: [Double]) -> Data {
    Data(
      values.flatMap { value in
        (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
      })
  }

  /// An observation, with the version of its terms.
  static func data(_ observation: Observation) -> Data {
    let mood = Mood.allCases.firstIndex(of: observation.mood) ?? 0
    return data(
      [Double(RegressionSums.version), observation.reward, observation.weight, Double(mood)]
        + observation.terms)
  }

  /// An observation of this version's terms; `nil` for another version's.
  static func observation(_ data: Data) throws -> Observation? {
    let values = try doubles(data)
    guard values.count > 4, values.allSatisfy(\.isFinite) else { throw RowDecodingError() }
    guard values[0] == Double(RegressionSums.version) else { return nil }
    guard let mood = Int(exactly: values[3]), Mood.allCases.indices.contains(mood),
      values.count == 4 + Observation.termCount
    else { throw RowDecodingError() }
    return Observation(
      terms: Array(values[4...]), reward: values[1], weight: values[2], mood: Mood.allCases[mood])
  }

  static func doubles(_ data: Data) throws -> [Double] {
    let bytes = [UInt8](data)
    guard bytes.count % 8 == 0 else { throw RowDecodingError() }
    return stride(from: 0, to: bytes.count, by: 8).map { start in
      Double(bitPattern: (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * $1) })
    }
  }
}

/// The table `feedback`.
enum FeedbackRow {
  static func insert(
    _ feedback: Feedback, _ observation: Observation?, _ database: Database
  ) throws {
    let kind = feedback.kind
    let value = kind.rating.map { "\($0)" } ?? kind.meant?.rawValue
    try database.execute(
      sql: """
        INSERT INTO feedback (listener, kind, value, song, mood, time, observation)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        feedback.listener, kind.name, value, feedback.song,
        Packed.data(feedback.mood.probabilities.map(Double.init)), feedback.time,
        observation.map(Packed.data),
      ])
  }

  /// A row's id, reward and observation; the observation is `nil` where none was kept, or its terms
  /// are of another version, whose sums are not used any more.
  struct Taught {
    let id: Int64
    let reward: Double?
    let observation: Observation?
  }

  /// The last like, dislike or stars but three of a listener on a song.
  static func lastVerdict(
    on song: String, by listener: String, _ database: Database
  ) throws -> Taught? {
    let sql = """
      SELECT id, kind, value, observation FROM feedback WHERE listener = ? AND song = ?
      AND kind IN ('like', 'dislike', 'rating') AND value IS NOT '3' ORDER BY id DESC LIMIT 1
      """
    let row = try Row.fetchOne(database, sql: sql, arguments: [listener, song])
    guard let row else { return nil }
    let (value, packed): (String?, Data?) = (row["value"], row["observation"])
    guard let kind = Feedback.Kind(name: row["kind"], rating: value.flatMap { Int($0) }),
      let given = Feedback(
        checking: listener, kind: kind, song: song, mood: .uniform, time: 0)
    else { throw RowDecodingError() }
    return Taught(
      id: row["id"], reward: given.reward, observation: try packed.flatMap(Packed.observation))
  }

  static func fetch(_ listener: String, _ database: Database) throws -> [Feedback] {
    let sql = "SELECT * FROM feedback WHERE listener = ? ORDER BY id"
    return try Row.fetchAll(database, sql: sql, arguments: [listener]).map { row in
      let shares = try Packed.doubles(row["mood"]).map { Float($0) }
      let mood = try? MoodDistribution(probabilities: shares)
      let value: String? = row["value"]
      let kind = Feedback.Kind(
        name: row["kind"], rating: value.flatMap { Int($0) },
        meant: value.flatMap(Mood.init(rawValue:)))
      let (song, time): (String?, Double) = (row["song"], row["time"])
      guard let mood, let kind, time.isFinite else { throw RowDecodingError() }
      let feedback = Feedback(
        checking: listener, kind: kind, song: song, mood: mood, time: time)
      guard let feedback else { throw RowDecodingError() }
      return feedback
    }
  }
}

/// The table `mood_evidence`; version 1 of the sums stands in `evidence`, which is read no more.
enum MoodSumsRecord {
  /// No listener has this name.
  static let everybody = ""

  static func fetch(_ listener: String, _ database: Database) throws -> MoodSums {
    let sql = "SELECT mood, count, sums FROM mood_evidence WHERE listener = ? AND version = ?"
    let arguments: StatementArguments = [listener, RegressionSums.version]
    var sums = MoodSums()
    for row in try Row.fetchAll(database, sql: sql, arguments: arguments) {
      let name: String = row["mood"]
      let values = try Packed.doubles(row["sums"])
      guard let mood = Mood(rawValue: name),
        let own = RegressionSums(count: row["count"], sums: values)
      else { throw RowDecodingError() }
      sums[mood] = own
    }
    return sums
  }

  static func save(
    _ sums: RegressionSums, _ mood: Mood, _ listener: String, _ database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO mood_evidence (listener, mood, version, count, sums)
        VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        listener, mood.rawValue, RegressionSums.version, sums.count, Packed.data(sums.sums),
      ])
  }
}
