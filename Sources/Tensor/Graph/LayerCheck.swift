/// Checks of one layer's values and inputs, which name it in their errors.
package struct LayerCheck {
  /// The layer's name.
  package let name: String

  /// Refuses a value outside of a range.
  func range(_ property: String, _ value: Int, _ range: ClosedRange<Int>) throws(TensorError) {
    guard range.contains(value) else {
      throw .invalidLayer(
        name: name, property: property, value: "\(value)",
        expected: "\(range.lowerBound) to \(range.upperBound)")
    }
  }

  /// Refuses an extent of none, or one so large that products of three leave an `Int`.
  func extent(_ property: String, _ value: Int, from least: Int = 1) throws(TensorError) {
    try range(property, value, least...1 << 20)
  }

  /// Refuses a number that is not finite.
  func finite(_ property: String, _ value: Float) throws(TensorError) {
    guard value.isFinite else {
      throw .invalidLayer(
        name: name, property: property, value: "\(value)", expected: "a finite number")
    }
  }

  /// Refuses what cannot be added to a variance.
  func epsilon(_ value: Float) throws(TensorError) {
    guard value >= 0, value.isFinite else {
      throw .invalidLayer(
        name: name, property: "epsilon", value: "\(value)", expected: "a finite number from 0")
    }
  }

  /// Refuses axes that are twice there, or are none of six.
  func axes(_ axes: [Int]) throws(TensorError) {
    for axis in axes { try range("axis", axis, 0...Graph.maximumRank - 1) }
    guard Set(axes).count == axes.count else {
      throw .invalidLayer(
        name: name, property: "axes", value: "\(axes)", expected: "each axis once")
    }
  }

  /// Refuses an input with too few axes.
  func rank(_ input: Shape, atLeast rank: Int) throws(TensorError) {
    guard input.rank >= rank else {
      throw .layerInput(
        layer: name, expected: Array(repeating: nil, count: rank), found: input)
    }
  }

  /// The extents of an image, if the input is one, with that many channels.
  func image(_ input: Shape, channels: Int? = nil) throws(TensorError) -> [Int] {
    guard input.rank == 3, channels ?? input[2] == input[2] else {
      throw .layerInput(layer: name, expected: [nil, nil, channels], found: input)
    }
    return input.dimensions
  }

  /// What both shapes broadcast to, by NumPy's rule.
  func broadcast(_ a: Shape, _ b: Shape) throws(TensorError) -> [Int] {
    let rank = max(a.rank, b.rank)
    let x = Array(repeating: 1, count: rank - a.rank) + a.dimensions
    let y = Array(repeating: 1, count: rank - b.rank) + b.dimensions
    guard zip(x, y).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else {
      throw .unequalShapes(layer: name, first: a, second: b)
    }
    return zip(x, y).map { $0 == 1 ? $1 : $0 }
  }

  /// The extents of a reshape: 0 keeps one, −1 takes what is left.
  func reshaped(_ input: Shape, _ wanted: [Int]) throws(TensorError) -> [Int] {
    let refusal = TensorError.invalidLayer(
      name: name, property: "shape", value: "\(wanted)", expected: "\(input.count) elements")
    var result: [Int] = []
    for (axis, extent) in wanted.enumerated() {
      guard extent != 0 || axis < input.rank else { throw refusal }
      result.append(extent == 0 ? input[axis] : extent)
    }
    if let free = result.firstIndex(of: -1) {
      result[free] = 1
      guard let known = Shape.count(of: result), input.count % known == 0 else { throw refusal }
      result[free] = input.count / known
    }
    guard Shape.count(of: result) == input.count else { throw refusal }
    return result
  }
}
