import MoodRecommend

/// Where the moods lie between unpleasant and pleasant, calm and excited.
///
/// After Russell 1980, "A circumplex model of affect"; the numbers are readings of its figure,
/// −1…1, and good for a picture.
enum MoodPlane {
  /// A place in the plane.
  struct Point: Sendable, Equatable, Codable {
    /// −1 (unpleasant) … 1 (pleasant), and −1 (calm) … 1 (excited).
    var valence, arousal: Double
  }

  /// The place of a mood.
  static func point(of mood: Mood) -> Point {
    switch mood {
    case .angry: Point(valence: -0.55, arousal: 0.75)
    case .disgust: Point(valence: -0.7, arousal: 0.3)
    case .fear: Point(valence: -0.3, arousal: 0.85)
    case .happy: Point(valence: 0.85, arousal: 0.35)
    case .neutral: Point(valence: 0, arousal: 0)
    case .sad: Point(valence: -0.75, arousal: -0.45)
    case .surprise: Point(valence: 0.3, arousal: 0.8)
    }
  }

  /// The mean of the moods' places, each as heavy as it is probable.
  static func point(of distribution: MoodDistribution) -> Point {
    Mood.allCases.reduce(into: Point(valence: 0, arousal: 0)) { mean, mood in
      let place = point(of: mood)
      mean.valence += Double(distribution[mood]) * place.valence
      mean.arousal += Double(distribution[mood]) * place.arousal
    }
  }
}
