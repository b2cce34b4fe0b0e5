import ArgumentParser
import CommandSupport
import Foundation
import MoodVision
import Tensor

/// The answers of an earlier run of `classify`, from the JSON lines that it printed, in a file or in
/// the parts of a folder.
///
/// Memory grows with their number: each path is kept until its turn has come.
struct ResumeLog {
  let path: String
  /// How many there are, and how many of them are failures.
  private(set) var count = 0
  private(set) var failures = 0
  /// Whether new answers go to parts of a folder.
  private let isFolder: Bool
  /// Files that end with a torn line, and the bytes of the whole ones before it.
  private var torn: [(path: String, length: Int)] = []
  /// What computed the answers.
  private var instructionSets: Set<String> = []
  /// How often each photo was answered.
  private var answered: [String: Int] = [:]

  /// What is looked at of a line.
  private struct Line: Decodable {
    struct Anything: Decodable { init(from decoder: any Decoder) {} }
    let v: Int
    let id: String
    let path_bytes: String?
    let isa: String?
    let ok: Bool

    /// The photo's path.
    var path: String {
      path_bytes.flatMap { Data(base64Encoded: $0) }.map { FilePath.text([UInt8]($0)) } ?? id
    }
    let faces, mood, error, songs: Anything?

    /// Whether it is a line of `classify`, and not of another command.
    var isOurs: Bool {
      songs == nil && (ok ? faces != nil && mood != nil : error != nil)
    }
  }

  /// Every line begins with one of these, as keys are sorted.
  private static let beginnings = ["{\"error\":{", "{\"arousal\":"].map { Array($0.utf8) }

  /// Reads a file, or the parts of a folder, and changes nothing of it; makes a folder that is named
  /// with a / at its end and is not there.
  ///
  /// - Throws: `Failure` `unreadable_file`; `not_answers` if it is no such output;
  ///   `unwritable_file` if the folder cannot be made.
  init(path: String) throws {
    self.path = path
    switch FileSystem.kind(path) {
    case .folder:
      isFolder = true
      for part in try Self.parts(path) { try read(part) }
    case nil where path.hasSuffix("/"):
      isFolder = true
      do {
        try FileManager.default.createDirectory(
          at: URL(filePath: path), withIntermediateDirectories: true)
      } catch {
        throw Failure("unwritable_file", "\(path) cannot be made", Failure.cannotWrite)
      }
    default:
      isFolder = false
      try read(path)
    }
  }

  /// The parts of a folder, by name.
  private static func parts(_ folder: String) throws -> [String] {
    do throws(SystemError) {
      return try FileSystem.names(in: folder)
        .filter { $0.hasSuffix(".jsonl") && !$0.hasPrefix(".") }.sorted()
        .map { folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)" }
    } catch {
      throw Failure("unreadable_file", "\(folder) cannot be read: \(error)", Failure.noInput)
    }
  }

  private mutating func read(_ path: String) throws {
    var pieces = try DelimitedReader(path: path, separator: UInt8(ascii: "\n"), limit: 16 << 20)
    let decoder = JSONDecoder()
    var (lines, length) = (0, 0)
    while let piece = try pieces.next() {
      guard piece.isComplete else {
        let isTorn = Self.beginnings.contains { beginning in
          zip(piece.bytes, beginning).allSatisfy { $0 == $1 }
        }
        guard isTorn else { throw Self.notAnswers(path, line: lines + 1) }
        torn.append((path, length))
        break
      }
      guard let line = try? decoder.decode(Line.self, from: Data(piece.bytes)), line.isOurs else {
        throw Self.notAnswers(path, line: lines + 1)
      }
      guard line.v == MoodReading.schemaVersion else {
        throw Failure(
          "not_answers",
          "\(path), line \(lines + 1): an answer of version \(line.v), and this program writes "
            + "version \(MoodReading.schemaVersion)")
      }
      (length, lines) = (length + piece.bytes.count + 1, lines + 1)
      failures += line.ok ? 0 : 1
      answered[line.path, default: 0] += 1
      if let isa = line.isa { instructionSets.insert(isa) }
    }
    count += lines
  }

  private static func notAnswers(_ path: String, line: Int) -> Failure {
    Failure(
      "not_answers",
      "\(path), line \(line): --resume takes what classify --jsonl has printed, and this is not")
  }

  /// Says so if the answers that are there were computed by another instruction set.
  func warnOfOtherDigits(_ options: EngineOptions) throws {
    let own = (options.instructionSet ?? .best).rawValue
    let others = instructionSets.subtracting([own]).sorted()
    guard !others.isEmpty else { return }
    printError(
      "Note: \(path) has answers computed with \(others.joined(separator: ", ")); the new ones are "
        + "computed with \(own), and may differ in the last digits.")
  }

  /// Whether a photo has an answer; a photo that is listed twice needs two.
  mutating func take(_ path: String) -> Bool {
    guard let times = answered[path] else { return false }
    answered[path] = times > 1 ? times - 1 : nil
    return true
  }

  /// Cuts torn last lines off, and opens what is there to write behind the others.
  ///
  /// - `partSize`: How many answers make a part of a folder.
  /// - Throws: `Failure` `unwritable_file`.
  func opened(partSize: Int) throws -> AnswerOutput {
    do {
      for (path, length) in torn {
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.truncate(atOffset: UInt64(length))
        try file.close()
      }
      guard !isFolder else { return .parts(AnswerParts(folder: path, size: partSize)) }
      let file = try FileHandle(forUpdating: URL(filePath: path))
      try file.seekToEnd()
      return .file(file)
    } catch { throw Failure("unwritable_file", "\(path) cannot be written", Failure.cannotWrite) }
  }
}
