import Tensor

/// A value that is known at import: an initializer, or what shape arithmetic gives.
struct Constant {
  enum Elements {
    case floats([Float])
    /// Whole numbers, and truths as 0 and 1.
    case ints([Int])
  }

  /// The extents, in ONNX's order.
  let dimensions: [Int]
  let elements: Elements

  /// - Precondition: There are as many elements as the extents count.
  init(_ dimensions: [Int], _ elements: Elements) {
    (self.dimensions, self.elements) = (dimensions, elements)
    precondition(count == dimensions.reduce(1, *), "\(count) elements for \(dimensions)")
  }

  /// A list of whole numbers.
  init(_ list: [Int]) { self.init([list.count], .ints(list)) }

  var count: Int {
    switch elements {
    case .floats(let values): values.count
    case .ints(let values): values.count
    }
  }

  /// All elements as fp32.
  var floats: [Float] {
    switch elements {
    case .floats(let values): values
    case .ints(let values): values.map { Float($0) }
    }
  }

  /// The elements if they are whole numbers.
  var ints: [Int]? { if case .ints(let values) = elements { values } else { nil } }

  /// The one element as fp32, or nil if there are several.
  var scalar: Float? {
    guard count == 1 else { return nil }
    switch elements {
    case .floats(let values): return values[0]
    case .ints(let values): return Float(values[0])
    }
  }

  /// The same elements under other extents.
  ///
  /// - Precondition: Both count the same.
  func reshaped(_ dimensions: [Int]) -> Constant { Constant(dimensions, elements) }

  /// The elements at these places, under new extents.
  ///
  /// - Precondition: Every place is one of an element.
  func picked(_ dimensions: [Int], _ places: [Int]) -> Constant {
    switch elements {
    case .floats(let values): Constant(dimensions, .floats(places.map { values[$0] }))
    case .ints(let values): Constant(dimensions, .ints(places.map { values[$0] }))
    }
  }

  /// The axes in another order: axis i of the result is axis `permutation[i]`.
  ///
  /// - Precondition: `permutation` is one of the axes.
  func transposed(_ permutation: [Int]) -> Constant {
    let result = permutation.map { dimensions[$0] }
    if permutation == Array(permutation.indices) { return self }
    let strides = Self.strides(dimensions)
    return picked(result, Self.places(result, permutation.map { strides[$0] }))
  }

  /// The elements repeated along axes of extent 1, NumPy's rule.
  ///
  /// - Precondition: The extents broadcast to `target`.
  func broadcast(to target: [Int]) -> Constant {
    if target == dimensions { return self }
    let own = Array(repeating: 1, count: target.count - dimensions.count) + dimensions
    let strides = Self.strides(own)
    return picked(
      target, Self.places(target, own.indices.map { own[$0] == 1 ? 0 : strides[$0] }))
  }

  /// The same for one image, if it is the same for every image along that axis; else nil.
  func sameForAll(along axis: Int) -> Constant? {
    let extent = dimensions[axis]
    if extent == 1 { return self }
    var shape = dimensions
    shape[axis] = 1
    let strides = Self.strides(dimensions)
    let places = Self.places(shape, strides)
    let floats = floats
    for image in 1..<max(extent, 1)
    where places.contains(where: { floats[$0] != floats[$0 + image * strides[axis]] }) {
      return nil
    }
    return extent == 0 ? nil : picked(shape, places)
  }

  /// How many elements extents count, or nil if no constant has them; extents of 0 hide nothing, so
  /// that no product of some of them overflows.
  static func count(of dimensions: [Int]) -> Int? {
    guard dimensions.count <= 16, dimensions.allSatisfy({ $0 >= 0 }),
      let all = Shape.count(of: dimensions.map { max($0, 1) }), all <= Graph.maximumElements
    else { return nil }
    return Shape.count(of: dimensions)
  }

  /// How far apart neighbours along each axis lie.
  static func strides(_ dimensions: [Int]) -> [Int] {
    var result = Array(repeating: 1, count: dimensions.count)
    for axis in dimensions.indices.dropLast().reversed() {
      result[axis] = result[axis + 1] * dimensions[axis + 1]
    }
    return result
  }

  /// Where each element of a view of these extents and strides lies.
  static func places(_ dimensions: [Int], _ strides: [Int], start: Int = 0) -> [Int] {
    var result = [start]
    for (extent, stride) in zip(dimensions, strides) {
      var next: [Int] = []
      next.reserveCapacity(result.count * extent)
      for place in result { for i in 0..<extent { next.append(place + i * stride) } }
      result = next
    }
    return result
  }

  /// What two shapes broadcast to (NumPy's rule), or nil.
  static func broadcast(_ a: [Int], _ b: [Int]) -> [Int]? {
    let rank = max(a.count, b.count)
    let (x, y) = (
      Array(repeating: 1, count: rank - a.count) + a, Array(repeating: 1, count: rank - b.count) + b
    )
    var result: [Int] = []
    for (p, q) in zip(x, y) {
      guard p == q || p == 1 || q == 1 else { return nil }
      result.append(p == 1 ? q : p)
    }
    return result
  }
}
