public import Tensor

extension Tensor {
  /// Values spread evenly over `range`.
  public static func random(
    _ shape: Shape, in range: ClosedRange<Float> = -1...1,
    using generator: inout some RandomNumberGenerator
  ) -> Tensor {
    Tensor(
      checked: shape, (0..<shape.count).map { _ in Float.random(in: range, using: &generator) })
  }
}

extension Graph {
  /// Parameters for every layer, of a size that keeps activations near 1; equal seeds, equal values.
  public func randomParameters(seed: UInt64) -> [String: Tensor] {
    var generator = SplitMix64(seed: seed)
    var result: [String: Tensor] = [:]
    for (name, shape) in parameters {
      switch name.split(separator: "/").last {
      case "kernel":
        let fan = shape.count / max(1, shape.dimensions.last ?? 1)
        let bound = (6 / Float(fan)).squareRoot()
        result[name] = .random(shape, in: -bound...bound, using: &generator)
      case "gamma", "moving_variance":
        result[name] = .random(shape, in: 0.5...1.5, using: &generator)
      default: result[name] = .random(shape, in: -0.3...0.3, using: &generator)
      }
    }
    return result
  }
}
