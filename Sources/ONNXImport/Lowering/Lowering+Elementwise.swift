import Tensor

/// Operations on each element, alone or with another's.
extension Lowering {
  /// Functions of one element that have no numbers of their own.
  private static let plain: [String: UnaryFunction] = [
    "Relu": .relu, "Sigmoid": .sigmoid, "Tanh": .tanh, "HardSwish": .hardSwish,
    "Softplus": .softplus, "Softsign": .softsign, "Mish": .mish, "Erf": .erf, "Exp": .exp,
    "Log": .log, "Sqrt": .sqrt, "Reciprocal": .reciprocal, "Abs": .abs, "Neg": .negate,
    "Floor": .floor, "Ceil": .ceil, "Round": .round, "Sign": .sign, "Sin": .sin, "Cos": .cos,
  ]
  private static let pairs: [String: BinaryFunction] = [
    "Add": .add, "Sub": .subtract, "Mul": .multiply, "Div": .divide, "Pow": .power,
    "Min": .minimum, "Max": .maximum, "Sum": .add,
  ]

  /// What a node computes of each element; nil if it is an operation of another kind.
  mutating func elementwise(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> Binding? {
    if let function = Self.plain[node.operation] { return try unary(function, inputs) }
    if let function = Self.pairs[node.operation] {
      if try node.int("axis") != nil { throw Refusal("an axis to broadcast from") }
      if let whole = try recognised(node, inputs) { return .value(whole) }
      let operands = inputs.compactMap { $0 }
      guard operands.count == inputs.count, var result = operands.first else {
        throw Refusal("an input is missing")
      }
      for operand in operands.dropFirst() {
        result = .value(try binary(function, result, operand))
      }
      return result
    }
    func number(_ name: String, _ value: Float) throws(Refusal) -> Float {
      try node.float(name, default: value)
    }
    switch node.operation {
    case "LeakyRelu": return try unary(.leakyRelu(slope: number("alpha", 0.01)), inputs)
    case "HardSigmoid":
      return try unary(
        .hardSigmoid(alpha: number("alpha", 0.2), beta: number("beta", 0.5)), inputs)
    case "Elu": return try unary(.elu(alpha: number("alpha", 1)), inputs)
    case "Celu": return try unary(.celu(alpha: number("alpha", 1)), inputs)
    case "Selu":
      return try unary(
        .selu(alpha: number("alpha", 1.67326319), gamma: number("gamma", 1.05070102)), inputs)
    case "ThresholdedRelu":
      return try unary(.thresholdedRelu(alpha: number("alpha", 1)), inputs)
    case "Gelu":
      let isTanh = try node.text("approximate", default: "none") == "tanh"
      return try unary(isTanh ? .geluTanh : .gelu, inputs)
    case "Swish":
      let alpha = try number("alpha", 1)
      if alpha == 1 { return try unary(.silu, inputs) }
      let x = Binding.value(try value(inputs, 0))
      let scaled = try binary(.multiply, x, .constant(Constant([], .floats([alpha]))))
      return .value(try binary(.multiply, x, .value(unary(.sigmoid, of: scaled))))
    case "Clip": return try clip(node, inputs)
    case "PRelu": return try prelu(node, inputs)
    default: return nil
    }
  }

  private mutating func clip(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> Binding {
    func bound(_ name: String, _ index: Int, _ none: Float) throws(Refusal) -> Float {
      if let constant = try constant(inputs, index) {
        guard let value = constant.scalar, !value.isNaN else {
          throw Refusal("\(name) is no number")
        }
        return value
      }
      if case .float(let value)? = node.attributes[name], !value.isNaN { return value }
      return none
    }
    let (low, high) = (try bound("min", 1, -.infinity), try bound("max", 2, .infinity))
    return try unary(.clip(min: low, max: high), inputs)
  }

  mutating func unary(_ function: UnaryFunction, _ inputs: [Binding?]) throws(Refusal) -> Binding {
    .value(try unary(function, of: value(inputs, 0)))
  }

  mutating func unary(_ function: UnaryFunction, of value: Value) throws(Refusal) -> Value {
    var result = value
    result.node = try add(.unary(function), [value.node], shapes[value.node])
    return result
  }

  private mutating func prelu(
    _ node: NodeView, _ inputs: [Binding?]
  ) throws(Refusal) -> Binding {
    let value = try value(inputs, 0)
    guard var slope = try constant(inputs, 1) else { throw Refusal("input 1 is missing") }
    if node.operatorSet < 7, slope.dimensions.count == 1, value.dimensions.count > 2 {
      slope = slope.reshaped(slope.dimensions + value.dimensions.dropFirst(2).map { _ in 1 })
    }
    let (stored, shape) = try stored(slope, like: value, value.order)
    let x = try arranged(value, value.order)
    var result = value
    result.node = try add(
      .prelu(slope: shape), [x], value.storedShape, ["slope": try tensor(stored, shape)])
    return .value(result)
  }

  /// A constant's elements in another value's order, for broadcasting to it; axes of extent 1 in
  /// front are left out.
  private func stored(
    _ constant: Constant, like value: Value, _ order: [Int]
  ) throws(Refusal) -> (elements: [Float], shape: [Int]) {
    let rank = value.dimensions.count
    guard constant.dimensions.count <= rank else {
      throw Refusal("\(constant.dimensions) with \(value.dimensions)")
    }
    let padded = constant.reshaped(
      Array(repeating: 1, count: rank - constant.dimensions.count) + constant.dimensions)
    let batch = value.batchAxis.map { [$0] } ?? []
    let turned = try forAll(padded, value.batchAxis).transposed(batch + order)
    let shape = turned.dimensions.dropFirst(batch.count).drop { $0 == 1 }
    return (turned.floats, Array(shape))
  }

  /// A constant that is the same for every image, for one of them.
  func forAll(_ constant: Constant, _ batchAxis: Int?) throws(Refusal) -> Constant {
    guard let batchAxis else { return constant }
    guard let result = constant.sameForAll(along: batchAxis) else {
      throw Refusal("a constant that differs from image to image")
    }
    return result
  }

  /// An operation on two operands with NumPy's broadcasting; at least one is computed.
  mutating func binary(
    _ function: BinaryFunction, _ a: Binding, _ b: Binding
  ) throws(Refusal) -> Value {
    guard let shape = Constant.broadcast(a.dimensions, b.dimensions) else {
      throw Refusal("\(a.dimensions) and \(b.dimensions) do not broadcast")
    }
    let rank = shape.count
    switch (a, b) {
    case (.value(let x), .value(let y)):
      let (x, y) = (x.padded(to: rank), y.padded(to: rank))
      let batchAxis = x.batchAxis ?? y.batchAxis
      for operand in [x, y] where operand.batchAxis != batchAxis {
        guard let batchAxis, operand.batchAxis == nil, operand.dimensions[batchAxis] == 1 else {
          throw Refusal("operands whose batches are not the same axis")
        }
      }
      // The larger one stays as it is.
      let isFirst = x.dimensions.reduce(1, *) >= y.dimensions.reduce(1, *)
      let order = (isFirst ? x : y).order.filter { $0 != batchAxis }
      let (p, q) = (
        try arranged(without(batchAxis, x), order), try arranged(without(batchAxis, y), order)
      )
      let node = try add(.binary(function), [p, q], order.map { shape[$0] })
      return Value(shape, batchAxis: batchAxis, order: order, node: node)
    case (.value(let x), .constant(let constant)), (.constant(let constant), .value(let x)):
      let value = x.padded(to: rank)
      let isFirst = if case .value = a { true } else { false }
      if let normalized = try scaled(function, value, constant, isFirst: isFirst) {
        return normalized
      }
      let (elements, own) = try stored(constant, like: value, value.order)
      let p = try arranged(value, value.order)
      let q = try add(Constant(own, .floats(elements)), own)
      let node = try add(
        .binary(function), isFirst ? [p, q] : [q, p], value.order.map { shape[$0] })
      return Value(shape, batchAxis: value.batchAxis, order: value.order, node: node)
    default: throw Refusal("two constants")
    }
  }

  /// A value that is the same for every image, without the axis that is the other's batch.
  private func without(_ batchAxis: Int?, _ value: Value) -> Value {
    var result = value
    result.order.removeAll { $0 == batchAxis }
    return result
  }

  // MARK: What exporters write in pieces

  /// γ and β that follow a norm in pieces become its own.
  private mutating func scaled(
    _ function: BinaryFunction, _ value: Value, _ constant: Constant, isFirst: Bool
  ) throws(Refusal) -> Value? {
    guard let norm = norms[value.node], constant.dimensions == norm.shape,
      let own = parameters[value.node],
      let gamma = own["gamma"]?.elements, let beta = own["beta"]?.elements
    else { return nil }
    let (shape, epsilon, numbers) = (norm.shape, norm.epsilon, constant.floats)
    guard numbers.allSatisfy(\.isFinite) else { return nil }
    let source = graph.nodes[value.node].inputs[0]
    func again(_ gamma: [Float], _ beta: [Float]) throws(Refusal) -> Value {
      var result = value
      result.node = try addNorm(source, shape, epsilon: epsilon, gamma: gamma, beta: beta)
      return result
    }
    switch function {
    case .multiply: return try again(zip(gamma, numbers).map(*), zip(beta, numbers).map(*))
    case .add: return try again(gamma, zip(beta, numbers).map(+))
    default: return nil
    }
  }

  /// x·σ(x), x·relu6(x + 3)/6, Gelu by erf and layer norms, which exporters of older operator sets
  /// write in pieces; nil for anything else.
  mutating func recognised(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> Value? {
    let names = node.inputs
    guard names.count == 2 else { return nil }
    /// The node that gives a value, if it is that operation.
    func made(_ name: String, by operation: String) -> NodeView? {
      producers[name].flatMap { $0.operation == operation ? $0 : nil }
    }
    /// The one number that a name stands for.
    func number(_ name: String) -> Float? {
      if case .constant(let constant)? = bindings[name] { constant.scalar } else { nil }
    }
    /// The other operand of an operation of two, one of which is about that number.
    func other(_ node: NodeView?, _ expected: Float) -> String? {
      guard let node, node.inputs.count == 2 else { return nil }
      for index in 0..<2 where node.inputs[index] != node.inputs[1 - index] {
        if let found = number(node.inputs[index]), abs(found - expected) <= 1e-3 * abs(expected) {
          return node.inputs[1 - index]
        }
      }
      return nil
    }
    func value(_ name: String) -> Value? {
      if case .value(let value)? = bindings[name] { value } else { nil }
    }
    /// erf(x / √2) + 1, in either spelling of the quotient: x.
    func gate(_ name: String) -> String? {
      guard let sum = other(made(name, by: "Add"), 1), let erf = made(sum, by: "Erf") else {
        return nil
      }
      if let quotient = made(erf.inputs[0], by: "Div"), quotient.inputs.count == 2,
        let root = number(quotient.inputs[1]), abs(root - 1.414214) < 1e-3
      {
        return quotient.inputs[0]
      }
      return other(made(erf.inputs[0], by: "Mul"), 0.707107)
    }
    /// relu6(x + 3): x.
    func hardGate(_ name: String) -> String? {
      guard let clip = made(name, by: "Clip"), let x = clip.inputs.first, let own = value(name),
        case .unary(.clip(min: 0, max: 6)) = graph.nodes[own.node].operation
      else { return nil }
      return other(made(x, by: "Add"), 3)
    }
    switch node.operation {
    case "Mul":
      for (a, b) in [(names[0], names[1]), (names[1], names[0])] {
        guard let x = value(a) else { continue }
        if let sigmoid = made(b, by: "Sigmoid"), sigmoid.inputs.first == a {
          return try unary(.silu, of: x)
        }
        // HardSwish as x · hardSigmoid(x).
        if let gate = made(b, by: "HardSigmoid"), gate.inputs.first == a, let own = value(b),
          case .unary(.hardSigmoid(let alpha, 0.5)) = graph.nodes[own.node].operation,
          abs(alpha - 1 / 6) < 1e-6
        {
          return try unary(.hardSwish, of: x)
        }
        // x · (relu6(x + 3) / 6).
        if let quotient = made(b, by: "Div"), quotient.inputs.count == 2,
          number(quotient.inputs[1]) == 6, hardGate(quotient.inputs[0]) == a
        {
          return try unary(.hardSwish, of: x)
        }
        // (x · (erf(x / √2) + 1)) · ½, and (x · ½) · (erf(x / √2) + 1).
        if number(b) == 0.5, let inner = made(a, by: "Mul"), inner.inputs.count == 2 {
          for (p, q) in [(0, 1), (1, 0)] where gate(inner.inputs[q]) == inner.inputs[p] {
            if let source = value(inner.inputs[p]) { return try unary(.gelu, of: source) }
          }
        }
        if let gated = gate(b), other(made(a, by: "Mul"), 0.5) == gated, let source = value(gated) {
          return try unary(.gelu, of: source)
        }
      }
      // x · ½ · gate where the half stands by the gate.
      for (a, b) in [(names[0], names[1]), (names[1], names[0])] {
        if let half = other(made(b, by: "Mul"), 0.5), gate(half) == a, let x = value(a) {
          return try unary(.gelu, of: x)
        }
      }
      return nil
    case "Div":
      // (x · relu6(x + 3)) / 6.
      if number(names[1]) == 6, let product = made(names[0], by: "Mul"), product.inputs.count == 2 {
        for (p, q) in [(0, 1), (1, 0)] where hardGate(product.inputs[q]) == product.inputs[p] {
          if let x = value(product.inputs[p]) { return try unary(.hardSwish, of: x) }
        }
      }
      return try layerNorm(node)
    default: return nil
    }
  }

  /// (x − mean(x)) / √(mean((x − mean(x))²) + ε) over the last axes.
  private mutating func layerNorm(_ node: NodeView) throws(Refusal) -> Value? {
    func made(_ name: String?, by operation: String) -> NodeView? {
      name.flatMap { producers[$0] }.flatMap { $0.operation == operation ? $0 : nil }
    }
    guard let root = made(node.inputs[1], by: "Sqrt"),
      let sum = made(root.inputs.first, by: "Add"), sum.inputs.count == 2,
      case .constant(let number)? = bindings[sum.inputs[1]], let epsilon = number.scalar,
      epsilon > 0, epsilon < 1, let variance = made(sum.inputs[0], by: "ReduceMean"),
      let square = made(variance.inputs.first, by: "Pow") ?? made(variance.inputs.first, by: "Mul"),
      square.inputs.count == 2, square.inputs[0] == node.inputs[0],
      let difference = made(node.inputs[0], by: "Sub"), difference.inputs.count == 2,
      let mean = made(difference.inputs[1], by: "ReduceMean"),
      mean.inputs.first == difference.inputs[0],
      case .value(let x)? = bindings[difference.inputs[0]],
      case .value(let small)? = bindings[difference.inputs[1]],
      case .value(let smallToo)? = bindings[sum.inputs[0]],
      small.dimensions == smallToo.dimensions, small.dimensions.count == x.dimensions.count
    else { return nil }
    if square.operation == "Mul" {
      guard square.inputs[1] == node.inputs[0] else { return nil }
    } else {
      guard case .constant(let two)? = bindings[square.inputs[1]], two.scalar == 2 else {
        return nil
      }
    }
    // The axes that the mean is taken over must be the last.
    guard
      let axis = x.dimensions.indices.first(where: { x.dimensions[$0] != small.dimensions[$0] }),
      small.dimensions[axis...].allSatisfy({ $0 == 1 }), x.batchAxis ?? -1 < axis
    else { return nil }
    let count = x.dimensions[axis...].reduce(1, *)
    return try normalized(
      x, from: axis, epsilon: epsilon, gamma: Array(repeating: 1, count: count),
      beta: Array(repeating: 0, count: count))
  }
}
