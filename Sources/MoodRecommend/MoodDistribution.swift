private import Foundation

/// A probability for each ``Mood``; together they make one.
public struct MoodDistribution: Sendable, Equatable {
  /// How far the sum of the probabilities may be from one: rounding, and no more.
  public static let tolerance: Float = 1e-3

  /// The probabilities in the order of `Mood.allCases`, each 0...1.
  public let probabilities: [Float]

  /// Creates a distribution from the network's softmax.
  ///
  /// - Parameter probabilities: One value for each mood, in the order of `Mood.allCases`.
  /// - Precondition: There are seven values, each 0...1, and they add up to one within
  ///   ``tolerance``. Use ``init(checking:)`` where that is not certain.
  public init(probabilities: [Float]) {
    precondition(
      Self.isDistribution(probabilities), "not a distribution over seven moods: \(probabilities)")
    self.probabilities = probabilities
  }

  /// Creates a distribution, or `nil` where `probabilities` is none.
  ///
  /// A weight file whose numbers are finite can still overflow to a NaN in the network; this
  /// initializer finds it.
  ///
  /// - Parameter probabilities: One value for each mood, in the order of `Mood.allCases`.
  public init?(checking probabilities: [Float]) {
    guard Self.isDistribution(probabilities) else { return nil }
    self.probabilities = probabilities
  }

  /// Creates the softmax of the network's logits, without a temperature.
  ///
  /// - Parameter logits: One finite value for each mood, in the order of `Mood.allCases`.
  /// - Precondition: There are seven finite values.
  public init(logits: [Float]) {
    let largest = logits.max() ?? 0
    let terms = logits.map { exp(Double($0) - Double(largest)) }
    let sum = terms.reduce(0, +)
    self.init(probabilities: terms.map { Float($0 / sum) })
  }

  /// Creates the distribution that holds `mood` for certain.
  public init(certain mood: Mood) {
    probabilities = Mood.allCases.map { $0 == mood ? 1 : 0 }
  }

  /// The distribution that holds every mood for equally likely.
  public static var uniform: MoodDistribution {
    let count = Mood.allCases.count
    return MoodDistribution(probabilities: Array(repeating: 1 / Float(count), count: count))
  }

  /// The probability of `mood`, 0...1.
  public subscript(mood: Mood) -> Float { probabilities[mood.index] }

  /// The most probable mood; of equals the one that comes first in training order.
  public var mood: Mood { sorted[0].mood }

  /// The probability of ``mood``, 1/7...1.
  public var confidence: Float { sorted[0].probability }

  /// How much more probable ``mood`` is than the runner-up, 0...1.
  public var margin: Float { sorted[0].probability - sorted[1].probability }

  /// Every mood with its probability, the most probable first; equals keep the training order.
  public var sorted: [(mood: Mood, probability: Float)] {
    Mood.allCases.map { (mood: $0, probability: self[$0]) }
      .sorted {
        ($1.probability, $0.mood.index) < ($0.probability, $1.mood.index)
      }
  }

  /// The Shannon entropy −Σ p·log₂ p in bits: 0 where one mood is certain, log₂ 7 ≈ 2.81 where all
  /// are equally likely.
  ///
  /// Shannon 1948, "A mathematical theory of communication".
  public var entropy: Float {
    let bits = probabilities.reduce(0.0) { sum, probability in
      probability > 0 ? sum - Double(probability) * log2(Double(probability)) : sum
    }
    return Float(bits)
  }

  /// How far this is from the truth `shares`: Σ q·ln(q / p) in nats, 0 where both are equal.
  ///
  /// Kullback & Leibler 1951, "On information and sufficiency". Probabilities below 1e-30 count as
  /// that.
  ///
  /// - Parameter shares: The true share of each mood, in the order of `Mood.allCases`.
  /// - Returns: The divergence, 0 or more.
  public func divergence(from shares: [Float]) -> Double {
    zip(shares, probabilities).reduce(0) { sum, pair in
      let (q, p) = (Double(pair.0), Double(pair.1))
      return q > 0 ? sum + q * log(q / max(p, 1e-30)) : sum
    }
  }

  /// Whether `values` are seven probabilities that add up to one; a NaN fails every comparison.
  private static func isDistribution(_ values: [Float]) -> Bool {
    values.count == Mood.allCases.count && values.allSatisfy { (0...1).contains($0) }
      && abs(values.reduce(0, +) - 1) <= tolerance
  }
}
