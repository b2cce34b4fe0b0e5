/// A place in the plane of valence and arousal, where every mood and every song has one.
///
/// Russell 1980, "A circumplex model of affect", <https://doi.org/10.1037/h0077714>: feelings lie
/// around a circle that two axes span, how pleasant they are and how much they stir.
public struct MoodPoint: Sendable, Equatable {
  /// How pleasant, −1 (misery) ... 1 (delight).
  public let valence: Float
  /// How stirred, −1 (sleep) ... 1 (frenzy).
  public let arousal: Float
  /// How far a mood may be from here: the root of the mean squared distance of its emotions, 0 for
  /// a certain one.
  public let uncertainty: Float

  /// Creates a place.
  public init(valence: Float, arousal: Float, uncertainty: Float = 0) {
    (self.valence, self.arousal, self.uncertainty) = (valence, arousal, uncertainty)
  }

  /// The square of the Euclidean distance in the plane.
  public func squaredDistance(to other: MoodPoint) -> Float {
    let (x, y) = (valence - other.valence, arousal - other.arousal)
    return x * x + y * y
  }
}

extension Mood {
  /// Where the emotion lies.
  ///
  /// Mean pleasure and arousal of angry, disgusted, fearful, happy, sad and surprised in Russell &
  /// Mehrabian 1977, "RegressionSums for a three-factor theory of emotions",
  /// <https://doi.org/10.1016/0092-6566(77)90037-X>; a neutral face is the plane's origin.
  public var point: MoodPoint {
    switch self {
    case .angry: MoodPoint(valence: -0.51, arousal: 0.59)
    case .disgust: MoodPoint(valence: -0.60, arousal: 0.35)
    case .fear: MoodPoint(valence: -0.64, arousal: 0.60)
    case .happy: MoodPoint(valence: 0.81, arousal: 0.51)
    case .neutral: MoodPoint(valence: 0, arousal: 0)
    case .sad: MoodPoint(valence: -0.63, arousal: -0.27)
    case .surprise: MoodPoint(valence: 0.40, arousal: 0.67)
    }
  }
}

extension MoodDistribution {
  /// The mean of the emotions' places, each with its probability, and their scatter about it.
  ///
  /// m = Σ p·x and uncertainty² = Σ p·|x − m|².
  public var point: MoodPoint {
    let places = Mood.allCases.map { (self[$0], $0.point) }
    let valence = places.reduce(0) { $0 + $1.0 * $1.1.valence }
    let arousal = places.reduce(0) { $0 + $1.0 * $1.1.arousal }
    let mean = MoodPoint(valence: valence, arousal: arousal)
    let variance = places.reduce(0) { $0 + $1.0 * mean.squaredDistance(to: $1.1) }
    return MoodPoint(valence: valence, arousal: arousal, uncertainty: variance.squareRoot())
  }
}
