import ArgumentParser
import Foundation
import MoodRecommend

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

  /// Writes the answers of a pass, at once and in whole lines.
  ///
  /// - Throws: `Failure` `unwritable_file`.
  mutating func add(_ answers: [BatchReader.Answer]) throws {
    var text = ""
    for (path, readings) in answers {
      do {
        let readings = try readings.get()
        let line = try MoodLine(id: path, readings)
        text += isJSON ? try jsonLine(line) + "\n" : Self.text(path, readings)
      } catch {
        let failure = Failure(error)
        failures += 1
        lastFailure = failure
        bar.clear()
        printError("Error: \(path): \(failure.message)")
        if isJSON { text += try jsonLine(MoodLine(id: path, failure: failure)) + "\n" }
      }
    }
    if isatty(file.fileDescriptor) == 1 { bar.clear() }
    do { try file.write(contentsOf: Data(text.utf8)) } catch {
      throw Failure("unwritable_file", "the answers cannot be written", ExitCode(73))
    }
    count += answers.count
    bar.update(count)
  }

  /// Takes the progress line away.
  mutating func end() { bar.clear() }

  /// What is left to say: nil if all went well, also in the run that this one goes on with.
  func exitCode(_ earlier: EarlierAnswers?) -> ExitCode? {
    if earlier == nil, count == 1 { return lastFailure?.exitCode }
    return failures + (earlier?.failures ?? 0) > 0 ? Failure.badData : nil
  }

  private static func text(_ path: String, _ readings: [FaceReader.Reading]) -> String {
    var text = ""
    for (index, reading) in readings.enumerated() {
      let answer = reading.classification
      let mood = answer.distribution.mood.rawValue
      let number = readings.count > 1 ? ", face \(index + 1)" : ""
      text += "\(path)\(number): \(answer.isSure ? mood : "not sure, perhaps \(mood)")\n"
      text += bars(answer.distribution) + "\n"
    }
    return text
  }
}
