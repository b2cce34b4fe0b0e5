public import MoodValues

/// One listener's observations, summed up for each mood that they were made in.
///
/// What someone likes when sad says little of what the same person likes when happy:
/// ``combined(for:)`` counts the observations of other moods less. The more was observed, the better the
/// terms that depend on the mood tell both apart, and the less this is needed.
public struct MoodSums: Sendable, Equatable {
  /// How much an observation counts at first for a mood that has nothing of the one it was made in.
  static let reach = 0.5
  /// After how many observations it counts half as much again of what it lacks.
  static let half = 50.0

  private var sums: [RegressionSums]

  /// No observation.
  public init() { sums = Array(repeating: RegressionSums(), count: Mood.allCases.count) }

  /// The sums of one mood.
  public subscript(mood: Mood) -> RegressionSums {
    get { sums[mood.index] }
    set { sums[mood.index] = newValue }
  }

  /// How many observations.
  public var count: Int { sums.reduce(0) { $0 + $1.count } }

  /// Adds an observation.
  ///
  /// - Precondition: It has this version's terms.
  public mutating func add(_ observation: Observation) {
    sums[observation.mood.index].add(observation)
  }

  /// Takes away an observation that was added before.
  mutating func subtract(_ observation: Observation) {
    sums[observation.mood.index].subtract(RegressionSums([observation]))
  }

  /// All moods' observations, each counted once.
  public var total: RegressionSums {
    sums.reduce(into: RegressionSums()) { $0.add($1) }
  }

  /// The sums for a mood: Σ (r + (1 − r) · p(m) / max p) · sums of m.
  ///
  /// r is ``reach`` at first, and 1 − (1 − ``reach``) · ``half`` / (n + ``half``) after n observations.
  func combined(for mood: MoodDistribution) -> RegressionSums {
    let largest = max(Double(mood.confidence), 1e-9)
    let reach = 1 - (1 - Self.reach) * Self.half / (Double(count) + Self.half)
    return Mood.allCases.reduce(into: RegressionSums()) { result, emotion in
      guard sums[emotion.index].count > 0 else { return }
      let near = Double(mood[emotion]) / largest
      result.add(sums[emotion.index], share: reach + (1 - reach) * near)
    }
  }
}
