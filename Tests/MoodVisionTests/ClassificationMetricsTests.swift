import MoodVision
import Testing

struct ClassificationMetricsTests {
  /// Four items of two classes: three right, one wrong.
  private var metrics: ClassificationMetrics {
    var metrics = ClassificationMetrics(classes: ["a", "b"])
    metrics.add(probabilities: [0.9, 0.1], label: 0)
    metrics.add(probabilities: [0.8, 0.2], label: 0)
    metrics.add(probabilities: [0.6, 0.4], label: 1)
    metrics.add(probabilities: [0.3, 0.7], label: 1)
    return metrics
  }

  @Test func countsWhatWasTakenForWhat() {
    #expect(metrics.confusion == [[2, 0], [1, 1]])
    #expect(metrics.count == 4 && metrics.right == 3 && metrics.accuracy == 0.75)
    #expect(metrics.precision(0) == 2.0 / 3 && metrics.recall(0) == 1)
    #expect(metrics.precision(1) == 1 && metrics.recall(1) == 0.5)
    #expect(abs((metrics.f1(1) ?? 0) - 2.0 / 3) < 1e-12)
    #expect(abs(metrics.macroF1 - (0.8 + 2.0 / 3) / 2) < 1e-12)
  }

  @Test func measuresTheLoss() {
    // −(ln 0.9 + ln 0.8 + ln 0.4 + ln 0.7) / 4
    #expect(abs(metrics.negativeLogLikelihood - 0.400367) < 1e-4)
  }

  @Test func measuresTheCalibration() {
    // Each item has a bin of its own: (0.1 + 0.2 + 0.6 + 0.3) / 4.
    #expect(abs(metrics.expectedCalibrationError - 0.3) < 1e-6)
  }

  @Test func boundsTheAccuracy() {
    // Wilson's interval for 3 of 4.
    let interval = metrics.accuracyInterval
    #expect(abs(interval.lowerBound - 0.3006) < 1e-3 && abs(interval.upperBound - 0.9544) < 1e-3)
    #expect(ClassificationMetrics(classes: ["a"]).accuracyInterval == 0...1)
  }

  @Test func countsAClassOutsideAsWrong() {
    var metrics = metrics
    metrics.add(probabilities: [1, 0], label: nil)
    #expect(metrics.count == 5 && metrics.right == 3)
    #expect(metrics.confusion == [[2, 0], [1, 1]])
  }

  @Test func knowsNoRatioOfNothing() {
    let metrics = ClassificationMetrics(classes: ["a"])
    #expect(metrics.precision(0) == nil && metrics.recall(0) == nil && metrics.f1(0) == nil)
    #expect(metrics.accuracy == 0 && metrics.macroF1 == 0)
  }
}
