import Foundation
import MoodVision

/// Finds the temperature that makes probabilities as sure as they are right.
///
/// Guo et al. 2017, "On Calibration of Modern Neural Networks", <https://arxiv.org/abs/1706.04599>:
/// probabilities are softmax(logits / temperature), and the temperature is the one of the least
/// negative log-likelihood.
struct TemperatureFit {
  /// For each face the seven logits, but for a constant, and the place of the right one.
  private(set) var faces: [(logits: [Double], label: Int)] = []

  /// Adds a face whose probabilities were made with `temperature`.
  mutating func add(_ probabilities: [Float], temperature: Float, label: Int) {
    let logits = probabilities.map { Double(temperature) * log(max(Double($0), 1e-30)) }
    faces.append((logits, label))
  }

  /// The temperature, 0.05…20, of the least loss over the faces that `isTaken` takes.
  func temperature(_ isTaken: (Int) -> Bool = { _ in true }) -> Double {
    let taken = faces.indices.filter(isTaken)
    func loss(_ logTemperature: Double) -> Double {
      let t = exp(logTemperature)
      return taken.reduce(0) { sum, index in
        let (z, label) = faces[index]
        let most = z.max() ?? 0
        return sum + log(z.reduce(0) { $0 + exp(($1 - most) / t) }) - (z[label] - most) / t
      }
    }
    // Golden-section search: the loss has one valley in 1 / t, and so in ln t.
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (log(0.05), log(20.0))
    for _ in 0..<60 {
      let (a, b) = (high - ratio * (high - low), low + ratio * (high - low))
      if loss(a) < loss(b) { high = b } else { low = a }
    }
    return exp((low + high) / 2)
  }

  /// How sure and how right the answers are, each with the temperature that `temperature` gives it.
  func metrics(_ temperature: (Int) -> Double) -> ClassificationMetrics {
    var metrics = ClassificationMetrics(classes: Mood.allCases.map(\.rawValue))
    for (index, face) in faces.enumerated() {
      let t = temperature(index)
      let most = face.logits.max() ?? 0
      let powers = face.logits.map { exp(($0 - most) / t) }
      let sum = powers.reduce(0, +)
      metrics.add(probabilities: powers.map { Float($0 / sum) }, label: face.label)
    }
    return metrics
  }

  /// The metrics with each fifth of the faces judged by the temperature of the other four.
  func crossValidated(folds: Int = 5) -> ClassificationMetrics {
    let temperatures = (0..<folds).map { fold in temperature { $0 % folds != fold } }
    return metrics { temperatures[$0 % folds] }
  }
}
