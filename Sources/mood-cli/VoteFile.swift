import Foundation
import MoodRecommend
import SwiftCSV

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

  init(path: String) throws {
    guard let text = try? String(contentsOf: URL(filePath: path), encoding: .utf8) else {
      throw Failure("unreadable_file", "\(path) cannot be read as text", Failure.noInput)
    }
    guard let table = try? CSV<Named>(string: text) else {
      throw Failure("bad_labels", "\(path) is no CSV file")
    }
    let needed = ["file", "contempt", "unknown", "NF"] + Self.columns.map(\.0)
    for column in needed where !table.header.contains(column) {
      throw Failure("bad_labels", "\(path) lacks the column \"\(column)\"")
    }
    for (row, cells) in table.rows.enumerated() {
      func number(_ column: String) throws -> Int {
        guard let value = Int(cells[column] ?? ""), (0...100_000).contains(value) else {
          throw Failure("bad_labels", "\(path), row \(row + 2): \"\(column)\" is no count")
        }
        return value
      }
      guard let file = cells["file"] else { continue }
      let copies = table.header.contains("copies") ? try number("copies") : 1
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
