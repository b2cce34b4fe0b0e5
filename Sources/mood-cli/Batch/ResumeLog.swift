import ArgumentParser
import CommandSupport
import Foundation
import MoodVision

/// The answers of an earlier run of `classify`, from the JSON lines that it printed.
///
/// Memory grows with their number: each path is kept until its turn has come.
struct ResumeLog {
  let path: String
  /// How many there are, and how many of them are failures.
  private(set) var count = 0
  private(set) var failures = 0
  /// Bytes of the whole lines; behind them is at most a torn one.
  private var length = 0
  /// How often each photo was answered.
  private var answered: [String: Int] = [:]

  /// What is looked at of a line.
  private struct Line: Decodable {
    struct Anything: Decodable { init(from decoder: any Decoder) {} }
    let v: Int
    let id: String
    let path_bytes: String?
    let ok: Bool

    /// The photo's path.
    var path: String {
      path_bytes.flatMap { Data(base64Encoded: $0) }.map { FilePath.text([UInt8]($0)) } ?? id
    }
    let faces, mood, error, songs: Anything?

    /// Whether it is a line of `classify`, and not of another command.
    var isOurs: Bool {
      v == MoodReading.schemaVersion && songs == nil
        && (ok ? faces != nil && mood != nil : error != nil)
    }
  }

  /// Every line begins with one of these, as keys are sorted.
  private static let beginnings = ["{\"error\":{", "{\"arousal\":"].map { Array($0.utf8) }

  /// Reads a file and changes nothing of it.
  ///
  /// - Throws: `Failure` `unreadable_file`; `not_answers` if it is no such output.
  init(path: String) throws {
    self.path = path
    var pieces = try DelimitedReader(path: path, separator: UInt8(ascii: "\n"), limit: 16 << 20)
    let decoder = JSONDecoder()
    while let piece = try pieces.next() {
      guard piece.isComplete else {
        let isTorn = Self.beginnings.contains { beginning in
          zip(piece.bytes, beginning).allSatisfy { $0 == $1 }
        }
        if isTorn { return }
        throw notAnswers(line: count + 1)
      }
      guard let line = try? decoder.decode(Line.self, from: Data(piece.bytes)), line.isOurs else {
        throw notAnswers(line: count + 1)
      }
      length += piece.bytes.count + 1
      count += 1
      failures += line.ok ? 0 : 1
      answered[line.path, default: 0] += 1
    }
  }

  private func notAnswers(line: Int) -> Failure {
    Failure(
      "not_answers",
      "\(path), line \(line): --resume takes what classify --jsonl has printed, and this is not")
  }

  /// Whether a photo has an answer; a photo that is listed twice needs two.
  mutating func take(_ path: String) -> Bool {
    guard let times = answered[path] else { return false }
    answered[path] = times > 1 ? times - 1 : nil
    return true
  }

  /// Cuts a torn last line off and opens the file to write behind the others.
  ///
  /// - Throws: `Failure` `unwritable_file`.
  func opened() throws -> FileHandle {
    do {
      let file = try FileHandle(forUpdating: URL(filePath: path))
      try file.truncate(atOffset: UInt64(length))
      try file.seekToEnd()
      return file
    } catch { throw Failure("unwritable_file", "\(path) cannot be written", Failure.cannotWrite) }
  }
}
