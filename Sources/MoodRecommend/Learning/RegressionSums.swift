public import MoodValues

/// One observation: the terms of a song's score when it was heard, and how well it did.
public struct Observation: Sendable, Equatable {
  /// How many terms there are in this version.
  public static var termCount: Int { ScoreTerms.count }

  /// The terms x.
  public let terms: [Double]
  /// The reward r, 0...1.
  public let reward: Double
  /// How much it counts, 0...1.
  public let weight: Double
  /// In which mood it was made.
  public let mood: Mood

  /// Creates an observation.
  public init(terms: [Double], reward: Double, weight: Double = 1, mood: Mood) {
    (self.terms, self.reward, self.weight, self.mood) = (terms, reward, weight, mood)
  }
}

/// What observations of weight w come to for linear regression: Σ w·x·xᵀ and Σ w·r·x.
public struct RegressionSums: Sendable, Equatable {
  /// Names the meaning of the terms; sums of another meaning are not to be added.
  public static let version = 2

  /// How many observations.
  public private(set) var count: Int
  /// The lower triangle of Σ w·x·xᵀ, row by row, then Σ w·r·x.
  public private(set) var sums: [Double]

  /// No observation.
  public init() {
    count = 0
    sums = [Double](repeating: 0, count: Self.length)
  }

  /// The sums of some observations.
  ///
  /// - Precondition: They have this version's terms.
  public init(_ observations: [Observation]) {
    self.init()
    for observation in observations { add(observation) }
  }

  /// Takes sums that were kept; `nil` if they are not of this version's length, or not finite.
  public init?(count: Int, sums: [Double]) {
    guard count >= 0, sums.count == Self.length, sums.allSatisfy(\.isFinite) else { return nil }
    (self.count, self.sums) = (count, sums)
  }

  private static let triangle = ScoreTerms.count * (ScoreTerms.count + 1) / 2
  private static let length = triangle + ScoreTerms.count

  /// Adds an observation.
  ///
  /// - Precondition: It has this version's terms.
  public mutating func add(_ observation: Observation) {
    let x = observation.terms
    precondition(x.count == ScoreTerms.count, "\(x.count) terms")
    count += 1
    var index = 0
    for row in 0..<x.count {
      for column in 0...row {
        sums[index] += Self.exact(observation.weight * x[row] * x[column])
        index += 1
      }
    }
    for row in 0..<x.count {
      sums[Self.triangle + row] += Self.exact(observation.weight * observation.reward * x[row])
    }
  }

  /// A multiple of 2⁻²⁶: sums of these are exact up to 2²⁷, so what is subtracted leaves no trace.
  private static func exact(_ value: Double) -> Double { (value * 0x1p26).rounded() * 0x1p-26 }

  /// Adds other sums, each counted `share` times.
  mutating func add(_ other: RegressionSums, share: Double = 1) {
    count += other.count
    for index in sums.indices { sums[index] += share * other.sums[index] }
  }

  /// Takes away what was added before.
  public mutating func subtract(_ other: RegressionSums) {
    count = max(0, count - other.count)
    for index in sums.indices { sums[index] -= other.sums[index] }
  }

  /// Σ w·xᵢ·xⱼ.
  func product(_ row: Int, _ column: Int) -> Double {
    let (low, high) = (min(row, column), max(row, column))
    return sums[high * (high + 1) / 2 + low]
  }

  /// Σ w·r·xᵢ.
  func reward(_ row: Int) -> Double { sums[Self.triangle + row] }
}
