public import MoodValues

/// What words said, and what came of face and words together, as programs get it.
public struct TextAnswer: Codable, Sendable, Equatable {
  /// What came of face and words together.
  public struct Fusion: Codable, Sendable, Equatable {
    /// The mood's name.
    public let mood: String
    /// Which of the two decided.
    public let decided: MoodFusion.Decider
    /// How far they are apart, see ``MoodFusion/disagreement``.
    public let disagreement: Double
    /// What happened, in one sentence.
    public let sentence: String
    /// Each mood's probability.
    public let probabilities: [String: Float]
  }

  /// The mood's name.
  public let mood: String
  /// Each mood's probability.
  public let probabilities: [String: Float]
  /// The words that spoke for the mood.
  public let words: [TextReading.Word]
  /// Face and words together, where there was a face.
  public let fusion: Fusion?
  /// The answer for a person, in one sentence.
  public let sentence: String

  /// The answer for a text, beside a face if there was one.
  public init(
    _ reading: TextReading, face: MoodDistribution?, in language: AnswerLanguage = .english
  ) {
    (mood, probabilities) = (reading.mood.rawValue, reading.distribution.named)
    words = reading.words
    let fusion = face.map { face in
      let joined = MoodFusion(face: face, words: reading.distribution)
      return Fusion(
        mood: joined.distribution.mood.rawValue, decided: joined.decider,
        disagreement: joined.disagreement,
        sentence: joined.sentence(face: face, words: reading.distribution, in: language),
        probabilities: joined.distribution.named)
    }
    self.fusion = fusion
    let spoke = words.map(\.text).joined(separator: ", ")
    let name = MoodFusion.name(reading.mood, language)
    let own = language == .english ? "The words say \(name)" : "Die Worte sagen \(name)"
    sentence =
      if let fusion {
        spoke.isEmpty ? fusion.sentence : "\(fusion.sentence) (\(spoke))"
      } else {
        spoke.isEmpty ? "\(own)." : "\(own): \(spoke)."
      }
  }
}
