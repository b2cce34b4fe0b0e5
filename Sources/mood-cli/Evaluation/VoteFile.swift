import CommandSupport
import Foundation
import MoodRecommend
import MoodVision

/// FER+'s votes: what ten people saw in each face (Barsoum et al. 2016, arXiv:1608.01041).
struct VoteFile {
  /// A face with a majority.
  struct Vote {
    /// The first choice; nil for contempt.
    let mood: Mood?
    /// The seven moods' shares of their own votes, in the order of `Mood.allCases`.
    let shares: [Float]
  }
  private var votes: [String: Vote] = [:]

  /// The vote for `folder/class/file`, or nil if the face has none or no majority.
  subscript(key: String) -> Vote? { votes[key] }

  private static let columns = [
    ("anger", Mood.angry), ("disgust", .disgust), ("fear", .fear), ("happiness", .happy),
    ("neutral", .neutral), ("sadness", .sad), ("surprise", .surprise),
  ]

  /// Reads a file of votes.
  ///
  /// - Throws: `Failure` `unreadable_file`, or `bad_labels` if it is no such CSV.
  init(path: String) throws {
    let bytes: Data
    do { bytes = try Data(contentsOf: URL(filePath: path)) } catch {
      throw Failure.unreadable(path, error)
    }
    func bad(_ reason: String) -> Failure { Failure("bad_labels", "\(path)\(reason)") }
    var records = CSVRecords(Array(bytes), rowLimit: 10_000_000)
    var columns: [String: Int] = [:]
    func advance() throws -> Bool {
      do { return try records.advance() } catch { throw bad(" is no CSV file: \(error)") }
    }
    guard try advance() else { throw bad(" is empty") }
    for index in 0..<records.count { columns[records.text(index)] = index }
    let needed = ["file", "contempt", "unknown", "NF"] + Self.columns.map(\.0)
    for column in needed where columns[column] == nil {
      throw bad(" lacks the column \"\(column)\"")
    }
    while try advance() {
      if records.isBlank { continue }
      func text(_ column: String) -> String? {
        columns[column].flatMap { $0 < records.count ? records.text($0) : nil }
      }
      func number(_ column: String) throws -> Int {
        guard let value = text(column).flatMap({ Int($0) }), (0...100_000).contains(value) else {
          throw bad(", row \(records.row): \"\(column)\" is no count")
        }
        return value
      }
      guard let file = text("file") else { continue }
      let copies = columns["copies"] != nil ? try number("copies") : 1
      let own = try Self.columns.map { try number($0.0) }
      let others = try ["contempt", "unknown", "NF"].map { try number($0) }
      // The paper's majority: single votes are dropped, the first choice holds over half of the
      // rest and is an emotion.
      let kept = (own + others).map { $0 > copies ? $0 : 0 }
      guard let most = kept.max(), most * 2 > kept.reduce(0, +),
        let first = kept.firstIndex(of: most), first <= own.count
      else { continue }
      let total = max(1, own.reduce(0, +))
      votes[file] = Vote(
        mood: first < own.count ? Self.columns[first].1 : nil,
        shares: own.map { Float($0) / Float(total) })
    }
  }
}
