import CommandSupport
import MoodVision

/// What `evaluate` prints.
struct EvaluationReport: Encodable {
  struct PerClass: Encodable {
    let precision, recall, f1: Double?
    let count: Int
  }

  var v = 1
  let count, right: Int
  let accuracy: Double
  let accuracyInterval: [Double]
  /// Mean F1 over the moods.
  let macroF1: Double
  let negativeLogLikelihood, expectedCalibrationError: Double
  /// The same without the weight file's temperature.
  let uncalibratedNegativeLogLikelihood, uncalibratedExpectedCalibrationError: Double
  /// Mean Kullback–Leibler divergence from the votes to the probabilities, in nats.
  let divergenceFromVotes: Double?
  let classes: [String: PerClass]
  let classNames: [String]
  let confusion: [[Int]]

  enum CodingKeys: String, CodingKey {
    case v, count, right, accuracy, classes, confusion
    case accuracyInterval = "accuracy_interval_95", macroF1 = "macro_f1"
    case negativeLogLikelihood = "nll", expectedCalibrationError = "ece"
    case uncalibratedNegativeLogLikelihood = "nll_uncalibrated"
    case uncalibratedExpectedCalibrationError = "ece_uncalibrated"
    case divergenceFromVotes = "divergence_from_votes", classNames = "class_names"
  }

  init(_ metrics: ClassificationMetrics, raw: ClassificationMetrics, divergence: Double?) {
    (count, right, accuracy) = (metrics.count, metrics.right, metrics.accuracy)
    accuracyInterval = [metrics.accuracyInterval.lowerBound, metrics.accuracyInterval.upperBound]
    macroF1 = metrics.macroF1
    negativeLogLikelihood = metrics.negativeLogLikelihood
    expectedCalibrationError = metrics.expectedCalibrationError
    uncalibratedNegativeLogLikelihood = raw.negativeLogLikelihood
    uncalibratedExpectedCalibrationError = raw.expectedCalibrationError
    divergenceFromVotes = divergence
    classNames = metrics.classes
    confusion = metrics.confusion
    classes = Dictionary(
      uniqueKeysWithValues: metrics.classes.enumerated().map { index, name in
        (
          name,
          PerClass(
            precision: metrics.precision(index), recall: metrics.recall(index),
            f1: metrics.f1(index), count: metrics.confusion[index].reduce(0, +))
        )
      })
  }

  /// The report for a person.
  var text: String {
    func right(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    func share(_ value: Double?) -> String { value.map { percent($0) } ?? "      –" }
    func fixed(_ value: Double) -> String {
      let thousandths = Int((value * 10_000).rounded())
      let digits = String(thousandths % 10_000)
      return "\(thousandths / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
    }
    var lines = [
      "\(self.right) of \(count) right:\(percent(accuracy)) (95 % interval"
        + "\(percent(accuracyInterval[0])) to\(percent(accuracyInterval[1])))",
      "macro-F1\(percent(macroF1))",
      "negative log-likelihood \(fixed(negativeLogLikelihood)), without the temperature "
        + fixed(uncalibratedNegativeLogLikelihood),
      "expected calibration error \(fixed(expectedCalibrationError)), without the temperature "
        + fixed(uncalibratedExpectedCalibrationError),
    ]
    if let divergenceFromVotes {
      lines.append("divergence from the votes \(fixed(divergenceFromVotes)) nats")
    }
    lines.append("")
    lines.append("class      faces precision  recall      F1   taken for")
    lines.append(
      String(repeating: " ", count: 44) + classNames.map { self.right9($0) }.joined())
    for (index, name) in classNames.enumerated() {
      guard let values = classes[name] else { continue }
      let label = name + String(repeating: " ", count: max(0, 9 - name.count))
      lines.append(
        "\(label)\(right("\(values.count)", 7))   \(share(values.precision)) \(share(values.recall))"
          + " \(share(values.f1))" + confusion[index].map { right("\($0)", 9) }.joined())
    }
    return lines.joined(separator: "\n")
  }

  private func right9(_ name: String) -> String {
    String(repeating: " ", count: max(0, 9 - name.count)) + name
  }
}
