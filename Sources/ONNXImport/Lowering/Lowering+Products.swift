import Tensor

/// Products of matrices, and normalization over the last axes.
extension Lowering {
  mutating func matMul(_ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    guard inputs.count == 2, let a = inputs[0], let b = inputs[1] else {
      throw Refusal("an input is missing")
    }
    return [.value(try product(a, b))]
  }

  /// A · B as NumPy's `matmul`, of which at least one is computed.
  private mutating func product(_ a: Binding, _ b: Binding) throws(Refusal) -> Value {
    let (p, q) = (a.dimensions, b.dimensions)
    guard !p.isEmpty, !q.isEmpty, p[p.count - 1] == q[max(q.count - 2, 0)] else {
      throw Refusal("the product of \(p) and \(q)")
    }
    if case .value(let x) = a, case .constant(let constant) = b,
      q.count == 1 || q.dropLast(2).allSatisfy({ $0 == 1 }), q.count <= max(p.count, 2)
    {
      let matrix = constant.reshaped(q.count == 1 ? [q[0], 1] : Array(q.suffix(2)))
      let result = try dense(x, matrix, bias: nil)
      return q.count == 1 ? dropped(result, p.count - 1) : result
    }
    // Of two tensors: an axis of extent 1 where one has but one, and taken away again behind.
    let rank = max(p.count, q.count, 2)
    let left = try operand(a, p.count == 1 ? [1] + p : p, rank: rank)
    let right = try operand(b, q.count == 1 ? q + [1] : q, rank: rank)
    let (m, n) = (left.dimensions[rank - 2], right.dimensions[rank - 1])
    let batchAxis = left.batchAxis ?? right.batchAxis
    guard batchAxis ?? 0 < rank - 2 || batchAxis == nil,
      left.batchAxis == nil || right.batchAxis == nil || left.batchAxis == right.batchAxis,
      var shape = Constant.broadcast(
        Array(left.dimensions.dropLast(2)), Array(right.dimensions.dropLast(2)))
    else { throw Refusal("the product of \(p) and \(q), which mixes images") }
    shape += [m, n]
    let order = (0..<rank).filter { $0 != batchAxis }
    let (x, y) = (
      try node(left, order, batchAxis: batchAxis), try node(right, order, batchAxis: batchAxis)
    )
    let node = try add(.matmul, [x, y], order.map { shape[$0] })
    var result = Value(shape, batchAxis: batchAxis, order: order, node: node)
    if q.count == 1 { result = dropped(result, rank - 1) }
    if p.count == 1 { result = dropped(result, result.dimensions.count - (q.count == 1 ? 1 : 2)) }
    return result
  }

  /// An operand of a product, with axes of extent 1 in front until there are `rank`.
  private mutating func operand(
    _ binding: Binding, _ dimensions: [Int], rank: Int
  ) throws(Refusal) -> Value {
    switch binding {
    case .value(let value):
      let kept = value.dimensions.indices.map { axis -> Int? in
        // [K] became [1, K] or [K, 1].
        value.dimensions.count == dimensions.count || dimensions[0] == value.dimensions[0]
          ? axis : axis + 1
      }
      return value.relabelled(dimensions, kept).padded(to: rank)
    case .constant(let constant):
      return Value(
        dimensions, batchAxis: nil, node: try add(constant, dimensions)
      ).padded(to: rank)
    case .joined: throw Refusal("an input that mixes images")
    case .refused: throw Refusal("an input was refused")
    }
  }

  /// The node of an operand with the axes of a product; one that is the same for every image must
  /// have extent 1 where the other has the batch.
  private mutating func node(
    _ value: Value, _ order: [Int], batchAxis: Int?
  ) throws(Refusal) -> Int {
    if let batchAxis, value.batchAxis == nil {
      guard value.dimensions[batchAxis] == 1 else {
        throw Refusal("a constant that differs from image to image")
      }
      return try arranged(
        Value(
          value.dimensions, batchAxis: nil, order: value.order.filter { $0 != batchAxis },
          node: value.node), order)
    }
    return try arranged(value, order)
  }

  /// Without an axis of extent 1.
  private func dropped(_ value: Value, _ axis: Int) -> Value {
    var dimensions = value.dimensions
    dimensions.remove(at: axis)
    return value.relabelled(
      dimensions,
      value.dimensions.indices.map { $0 == axis ? nil : $0 > axis ? $0 - 1 : $0 })
  }

  /// A product by a matrix of weights, `[in, out]`, over the last axis.
  private mutating func dense(
    _ value: Value, _ matrix: Constant, bias: [Float]?
  ) throws(Refusal) -> Value {
    let last = value.dimensions.count - 1
    guard value.batchAxis != last else { throw Refusal("a product that mixes images") }
    let (input, output) = (matrix.dimensions[0], matrix.dimensions[1])
    guard input > 0, output > 0 else { throw Refusal("weights of \(matrix.dimensions)") }
    guard let weights = try parameter([.constant(matrix)], 0, count: matrix.count) else {
      throw Refusal("no weights")
    }
    let order = value.order.filter { $0 != last } + [last]
    let x = try arranged(value, order)
    var parameters = ["kernel": try tensor(weights, [input, output])]
    if let bias { parameters["bias"] = try tensor(bias, [output]) }
    var dimensions = value.dimensions
    dimensions[last] = output
    let node = try add(
      .dense(input: input, output: output, bias: bias != nil), [x],
      order.map { dimensions[$0] }, parameters)
    return Value(dimensions, batchAxis: value.batchAxis, order: order, node: node)
  }

  mutating func gemm(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    guard inputs.count >= 2, var a = inputs[0], var b = inputs[1], a.dimensions.count == 2,
      b.dimensions.count == 2
    else { throw Refusal("two matrices") }
    func turned(_ binding: Binding) -> Binding {
      switch binding {
      case .constant(let constant): .constant(constant.transposed([1, 0]))
      case .value(let value): .value(value.relabelled(value.dimensions.reversed(), [1, 0]))
      case .joined, .refused: .refused
      }
    }
    if try node.flag("transA") { a = turned(a) }
    if try node.flag("transB") { b = turned(b) }
    let (alpha, beta) = (
      try node.float("alpha", default: 1), try node.float("beta", default: 1)
    )
    let addend = inputs.count > 2 ? inputs[2] : nil
    // The common form: weights and a bias.
    if case .value(let x) = a, case .constant(var matrix) = b,
      a.dimensions[1] == b.dimensions[0], x.batchAxis != 1
    {
      var bias: [Float]?
      if let addend, case .constant(let constant) = addend, constant.dimensions.count <= 2 {
        let rows = constant.dimensions.count == 2 ? constant.dimensions[0] : 1
        if rows == 1, constant.count == matrix.dimensions[1] {
          bias = constant.floats.map { $0 * beta }
        }
      }
      if alpha != 1 {
        matrix = Constant(matrix.dimensions, .floats(matrix.floats.map { $0 * alpha }))
      }
      let result = Binding.value(try dense(x, matrix, bias: bias))
      if bias != nil || addend == nil { return [result] }
      return [try sum(result, addend, beta)]
    }
    var result = Binding.value(try product(a, b))
    if alpha != 1 {
      result = .value(
        try binary(.multiply, result, .constant(Constant([], .floats([alpha])))))
    }
    return [try sum(result, addend, beta)]
  }

  private mutating func sum(
    _ x: Binding, _ addend: Binding?, _ factor: Float
  ) throws(Refusal) -> Binding {
    guard var addend, factor != 0 else { return x }
    if factor != 1 {
      if case .constant(let constant) = addend {
        addend = .constant(
          Constant(constant.dimensions, .floats(constant.floats.map { $0 * factor })))
      } else {
        addend = .value(
          try binary(.multiply, addend, .constant(Constant([], .floats([factor])))))
      }
    }
    return .value(try binary(.add, x, addend))
  }

  mutating func layerNormalization(
    _ node: NodeView, _ inputs: [Binding?]
  ) throws(Refusal) -> [Binding] {
    let value = try value(inputs, 0)
    let rank = value.dimensions.count
    let axis = try node.axis(node.int("axis") ?? -1, rank: rank)
    let shape = Array(value.dimensions[axis...])
    let count = shape.reduce(1, *)
    let gamma = try parameter(inputs, 1, count: count)
    let beta = try parameter(inputs, 2, count: count)
    let epsilon = try node.float("epsilon", default: 1e-5)
    let result = try normalized(
      value, from: axis, epsilon: epsilon, gamma: gamma ?? Array(repeating: 1, count: count),
      beta: beta ?? Array(repeating: 0, count: count))
    if node.outputs.count < 2 { return [.value(result)] }
    // Mean and 1 / √(variance + ε).
    let mean = try reduced(value, Array(axis..<rank), keepsAxes: true, .mean)
    let difference = try binary(.subtract, .value(value), .value(mean))
    let square = try binary(.multiply, .value(difference), .value(difference))
    let variance = try reduced(square, Array(axis..<rank), keepsAxes: true, .mean)
    let sum = try binary(.add, .value(variance), .constant(Constant([], .floats([epsilon]))))
    let inverse = try unary(.reciprocal, of: unary(.sqrt, of: sum))
    return [.value(result), .value(mean), .value(inverse)]
  }

  /// (x − mean) / √(variance + ε) · γ + β over the axes from one on.
  mutating func normalized(
    _ value: Value, from axis: Int, epsilon: Float, gamma: [Float], beta: [Float]
  ) throws(Refusal) -> Value {
    let rank = value.dimensions.count
    guard value.batchAxis ?? -1 < axis else { throw Refusal("a norm over several images") }
    let shape = Array(value.dimensions[axis...])
    let order = value.order.filter { $0 < axis } + Array(axis..<rank)
    let x = try arranged(value, order)
    let result = try addNorm(x, shape, epsilon: epsilon, gamma: gamma, beta: beta)
    return Value(value.dimensions, batchAxis: value.batchAxis, order: order, node: result)
  }

  /// Appends a norm over the last axes, and remembers it.
  mutating func addNorm(
    _ x: Int, _ shape: [Int], epsilon: Float, gamma: [Float], beta: [Float]
  ) throws(Refusal) -> Int {
    let result = try add(
      .layerNormalization(shape: shape, epsilon: epsilon), [x], shapes[x],
      ["gamma": try tensor(gamma, shape), "beta": try tensor(beta, shape)])
    norms[result] = (shape, epsilon)
    return result
  }
}
