private import Foundation
public import MoodValues

/// A face and words together: the product of two calibrated experts.
///
/// p(m) ∝ prior(m) · (face(m) / prior(m))^w · (words(m) / prior(m))^(v), Hinton 2002, "Training products
/// of experts by minimizing contrastive divergence", <https://doi.org/10.1162/089976602760128018>, in the
/// form of a log-linear pool. The weights were fitted on pairs of a face and a sentence of the same mood;
/// see Weights/TEXT.md.
public struct MoodFusion: Sendable, Equatable {
  /// The weights of the two experts.
  public static let weights = (face: 0.45, words: 0.69)

  /// Which of the two decided.
  public enum Decider: String, Sendable, Codable {
    /// Both say the mood that came out.
    case both
    /// The face says it, the words say another.
    case face
    /// The words say it, the face says another.
    case words
    /// Each says another.
    case neither
  }

  /// The mood that both make together.
  public let distribution: MoodDistribution
  /// Which of the two decided.
  public let decider: Decider
  /// How far they are apart: the Jensen–Shannon divergence in bits, 0 (alike) ... 1.
  public let disagreement: Double

  /// Joins what a face and words say.
  public init(face: MoodDistribution, words: MoodDistribution) {
    let logs = Mood.allCases.map { mood in
      Self.weights.face * log(max(Double(face[mood]), 1e-6))
        + Self.weights.words * log(max(Double(words[mood]), 1e-6))
        + (1 - Self.weights.face - Self.weights.words) * log(1.0 / 7)
    }
    let largest = logs.max() ?? 0
    let terms = logs.map { exp($0 - largest) }
    let sum = terms.reduce(0, +)
    let joined =
      (try? MoodDistribution(probabilities: terms.map { Float($0 / sum) })) ?? .uniform
    distribution = joined
    switch (face.mood == joined.mood, words.mood == joined.mood) {
    case (true, true): decider = .both
    case (true, false): decider = .face
    case (false, true): decider = .words
    case (false, false): decider = .neither
    }
    disagreement = Mood.allCases.reduce(0) { sum, mood in
      let (p, q) = (Double(face[mood]), Double(words[mood]))
      let middle = (p + q) / 2
      func part(_ x: Double) -> Double { x > 0 ? x * log2(x / middle) / 2 : 0 }
      return sum + part(p) + part(q)
    }
  }

  /// What happened, in one English sentence.
  public func sentence(face: MoodDistribution, words: MoodDistribution) -> String {
    switch decider {
    case .both: "Face and words both say \(distribution.mood)."
    case .face: "The face says \(face.mood), the words say \(words.mood); the face decided."
    case .words: "The words say \(words.mood), the face says \(face.mood); the words decided."
    case .neither:
      "The face says \(face.mood), the words say \(words.mood); together \(distribution.mood)."
    }
  }
}
