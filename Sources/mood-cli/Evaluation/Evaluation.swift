import Foundation
import MoodVision

/// What comes out of a run over labelled faces, face by face.
struct Evaluation {
  private var calibrated = ClassificationMetrics(classes: Mood.allCases.map(\.rawValue))
  private var raw = ClassificationMetrics(classes: Mood.allCases.map(\.rawValue))
  private var divergence = 0.0
  private let temperature: Float
  private let hasVotes: Bool

  /// Begins; `temperature` is the one that the probabilities were divided by.
  init(temperature: Float, hasVotes: Bool) {
    (self.temperature, self.hasVotes) = (temperature, hasVotes)
  }

  /// How many faces were counted.
  var count: Int { calibrated.count }

  /// Takes one answer into account.
  mutating func add(_ answer: MoodDistribution, truth: LabelledFaces.Item) {
    calibrated.add(probabilities: answer.probabilities, label: truth.mood?.index)
    // p = softmax(z / T), so z is T · ln p but for a constant, which softmax does not see.
    let logits = answer.probabilities.map { temperature * log(max($0, .leastNormalMagnitude)) }
    let uncalibrated = (try? MoodDistribution(logits: logits)) ?? answer
    raw.add(probabilities: uncalibrated.probabilities, label: truth.mood?.index)
    if let shares = truth.shares { divergence += answer.divergence(from: shares) }
  }

  /// All of it.
  var report: EvaluationReport {
    EvaluationReport(
      calibrated, raw: raw, divergence: hasVotes ? divergence / Double(max(1, count)) : nil)
  }
}
