private import Foundation
import Tensor

/// Computes at import what depends on no input: above all the arithmetic on shapes that exporters
/// write between `Shape` and `Reshape`.
struct Folding {
  let node: NodeView
  /// The node's inputs; nil for one that is left out.
  let inputs: [Constant?]

  /// The node's outputs, or nil if the operation is not one that is folded.
  ///
  /// - Throws: ``Refusal`` for operands that make no sense.
  func outputs() throws(Refusal) -> [Constant]? {
    switch node.operation {
    case "Identity", "Dropout": return [try input(0)]
    case "Cast", "CastLike": return [try cast()]
    case "Add": return [try arithmetic({ $0 + $1 }, { $0.addingReportingOverflow($1) })]
    case "Sub": return [try arithmetic({ $0 - $1 }, { $0.subtractingReportingOverflow($1) })]
    case "Mul": return [try arithmetic({ $0 * $1 }, { $0.multipliedReportingOverflow(by: $1) })]
    case "Div": return [try arithmetic({ $0 / $1 }, { $0.dividedReportingOverflow(by: $1) })]
    case "Mod": return [try arithmetic({ fmod($0, $1) }, Self.remainder)]
    case "Pow": return [try floats { Float(pow(Double($0), Double($1))) }]
    case "Min": return [try arithmetic({ min($0, $1) }, { (min($0, $1), false) })]
    case "Max": return [try arithmetic({ max($0, $1) }, { (max($0, $1), false) })]
    case "Equal": return [try truths { $0 == $1 }]
    case "Less": return [try truths { $0 < $1 }]
    case "LessOrEqual": return [try truths { $0 <= $1 }]
    case "Greater": return [try truths { $0 > $1 }]
    case "GreaterOrEqual": return [try truths { $0 >= $1 }]
    case "And": return [try truths { $0 != 0 && $1 != 0 }]
    case "Or": return [try truths { $0 != 0 || $1 != 0 }]
    case "Not": return [try map({ $0 == 0 ? 1 : 0 }, { $0 == 0 ? 1 : 0 })]
    case "Neg": return [try map({ -$0 }, { 0 &- $0 })]
    case "Abs": return [try map({ abs($0) }, { $0 < 0 ? 0 &- $0 : $0 })]
    case "Floor": return [try map({ $0.rounded(.down) }, { $0 })]
    case "Ceil": return [try map({ $0.rounded(.up) }, { $0 })]
    case "Round": return [try map({ $0.rounded(.toNearestOrEven) }, { $0 })]
    case "Sqrt": return [try map({ $0.squareRoot() }, nil)]
    case "Exp": return [try map({ exp($0) }, nil)]
    case "Log": return [try map({ log($0) }, nil)]
    case "Reciprocal": return [try map({ 1 / $0 }, nil)]
    case "Range": return [try range()]
    case "ConstantOfShape": return [try filled()]
    case "Where": return [try chosen()]
    case "Concat": return [try concatenated()]
    case "ReduceProd": return [try product()]
    default: return nil
    }
  }

  func input(_ index: Int) throws(Refusal) -> Constant {
    guard inputs.indices.contains(index), let value = inputs[index] else {
      throw Refusal("input \(index) is missing")
    }
    return value
  }

  private func cast() throws(Refusal) -> Constant {
    let value = try input(0)
    // CastLike says it by the type of another value.
    let code = node.operation == "Cast" ? try node.int("to") : nil
    let format = code.flatMap { NumberFormat(rawValue: $0) }
    let isFloat: Bool
    if let format {
      isFloat = format.isFloat
    } else if code == nil, case .floats = try input(1).elements {
      isFloat = true
    } else if code == nil {
      isFloat = false
    } else {
      throw Refusal("a cast to type \(code ?? 0)")
    }
    switch value.elements {
    case .floats(let values):
      if isFloat { return value }
      return Constant(
        value.dimensions,
        .ints(values.map { format == .bool ? ($0 == 0 ? 0 : 1) : Self.whole($0) }))
    case .ints(let values):
      if isFloat { return Constant(value.dimensions, .floats(value.floats)) }
      return format == .bool
        ? Constant(value.dimensions, .ints(values.map { $0 == 0 ? 0 : 1 })) : value
    }
  }

  /// Towards zero; what no `Int` holds becomes the nearest that it does.
  private static func whole(_ value: Float) -> Int {
    value.isNaN ? 0 : Int(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
  }

  /// ONNX's Mod of whole numbers has the sign of the divisor.
  private static func remainder(_ a: Int, _ b: Int) -> (partialValue: Int, overflow: Bool) {
    let (r, overflow) = a.remainderReportingOverflow(dividingBy: b)
    return (r != 0 && (r < 0) != (b < 0) ? r + b : r, overflow)
  }

  // MARK: Element by element

  private func map(
    _ float: (Float) -> Float, _ int: ((Int) -> Int)?
  ) throws(Refusal) -> Constant {
    let value = try input(0)
    if let int, let ints = value.ints { return Constant(value.dimensions, .ints(ints.map(int))) }
    return Constant(value.dimensions, .floats(value.floats.map(float)))
  }

  private func operands() throws(Refusal) -> (Constant, Constant) {
    let (a, b) = (try input(0), try input(1))
    guard let shape = Constant.broadcast(a.dimensions, b.dimensions) else {
      throw Refusal("\(a.dimensions) and \(b.dimensions) do not broadcast")
    }
    try Self.check(shape)
    return (a.broadcast(to: shape), b.broadcast(to: shape))
  }

  private func floats(_ f: (Float, Float) -> Float) throws(Refusal) -> Constant {
    let (a, b) = try operands()
    return Constant(a.dimensions, .floats(zip(a.floats, b.floats).map(f)))
  }

  private func truths(_ f: (Double, Double) -> Bool) throws(Refusal) -> Constant {
    func numbers(_ c: Constant) -> [Double] {
      c.ints?.map { Double($0) } ?? c.floats.map { Double($0) }
    }
    let (a, b) = try operands()
    return Constant(a.dimensions, .ints(zip(numbers(a), numbers(b)).map { f($0, $1) ? 1 : 0 }))
  }

  private func arithmetic(
    _ float: (Float, Float) -> Float, _ int: (Int, Int) -> (partialValue: Int, overflow: Bool)
  ) throws(Refusal) -> Constant {
    let (a, b) = try operands()
    guard let p = a.ints, let q = b.ints else { return try floats(float) }
    var result: [Int] = []
    result.reserveCapacity(p.count)
    for (x, y) in zip(p, q) {
      let (value, overflow) = int(x, y)
      if overflow { throw Refusal("\(x) and \(y) leave the range of whole numbers") }
      result.append(value)
    }
    return Constant(a.dimensions, .ints(result))
  }

  private func chosen() throws(Refusal) -> Constant {
    let (condition, a, b) = (try input(0), try input(1), try input(2))
    guard let inner = Constant.broadcast(a.dimensions, b.dimensions),
      let shape = Constant.broadcast(condition.dimensions, inner)
    else { throw Refusal("the three shapes do not broadcast") }
    try Self.check(shape)
    let truth = condition.broadcast(to: shape).floats
    let (x, y) = (a.broadcast(to: shape), b.broadcast(to: shape))
    if let p = x.ints, let q = y.ints {
      return Constant(shape, .ints(truth.indices.map { truth[$0] != 0 ? p[$0] : q[$0] }))
    }
    let (p, q) = (x.floats, y.floats)
    return Constant(shape, .floats(truth.indices.map { truth[$0] != 0 ? p[$0] : q[$0] }))
  }

  // MARK: Making and joining

  private func range() throws(Refusal) -> Constant {
    let (start, limit, delta) = (try input(0), try input(1), try input(2))
    guard let a = start.scalar, let b = limit.scalar, let d = delta.scalar, d != 0, a.isFinite,
      b.isFinite, d.isFinite
    else { throw Refusal("a start, a limit and a step of one number each") }
    let count = max(0, ((Double(b) - Double(a)) / Double(d)).rounded(.up))
    guard count <= Double(StoredTensor.typedLimit) else { throw Refusal("a range of \(count)") }
    if let first = start.ints?[0], let step = delta.ints?[0], limit.ints != nil {
      return Constant((0..<Int(count)).map { first &+ $0 &* step })
    }
    return Constant([Int(count)], .floats((0..<Int(count)).map { a + Float($0) * d }))
  }

  private func filled() throws(Refusal) -> Constant {
    guard let shape = try input(0).ints else { throw Refusal("extents that are whole numbers") }
    try Self.check(shape)
    let count = shape.reduce(1, *)
    let value = try node.tensor("value") ?? Constant([1], .floats([0]))
    guard value.count == 1 else { throw Refusal("a value of one number") }
    if let int = value.ints {
      return Constant(shape, .ints(Array(repeating: int[0], count: count)))
    }
    return Constant(shape, .floats(Array(repeating: value.floats[0], count: count)))
  }

  private func concatenated() throws(Refusal) -> Constant {
    var parts: [Constant] = []
    for index in inputs.indices { parts.append(try input(index)) }
    guard let first = parts.first else { throw Refusal("no inputs") }
    let axis = try node.axis(node.int("axis") ?? 0, rank: first.dimensions.count)
    var shape = first.dimensions
    shape[axis] = 0
    for part in parts {
      var other = part.dimensions
      guard other.count == shape.count else { throw Refusal("inputs of several ranks") }
      let (sum, overflow) = shape[axis].addingReportingOverflow(other[axis])
      other[axis] = shape[axis]
      guard other == shape, !overflow else { throw Refusal("inputs of several shapes") }
      shape[axis] = sum
    }
    try Self.check(shape)
    let outer = shape[..<axis].reduce(1, *)
    func joined<T>(_ lists: [[T]]) -> [T] {
      (0..<outer).flatMap { row in
        lists.flatMap { list in
          let width = list.count / max(outer, 1)
          return list[row * width..<(row + 1) * width]
        }
      }
    }
    let ints = parts.compactMap(\.ints)
    return ints.count == parts.count
      ? Constant(shape, .ints(joined(ints)))
      : Constant(shape, .floats(joined(parts.map(\.floats))))
  }

  private func product() throws(Refusal) -> Constant {
    guard let ints = try input(0).ints, node.attributes["axes"] == nil, inputs.count < 2 else {
      throw Refusal("a product over all of a list of whole numbers")
    }
    var result = 1
    for value in ints {
      let (next, overflow) = result.multipliedReportingOverflow(by: value)
      if overflow { throw Refusal("a product beyond the range of whole numbers") }
      result = next
    }
    let keeps = try node.int("keepdims") ?? 1
    return Constant(
      keeps == 1 ? Array(repeating: 1, count: try input(0).dimensions.count) : [], .ints([result]))
  }

  /// Refuses more elements than a computed constant may have.
  static func check(_ shape: [Int]) throws(Refusal) {
    guard let count = Constant.count(of: shape), count <= StoredTensor.typedLimit, shape.count <= 8
    else { throw Refusal("a constant of \(shape) elements") }
  }
}
