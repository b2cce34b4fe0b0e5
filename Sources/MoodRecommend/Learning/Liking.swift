private import Foundation

/// What a listener's likes and dislikes say of one kind of song: the ground of "you like …".
public struct Liking: Sendable, Equatable {
  /// How sure one must be to say that someone likes or avoids something.
  public static let sureness = 0.95
  /// How many likes, or dislikes, must support it.
  public static let support = 3

  /// How many different songs of the kind were liked last, and how many liked or disliked.
  public let liked, judged: Int
  /// How surely the kind is liked, 0...1.
  public let certainty: Double

  /// Whether it may be said that the listener likes such songs.
  public var isLiked: Bool { liked >= Self.support && certainty >= Self.sureness }
  /// Whether it may be said that the listener avoids them.
  public var isAvoided: Bool {
    judged - liked >= Self.support && certainty <= 1 - Self.sureness
  }

  /// The share of likes against one half.
  ///
  /// With a uniform prior the share has a Beta(liked + 1, judged − liked + 1) distribution; the
  /// certainty is Φ((mean − ½) / deviation), by its normal approximation.
  init(liked: Int, judged: Int) {
    (self.liked, self.judged) = (liked, judged)
    let share = Self.share(liked, judged)
    certainty = Self.normal((share.mean - 0.5) / share.variance.squareRoot())
  }

  /// The share of likes against that among all other songs.
  ///
  /// Φ of the difference of the two means by the root of the sum of the two variances, both shares
  /// with uniform priors as above; and no surer than the comparison with one half.
  init(liked: Int, judged: Int, otherLiked: Int, otherJudged: Int) {
    let plain = Liking(liked: liked, judged: judged)
    let (own, other) = (Self.share(liked, judged), Self.share(otherLiked, otherJudged))
    let contrast = Self.normal(
      (own.mean - other.mean) / (own.variance + other.variance).squareRoot())
    (self.liked, self.judged) = (liked, judged)
    let agree = (contrast > 0.5) == (plain.certainty > 0.5)
    certainty =
      !agree
      ? 0.5 : contrast > 0.5 ? min(contrast, plain.certainty) : max(contrast, plain.certainty)
  }

  /// Mean and variance of a share.
  private static func share(_ liked: Int, _ judged: Int) -> (mean: Double, variance: Double) {
    let (a, b) = (Double(liked + 1), Double(judged - liked + 1))
    return (a / (a + b), a * b / ((a + b) * (a + b) * (a + b + 1)))
  }

  /// The standard normal distribution.
  private static func normal(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }
}

/// Much or little of an audio feature.
public struct Trait: Sendable, Hashable {
  /// How far from the catalogue's mean, in standard deviations, a song must be to have it.
  public static let distance: Float = 0.25

  /// Which feature.
  public let feature: AudioFeature
  /// Whether much of it; else little.
  public let isHigh: Bool

  /// Whether a standardised value has the trait.
  func holds(_ value: Float) -> Bool { isHigh ? value > Self.distance : value < -Self.distance }
}
