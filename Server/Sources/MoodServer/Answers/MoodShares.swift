import MoodRecommend

/// A distribution over the seven moods in ten-thousandths, as an address has it.
///
/// `angry.disgust.fear.happy.neutral.sad.surprise`, whole numbers of which the largest is above 0. The
/// numbers stay as they came, so that an address that is read and written is the same address.
struct MoodShares: Sendable, Equatable, CustomStringConvertible {
  /// One number for each mood, in the order of `Mood.allCases`.
  private let shares: [Int]

  /// Rounds a distribution.
  init(_ mood: MoodDistribution) {
    shares = mood.probabilities.map { Int(($0 * 10_000).rounded()) }
  }

  /// Reads seven numbers with points between them; `nil` for anything else.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let shares = parts.compactMap { part in
      part.utf8.count <= 5 && part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
    }
    guard parts.count == Mood.allCases.count, shares.count == parts.count,
      shares.allSatisfy({ $0 <= 10_000 }), shares.contains(where: { $0 > 0 })
    else { return nil }
    self.shares = shares
  }

  /// The distribution.
  var distribution: MoodDistribution {
    let sum = Float(shares.reduce(0, +))
    return (try? MoodDistribution(probabilities: shares.map { Float($0) / sum })) ?? .uniform
  }

  var description: String { shares.map(String.init).joined(separator: ".") }
}
