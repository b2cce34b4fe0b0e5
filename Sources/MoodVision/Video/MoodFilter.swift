private import Foundation
public import MoodValues

/// Smooths the moods of a video: an exponential mean whose memory fades by half in `halfLife`.
///
/// p ← p + (1 − 2^(−Δt / halfLife)) · (x − p), so frames may come at any pace. The first answer is
/// taken as it is.
public struct MoodFilter: Sendable {
  /// Seconds after which an answer counts half.
  public let halfLife: Double
  /// The smoothed mood; nil before the first answer.
  public private(set) var distribution: MoodDistribution?
  private var time = 0.0

  /// Creates a filter.
  ///
  /// - Precondition: `halfLife >= 0`; 0 smooths nothing.
  public init(halfLife: Double) {
    precondition(halfLife >= 0, "half-life is \(halfLife)")
    self.halfLife = halfLife
  }

  /// Takes an answer; times run forward.
  ///
  /// - Returns: The smoothed mood.
  @discardableResult public mutating func add(
    _ answer: MoodDistribution, at seconds: Double
  ) -> MoodDistribution {
    guard let old = distribution else {
      (distribution, time) = (answer, seconds)
      return answer
    }
    let weight = halfLife == 0 ? 1 : 1 - exp2(-max(0, seconds - time) / halfLife)
    let mixed = zip(old.probabilities, answer.probabilities).map {
      $0 + Float(weight) * ($1 - $0)
    }
    let sum = mixed.reduce(0, +)  // rounding must not add up over hours
    let result = MoodDistribution(unchecked: mixed.map { min(1, max(0, $0 / sum)) })
    (distribution, time) = (result, seconds)
    return result
  }
}

/// Says when a mood has truly changed: hysteresis for choosing songs by video.
///
/// The mood changes once another one has been more probable, by `margin`, for `hold` seconds on end.
public struct MoodSwitch: Sendable {
  /// How much more probable the new mood must be, 0…1.
  public let margin: Float
  /// For how many seconds.
  public let hold: Double
  /// The mood that holds; nil before the first answer.
  public private(set) var mood: Mood?
  private var rival: (mood: Mood, since: Double)?

  /// Creates a switch.
  public init(margin: Float = 0.1, hold: Double = 2) {
    (self.margin, self.hold) = (margin, hold)
  }

  /// Takes a smoothed answer.
  ///
  /// - Returns: The new mood if it has changed just now, or is the first; else nil.
  public mutating func add(_ distribution: MoodDistribution, at seconds: Double) -> Mood? {
    guard let current = mood else {
      mood = distribution.mood
      return mood
    }
    let best = distribution.mood
    guard best != current, distribution[best] >= distribution[current] + margin else {
      rival = nil
      return nil
    }
    if rival?.mood != best { rival = (best, seconds) }
    guard let since = rival?.since, seconds - since >= hold else { return nil }
    (mood, rival) = (best, nil)
    return best
  }
}
