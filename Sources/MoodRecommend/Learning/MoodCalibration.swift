import MoodValues

/// A listener's own map from the emotions that a face seems to show to the mood that is meant.
///
/// Each "not my mood" says that a seen distribution p meant mood m, and adds p to column m of a
/// matrix of counts N. Row k of the map is (κ·e_k + N_k) / (κ + Σ N_k) with κ = 2, so that without
/// corrections it is the identity, and the corrected distribution is Σ_k p_k · row k: Laplace's rule
/// with a Dirichlet prior on the listener's own mood.
struct MoodCalibration: Sendable {
  private static let prior: Float = 2
  private var counts: [[Float]]

  /// The map of someone who corrected nothing.
  init() {
    let moods = Mood.allCases.count
    counts = Array(repeating: Array(repeating: 0, count: moods), count: moods)
  }

  /// Adds a correction.
  mutating func add(seen: MoodDistribution, right: Mood) {
    for mood in Mood.allCases { counts[mood.index][right.index] += seen[mood] }
  }

  /// The distribution that the listener means.
  func callAsFunction(_ seen: MoodDistribution) -> MoodDistribution {
    guard counts.contains(where: { $0.contains { $0 > 0 } }) else { return seen }
    var corrected = [Float](repeating: 0, count: counts.count)
    for mood in Mood.allCases {
      let row = counts[mood.index]
      let total = Self.prior + row.reduce(0, +)
      for other in row.indices {
        let count = row[other] + (other == mood.index ? Self.prior : 0)
        corrected[other] += seen[mood] * count / total
      }
    }
    let sum = corrected.reduce(0, +)
    return MoodDistribution(unchecked: corrected.map { min(1, $0 / sum) })
  }
}
