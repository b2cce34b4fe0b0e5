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
  private let file: FileHandle
  private let isJSON: Bool

  /// Writes to a file from where it stands.
  init(to file: FileHandle, isJSON: Bool) { (self.file, self.isJSON) = (file, isJSON) }

  /// Writes some answers, at once and in whole lines.
  ///
  /// - `text`: Makes the text of one reading; it ends with a line end.
  /// - Throws: `Failure` `unwritable_output`.
  mutating func add(
    _ answers: [PhotoStream.Answer], _ text: (_ path: String, MoodReading) throws -> String
  ) throws {
    var output = ""
    for (path, reading) in answers {
      do { output += try text(path, try reading.get()) } catch {
        let failure = Failure(error)
        failures += 1
        lastFailure = failure
        bar.clear()
        printError("Error: \(failure.message(at: path))")
        if isJSON { output += try jsonLine(FailureLine(path, failure)) + "\n" }
      }
    }
    if isatty(file.fileDescriptor) == 1 { bar.clear() }
    do throws(SystemError) {
      try FileSystem.writeAll(Array(output.utf8), to: file.fileDescriptor)
    } catch {
      throw Failure(
        "unwritable_output", "the answers cannot be written: \(error)", Failure.cannotWrite)
    }
    count += answers.count
    bar.update(count)
  }

  /// Takes the progress line away.
  mutating func end() { bar.clear() }

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
  var ok = false
  let error: Failure

  init(_ path: String, _ error: Failure) {
    (id, path_bytes, self.error) = (FilePath.replaced(path), FilePath.base64(path), error)
  }
}

/// What is printed for a photo: its reading, and its path's bytes where they are not UTF-8.
struct ReadingLine: Encodable {
  let path: String
  let reading: MoodReading

  private enum CodingKeys: CodingKey { case path_bytes }

  func encode(to encoder: any Encoder) throws {
    try reading.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(FilePath.base64(path), forKey: .path_bytes)
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
    return message.hasPrefix(name) ? message : "\(name): \(message)"
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
