private import Foundation
public import MoodValues

/// A face and words together: the product of two calibrated experts.
///
/// p(m) ∝ prior(m) · (face(m) / prior(m))^w · (words(m) / prior(m))^(v), Hinton 2002, "Training products
/// of experts by minimizing contrastive divergence", <https://doi.org/10.1162/089976602760128018>, in the
/// form of a log-linear pool. `Weights/fit_fusion.py` fits the weights on pairs of a face and a sentence of
/// the same mood; see Weights/TEXT.md.
public struct MoodFusion: Sendable, Equatable {
  /// The weights of the two experts.
  public static let weights = (face: 0.48, words: 0.68)

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

  /// What happened, in one sentence.
  public func sentence(
    face: MoodDistribution, words: MoodDistribution, in language: AnswerLanguage = .english
  ) -> String {
    let (seen, said, both) = (
      Self.name(face.mood, language), Self.name(words.mood, language),
      Self.name(distribution.mood, language)
    )
    return switch (language, decider) {
    case (.english, .both): "Face and words both say \(both)."
    case (.english, .face): "The face says \(seen), the words say \(said); the face decided."
    case (.english, .words): "The words say \(said), the face says \(seen); the words decided."
    case (.english, .neither): "The face says \(seen), the words say \(said); together \(both)."
    case (.german, .both): "Gesicht und Worte sagen beide \(both)."
    case (.german, .face):
      "Das Gesicht sagt \(seen), die Worte sagen \(said); das Gesicht gab den Ausschlag."
    case (.german, .words):
      "Die Worte sagen \(said), das Gesicht sagt \(seen); die Worte gaben den Ausschlag."
    case (.german, .neither):
      "Das Gesicht sagt \(seen), die Worte sagen \(said); zusammen ergibt sich \(both)."
    }
  }

  /// A mood as the answers name it.
  static func name(_ mood: Mood, _ language: AnswerLanguage) -> String {
    language == .english ? mood.rawValue : "„\(mood.adjective(in: language))“"
  }
}
