private import Foundation

/// A probability for each ``Mood``; together they make one.
public struct MoodDistribution: Sendable, Equatable {
  /// How far the sum of the probabilities may be from one: rounding, and no more.
  public static let tolerance: Float = 1e-3

  /// The probabilities in the order of `Mood.allCases`, each 0...1.
  public let probabilities: [Float]

  /// Creates a distribution from the network's softmax.
  ///
  /// - Parameter probabilities: One value for each mood, in the order of `Mood.allCases`; each is
  ///   0...1, and they add up to one within ``tolerance``.
  /// - Throws: ``MoodDistributionError``. A weight file whose numbers are finite can still overflow
  ///   to a NaN in the network.
  public init(probabilities: [Float]) throws(MoodDistributionError) {
    guard probabilities.count == Mood.allCases.count else {
      throw .wrongCount(probabilities.count)
    }
    for (mood, value) in zip(Mood.allCases, probabilities) where !(0...1).contains(value) {
      throw .notAProbability(mood: mood, value: value)
    }
    let sum = probabilities.reduce(0, +)
    guard abs(sum - 1) <= Self.tolerance else { throw .wrongSum(sum) }
    self.probabilities = probabilities
  }

  /// Creates a distribution from some moods' probabilities; the other moods have none.
  ///
  /// ```swift
  /// let mood = try MoodDistribution([.happy: 0.7, .surprise: 0.3])
  /// ```
  /// - Throws: ``MoodDistributionError`` if they do not add up to one.
  public init(_ probabilities: [Mood: Float]) throws(MoodDistributionError) {
    try self.init(probabilities: Mood.allCases.map { probabilities[$0] ?? 0 })
  }

  /// Creates a distribution from names of moods, as ``named`` has them.
  ///
  /// - Throws: ``MoodDistributionError`` if a name is none, or they do not add up to one.
  public init(named probabilities: [String: Float]) throws(MoodDistributionError) {
    for name in probabilities.keys.sorted() where Mood(rawValue: name) == nil {
      throw .unknownMood(name)
    }
    try self.init(probabilities: Mood.allCases.map { probabilities[$0.rawValue] ?? 0 })
  }

  /// Each mood's name with its probability.
  public var named: [String: Float] {
    Dictionary(uniqueKeysWithValues: Mood.allCases.map { ($0.rawValue, self[$0]) })
  }

  /// Takes values that are a distribution by the way they were made.
  package init(unchecked probabilities: [Float]) { self.probabilities = probabilities }

  /// Creates the softmax of the network's logits, without a temperature.
  ///
  /// - Parameter logits: One finite value for each mood, in the order of `Mood.allCases`.
  /// - Throws: ``MoodDistributionError`` if there are others than seven, or one is not finite.
  public init(logits: [Float]) throws(MoodDistributionError) {
    let largest = logits.max() ?? 0
    let terms = logits.map { exp(Double($0) - Double(largest)) }
    let sum = terms.reduce(0, +)
    try self.init(probabilities: terms.map { Float($0 / sum) })
  }

  /// Creates the distribution that holds `mood` for certain.
  public init(certain mood: Mood) {
    probabilities = Mood.allCases.map { $0 == mood ? 1 : 0 }
  }

  /// The distribution that holds every mood for equally likely.
  public static var uniform: MoodDistribution {
    let count = Mood.allCases.count
    return MoodDistribution(unchecked: Array(repeating: 1 / Float(count), count: count))
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
}
