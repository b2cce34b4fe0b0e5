import Tensor

extension Lowering {
  /// Lowers one node: its outputs, as many as it can give. An input of nil is left out by the model.
  ///
  /// An operation that is new needs a line here or in ``elementwise(_:_:)``, and an `Operation` of
  /// the engine's if none computes it.
  mutating func outputs(of node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    switch node.operation {
    // Layers with weights.
    case "Conv": return try convolution(node, inputs)
    case "BatchNormalization": return try batchNormalization(node, inputs)
    case "LayerNormalization": return try layerNormalization(node, inputs)
    case "LRN": return try localResponseNormalization(node, inputs)
    case "Gemm": return try gemm(node, inputs)
    case "MatMul": return try matMul(inputs)
    // Windows and images.
    case "MaxPool", "AveragePool": return try pool(node, inputs)
    case "GlobalAveragePool": return try globalPool(inputs, .mean)
    case "GlobalMaxPool": return try globalPool(inputs, .max)
    case "Resize", "Upsample": return try resize(node, inputs)
    case "Pad": return try pad(node, inputs)
    // Along axes.
    case "ReduceMean": return try reduce(node, inputs, .mean)
    case "ReduceSum": return try reduce(node, inputs, .sum)
    case "ReduceMax": return try reduce(node, inputs, .max)
    case "ReduceMin": return try reduce(node, inputs, .min)
    case "ReduceL2": return try reduce(node, inputs, .l2)
    case "Softmax", "LogSoftmax": return try softmax(node, inputs)
    // Shapes.
    case "Reshape": return try reshape(node, inputs)
    case "Flatten": return try flatten(node, inputs)
    case "Transpose": return try transpose(node, inputs)
    case "Squeeze": return try squeeze(node, inputs)
    case "Unsqueeze": return try unsqueeze(node, inputs)
    case "Expand": return try expand(inputs)
    case "Shape": return try shape(node, inputs)
    case "Size":
      return [.constant(Constant([], .ints([try dimensions(inputs).reduce(1, *)])))]
    case "Constant": return [.constant(try node.constant())]
    // Parts.
    case "Concat": return try concatenate(node, inputs)
    case "Split": return try split(node, inputs)
    case "Slice": return try slice(node, inputs)
    case "Gather": return try gather(node, inputs)
    // Nothing at inference.
    case "Identity", "CastLike": return [try Self.first(inputs)]
    case "Dropout": return try dropout(inputs)
    case "Cast": return try cast(node, inputs)
    default:
      guard let result = try elementwise(node, inputs) else {
        throw Refusal.unknownOperation
      }
      return [result]
    }
  }

  /// An input that must be there, constant or not.
  static func first(_ inputs: [Binding?]) throws(Refusal) -> Binding {
    guard let input = inputs.first ?? nil else { throw Refusal("input 0 is missing") }
    return input
  }

  /// The extents of a node's first input.
  func dimensions(_ inputs: [Binding?]) throws(Refusal) -> [Int] {
    try Self.first(inputs).dimensions
  }

  func dropout(_ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    if let training = try constant(inputs, 2), training.scalar != 0 {
      throw Refusal("training mode")
    }
    return [try Self.first(inputs)]
  }

  func cast(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let type = try node.int("to") ?? 1
    guard NumberFormat(rawValue: type)?.isFloat == true else {
      throw Refusal("a cast of computed numbers to type \(type)")
    }
    return [try Self.first(inputs)]
  }
}

extension NodeView {
  /// The value of a node `Constant`.
  func constant() throws(Refusal) -> Constant {
    if let value = try tensor("value") { return value }
    switch (attributes["value_float"], attributes["value_int"]) {
    case (.float(let value)?, _): return Constant([], .floats([value]))
    case (_, .int(let value)?): return Constant([], .ints([value]))
    default: break
    }
    switch (attributes["value_floats"], attributes["value_ints"]) {
    case (.floats(let values)?, _): return Constant([values.count], .floats(values))
    case (_, .ints(let values)?): return Constant(values)
    default: throw Refusal("a constant of texts or sparse numbers")
    }
  }
}
