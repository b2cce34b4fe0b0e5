private import Foundation

/// How right a classifier is, and how honest its probabilities are.
public struct ClassificationMetrics: Sendable, Equatable {
  /// Names of the classes, in the order of all that follows.
  public let classes: [String]
  /// How many items of class i (row) were taken for class j (column).
  public private(set) var confusion: [[Int]]
  private var losses = 0.0
  /// Of each confidence bin: items, how many were right, sum of their confidences.
  private var bins = [Bin](repeating: Bin(), count: binCount)

  private struct Bin: Sendable, Equatable {
    var count = 0, right = 0
    var confidence = 0.0
  }

  /// Bins of the calibration error.
  public static let binCount = 15

  /// Creates metrics of nothing yet.
  public init(classes: [String]) {
    self.classes = classes
    confusion = Array(repeating: Array(repeating: 0, count: classes.count), count: classes.count)
  }

  /// Takes one item into account.
  ///
  /// - Parameters:
  ///   - probabilities: One for each class.
  ///   - label: The right class; nil counts as wrong whatever the answer (a class that the network
  ///     does not have), and stands in no row of ``confusion``.
  /// - Precondition: There are as many probabilities as classes, and `label` is one of them.
  public mutating func add(probabilities: [Float], label: Int?) {
    precondition(probabilities.count == classes.count, "\(probabilities.count) probabilities")
    let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    let confidence = Double(probabilities[best])
    let bin = min(Int(confidence * Double(Self.binCount)), Self.binCount - 1)
    bins[bin].count += 1
    bins[bin].confidence += confidence
    if let label {
      confusion[label][best] += 1
      losses -= log(max(Double(probabilities[label]), 1e-30))
      if label == best { bins[bin].right += 1 }
    }
  }

  /// How many items were counted.
  public var count: Int { bins.reduce(0) { $0 + $1.count } }
  /// How many were right.
  public var right: Int { bins.reduce(0) { $0 + $1.right } }
  /// Share of right answers, 0...1; 0 of no items.
  public var accuracy: Double { count == 0 ? 0 : Double(right) / Double(count) }
  /// Mean F1 over the classes, 0...1, so that rare ones count as much as common ones; a class of
  /// which nothing was right, or that has no items, counts 0.
  public var macroF1: Double {
    classes.indices.reduce(0) { $0 + (f1($1) ?? 0) } / Double(max(1, classes.count))
  }
  /// Mean −ln p of the right class, over the items that have one.
  public var negativeLogLikelihood: Double {
    let labelled = confusion.reduce(0) { $0 + $1.reduce(0, +) }
    return labelled == 0 ? 0 : losses / Double(labelled)
  }

  /// Expected calibration error over ``binCount`` equal bins of confidence: the mean distance
  /// between confidence and accuracy, 0...1 (Guo et al. 2017).
  public var expectedCalibrationError: Double {
    let total = Double(max(count, 1))
    return bins.reduce(0) { $0 + abs($1.confidence - Double($1.right)) / total }
  }

  /// The interval that holds the true accuracy with 95 % confidence (Wilson 1927).
  public var accuracyInterval: ClosedRange<Double> {
    guard count > 0 else { return 0...1 }
    let (n, z) = (Double(count), 1.959964)
    let centre = (accuracy + z * z / (2 * n)) / (1 + z * z / n)
    let half =
      z / (1 + z * z / n) * (accuracy * (1 - accuracy) / n + z * z / (4 * n * n)).squareRoot()
    return max(0, centre - half)...min(1, centre + half)
  }

  /// Of what was taken for class i, the share that is; nil if nothing was.
  public func precision(_ i: Int) -> Double? {
    let taken = confusion.reduce(0) { $0 + $1[i] }
    return taken == 0 ? nil : Double(confusion[i][i]) / Double(taken)
  }

  /// Of what is class i, the share that was taken for it; nil if there is none.
  public func recall(_ i: Int) -> Double? {
    let there = confusion[i].reduce(0, +)
    return there == 0 ? nil : Double(confusion[i][i]) / Double(there)
  }

  /// Harmonic mean of precision and recall; nil where neither has a value above zero.
  public func f1(_ i: Int) -> Double? {
    guard let precision = precision(i), let recall = recall(i), precision + recall > 0 else {
      return nil
    }
    return 2 * precision * recall / (precision + recall)
  }
}
