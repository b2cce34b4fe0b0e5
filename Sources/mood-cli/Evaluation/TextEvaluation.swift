import CommandSupport
import Foundation
import MoodText
import MoodVision

/// What `evaluate --text` prints.
struct TextReport: Encodable {
  var v = 1
  let count: Int
  let accuracy, macroF1, expectedCalibrationError: Double
  let accuracyInterval: [Double]
  let f1: [String: Double]
  let microsecondsPerText: Double
  let confusion: [[Int]]

  enum CodingKeys: String, CodingKey {
    case v, count, accuracy, f1, confusion
    case macroF1 = "macro_f1", expectedCalibrationError = "expected_calibration_error"
    case accuracyInterval = "accuracy_interval_95", microsecondsPerText = "microseconds_per_text"
  }

  /// Reads every line of a file: text, tab, one label; a number of GoEmotions' list or a mood's name.
  ///
  /// Lines with several labels are left out, as their answer is not one mood.
  init(_ path: String, reader: TextReader) throws {
    let data: Data
    do { data = try Data(contentsOf: URL(filePath: path)) } catch {
      throw Failure.unreadable(path, error)
    }
    var metrics = ClassificationMetrics(classes: Mood.allCases.map(\.rawValue))
    var time = Duration.zero
    let clock = ContinuousClock()
    let lines = String(decoding: data, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() where !line.isEmpty {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard cells.count >= 2 else {
        throw Failure("bad_labels", "\(path), line \(number + 1): no tab after the text")
      }
      if cells[1].contains(",") { continue }
      guard let mood = Self.mood(String(cells[1])) else {
        throw Failure(
          "bad_labels", "\(path), line \(number + 1): \"\(cells[1].prefix(40))\" is no mood")
      }
      var answer = MoodDistribution.uniform
      time += clock.measure { answer = reader.probabilities(of: String(cells[0])) }
      metrics.add(probabilities: answer.probabilities, label: mood.index)
    }
    guard metrics.count > 0 else { throw Failure("no_texts", "\(path) has no labelled texts") }
    (count, accuracy) = (metrics.count, metrics.accuracy)
    accuracyInterval = [metrics.accuracyInterval.lowerBound, metrics.accuracyInterval.upperBound]
    expectedCalibrationError = metrics.expectedCalibrationError
    let scores = Mood.allCases.map { (name: $0.rawValue, f1: metrics.f1($0.index) ?? 0) }
    f1 = Dictionary(uniqueKeysWithValues: scores.map { ($0.name, $0.f1) })
    // A mood that the file has none of, and that nothing was taken for, does not count.
    let present = Mood.allCases.filter { mood in
      metrics.confusion[mood.index].contains { $0 > 0 }
        || metrics.confusion.contains { $0[mood.index] > 0 }
    }
    macroF1 = present.reduce(0) { $0 + (metrics.f1($1.index) ?? 0) } / Double(max(1, present.count))
    confusion = metrics.confusion
    microsecondsPerText = time / .microseconds(1) / Double(count)
  }

  /// GoEmotions' numbers are the seven moods in the order of `Mood.allCases`.
  private static func mood(_ label: String) -> Mood? {
    let label = label.trimmingCharacters(in: .whitespaces)
    if let number = Int(label) {
      return Mood.allCases.indices.contains(number) ? Mood.allCases[number] : nil
    }
    return Mood(rawValue: label.lowercased())
  }

  /// The report for a person.
  var text: String {
    var lines = [
      "\(count) texts: \(percent(accuracy)) right, macro-F1 \(Self.thousandths(macroF1)), "
        + "expected calibration error \(Self.thousandths(expectedCalibrationError)), "
        + "\(Int(microsecondsPerText.rounded())) µs per text"
    ]
    for mood in Mood.allCases {
      let name = mood.rawValue + String(repeating: " ", count: 9 - mood.rawValue.count)
      lines.append("\(name) F1 \(Self.thousandths(f1[mood.rawValue] ?? 0))")
    }
    return lines.joined(separator: "\n")
  }

  private static func thousandths(_ value: Double) -> String {
    let whole = Int((value * 1000).rounded())
    let digits = String(whole % 1000)
    return "\(whole / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
