/// Why some numbers are no distribution over the seven moods.
public enum MoodDistributionError: Error, Equatable, Sendable {
  /// There are not as many values as moods.
  case wrongCount(Int)
  /// A value is not 0...1.
  case notAProbability(mood: Mood, value: Float)
  /// The values do not add up to one.
  case wrongSum(Float)
  /// There is no mood of that name.
  case unknownMood(String)
}

extension MoodDistributionError: CustomStringConvertible {
  /// One sentence for a person.
  public var description: String {
    switch self {
    case .wrongCount(let count): "there are \(count) probabilities, not \(Mood.allCases.count)"
    case .notAProbability(let mood, let value):
      "the probability of \(mood.rawValue) is \(value), which is not from 0 to 1"
    case .wrongSum(let sum): "the probabilities add up to \(sum), not to 1"
    case .unknownMood(let name):
      "there is no mood \"\(name.prefix(40))\"; the moods are "
        + Mood.allCases.map(\.rawValue).joined(separator: ", ")
    }
  }
}
