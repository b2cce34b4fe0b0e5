import ArgumentParser
import CommandSupport
import Foundation
import ImageDecoding
import MoodVision

/// Writes answers, counts them, and says how the run went.
struct AnswerReport {
  /// How many answers were written.
  private(set) var count = 0
  private var failures = 0
  private var lastFailure: Failure?
  private var bar = ProgressBar()
  private var output: AnswerOutput
  private let isJSON: Bool

  init(to output: AnswerOutput, isJSON: Bool) { (self.output, self.isJSON) = (output, isJSON) }

  /// Writes some answers, at once and in whole lines.
  ///
  /// - `text`: Makes the text of one reading; it ends with a line end.
  /// - Throws: `Failure` `unwritable_output`, `unwritable_file`.
  mutating func add(
    _ answers: [PhotoStream.Answer], _ text: (PhotoStream.Answer, MoodReading) throws -> String
  ) throws {
    var lines = ""
    for answer in answers {
      do { lines += try text(answer, try answer.reading.get()) } catch {
        let failure = Failure(error)
        failures += 1
        lastFailure = failure
        bar.clear()
        printError("Error: \(failure.message(at: answer.path))")
        if isJSON {
          lines += try jsonLine(FailureLine(answer.path, failure, sha256: answer.sha256)) + "\n"
        }
      }
    }
    if output.isTerminal { bar.clear() }
    try output.add(lines, count: answers.count)
    count += answers.count
    bar.update(count)
  }

  /// Takes the progress line away.
  mutating func clear() { bar.clear() }

  /// Takes the progress line away, and writes what is left of a part.
  ///
  /// - Throws: `Failure` `unwritable_file`.
  mutating func end() throws {
    clear()
    try output.finish()
  }

  /// What is left to say: nil if all went well, also in the run that this one goes on with.
  func exitCode(_ earlier: ResumeLog? = nil) -> ExitCode? {
    if earlier == nil, count == 1 { return lastFailure?.exitCode }
    return failures + (earlier?.failures ?? 0) > 0 ? Failure.badData : nil
  }
}

/// What is printed for a photo without an answer.
struct FailureLine: Encodable {
  var v = MoodReading.schemaVersion
  let id: String
  /// The path's bytes in base64, where they are not UTF-8.
  let path_bytes: String?
  /// The SHA-256 of the photo's file, where it was asked for and the file could be read.
  let sha256: String?
  var ok = false
  let error: Failure

  init(_ path: String, _ error: Failure, sha256: String? = nil) {
    (id, path_bytes, self.error) = (FilePath.replaced(path), FilePath.base64(path), error)
    self.sha256 = sha256
  }
}

/// What is printed for a photo: its reading, its path's bytes where they are not UTF-8, and its
/// file's SHA-256 where it was asked for.
struct ReadingLine: Encodable {
  let path: String
  let reading: MoodReading
  let sha256: String?

  private enum CodingKeys: CodingKey { case path_bytes, sha256 }

  func encode(to encoder: any Encoder) throws {
    try reading.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(FilePath.base64(path), forKey: .path_bytes)
    try values.encodeIfPresent(sha256, forKey: .sha256)
  }
}

extension FilePath {
  /// A path's bytes in base64, where they are not UTF-8.
  static func base64(_ path: String) -> String? {
    holdsRawBytes(path) ? Data(bytes(path)).base64EncodedString() : nil
  }
}

extension Failure {
  /// What happened to a file; its name stands in front, but for messages that have it already.
  func message(at path: String) -> String {
    let name = FilePath.shown(path)
    return message.hasPrefix(name) ? sentence : "\(name): \(sentence)"
  }
}

extension MoodReading {
  /// The moods of all faces for a person.
  func text(_ path: String) -> String {
    faces.enumerated().map { index, face in
      let number = faces.count > 1 ? ", face \(index + 1)" : ""
      let turn = turned == .none ? "" : ", turned by \(turned.rawValue)°"
      return
        "\(FilePath.shown(path))\(turn)\(number): \(face.isSure ? "" : "not sure, perhaps ")\(face.mood)\n"
        + bars(face.distribution) + "\n"
    }.joined()
  }
}
