/// A mood in JSON: the same keys for a photo, for each of its faces, and for a mood that was named.
public struct MoodFields: Codable, Sendable, Equatable {
  /// The most probable mood.
  public let mood: Mood
  /// Its probability, 0…1.
  public let confidence: Float
  /// Whether that is enough to name the mood.
  public let isSure: Bool
  /// Where the mood lies, −1 (unpleasant) … 1 (pleasant) and −1 (calm) … 1 (excited).
  public let valence, arousal: Float
  /// Each mood's probability by its name.
  public let probabilities: [String: Float]

  private enum CodingKeys: String, CodingKey {
    case mood, confidence, valence, arousal, probabilities
    case isSure = "is_sure"
  }

  /// The fields of a distribution.
  public init(_ distribution: MoodDistribution, isSure: Bool) {
    (mood, confidence, self.isSure) = (distribution.mood, distribution.confidence, isSure)
    (valence, arousal) = (distribution.point.valence, distribution.point.arousal)
    probabilities = distribution.named
  }

  /// The distribution that they were made of.
  func distribution(_ decoder: any Decoder) throws -> MoodDistribution {
    do { return try MoodDistribution(named: probabilities) } catch {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\(error)", underlyingError: error))
    }
  }
}
