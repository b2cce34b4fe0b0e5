private import Foundation

/// What is believed of the weights: a normal distribution, by Bayesian linear regression.
///
/// With prior N(μ₀, diag(s²)) and noise σ² the precision is Λ = diag(1/s²) + Σ x·xᵀ/σ² and the mean
/// Λ⁻¹(μ₀/s² + Σ r·x/σ²). Thompson sampling draws weights from it and takes the song that is best by
/// them: Agrawal & Goyal 2013, "Thompson sampling for contextual bandits with linear payoffs",
/// <https://arxiv.org/abs/1209.3352>.
struct LinearPosterior {
  /// σ²: rewards scatter about what the terms say.
  static let noise = 0.1

  let mean: [Double]
  /// The lower triangle of Λ = L·Lᵀ, row by row.
  private let root: [[Double]]

  init(prior: [Double], spread: [Double], sums: RegressionSums) {
    let count = prior.count
    var root = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for row in 0..<count {
      for column in 0...row {
        var sum = sums.product(row, column) / Self.noise
        if row == column { sum += 1 / (spread[row] * spread[row]) }
        for inner in 0..<column { sum -= root[row][inner] * root[column][inner] }
        // Sums that were subtracted may round below zero; the prior keeps the pivot positive.
        root[row][column] =
          row == column ? max(sum, 1e-9).squareRoot() : sum / root[column][column]
      }
    }
    let right = (0..<count).map {
      prior[$0] / (spread[$0] * spread[$0]) + sums.reward($0) / Self.noise
    }
    self.root = root
    mean = Self.solveTransposed(root, Self.solve(root, right))
  }

  /// Draws weights: mean + scale · L⁻ᵀ·z for standard normal z.
  func sample(scale: Double, using generator: inout some RandomNumberGenerator) -> [Double] {
    let noise = mean.map { _ in Self.normal(using: &generator) }
    return zip(mean, Self.solveTransposed(root, noise)).map { $0 + scale * $1 }
  }

  /// L⁻¹·b.
  private static func solve(_ root: [[Double]], _ right: [Double]) -> [Double] {
    var x = right
    for row in x.indices {
      for column in 0..<row { x[row] -= root[row][column] * x[column] }
      x[row] /= root[row][row]
    }
    return x
  }

  /// L⁻ᵀ·b.
  private static func solveTransposed(_ root: [[Double]], _ right: [Double]) -> [Double] {
    var x = right
    for row in x.indices.reversed() {
      for column in (row + 1)..<x.count { x[row] -= root[column][row] * x[column] }
      x[row] /= root[row][row]
    }
    return x
  }

  /// A standard normal number from two uniform ones (Box & Muller 1958).
  static func normal(using generator: inout some RandomNumberGenerator) -> Double {
    let radius = Double((generator.next() >> 11) + 1) * 0x1p-53
    let angle = Double(generator.next() >> 11) * 0x1p-53
    return (-2 * log(radius)).squareRoot() * cos(2 * .pi * angle)
  }
}
