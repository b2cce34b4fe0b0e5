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
  /// - Throws: `Failure` `unwritable_file`.
  mutating func add(
    _ answers: [PhotoStream.Answer], _ text: (MoodReading) throws -> String
  ) throws {
    var output = ""
    for (path, reading) in answers {
      do { output += try text(try reading.get()) } catch {
        let failure = Failure(error)
        failures += 1
        lastFailure = failure
        bar.clear()
        printError("Error: \(path): \(failure.message)")
        if isJSON { output += try jsonLine(FailureLine(id: path, error: failure)) + "\n" }
      }
    }
    if isatty(file.fileDescriptor) == 1 { bar.clear() }
    do { try file.write(contentsOf: Data(output.utf8)) } catch {
      throw Failure("unwritable_file", "the answers cannot be written", Failure.cannotCreate)
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
  var ok = false
  let error: Failure
}

extension MoodReading {
  /// The moods of all faces for a person.
  var text: String {
    faces.enumerated().map { index, face in
      let number = faces.count > 1 ? ", face \(index + 1)" : ""
      let turn = turned == .none ? "" : ", turned by \(turned.rawValue)°"
      return "\(id ?? "")\(turn)\(number): \(face.isSure ? "" : "not sure, perhaps ")\(face.mood)\n"
        + bars(face.distribution) + "\n"
    }.joined()
  }
}
