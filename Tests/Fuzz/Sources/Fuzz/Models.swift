import ONNXImport
import Tensor

/// A random ONNX model: known operations with random inputs, attributes and constants, some of them
/// wild; cycles, missing and repeated names; now and then damaged bytes. What is imported is run.
func fuzzModels(_ random: inout InputGenerator) throws {
  let operations = [
    "Conv", "MaxPool", "AveragePool", "GlobalAveragePool", "BatchNormalization", "LRN",
    "LayerNormalization", "Gemm", "MatMul", "Relu", "Sigmoid", "Mul", "Add", "Sub", "Div", "Pow",
    "Erf",
    "Clip", "PRelu", "Softmax", "LogSoftmax", "ReduceMean", "Concat", "Split", "Slice", "Gather",
    "Pad",
    "Resize", "Upsample", "Reshape", "Flatten", "Transpose", "Squeeze", "Unsqueeze", "Expand",
    "Shape",
    "Size", "Cast", "Range", "ConstantOfShape", "Where", "Equal", "Mod", "ReduceProd", "Identity",
    "Dropout", "Sqrt", "HardSigmoid", "Einsum",
  ]
  let extents = (0..<random.one(of: [4, 4, 4, 3, 2, 1, 0, 5])).map { _ in
    random.extent(1...6, wildOnceIn: 60)
  }
  let isFree = random.once(in: 3)
  let shape: [Int?] = extents.enumerated().map { isFree && $0 == 0 ? nil : $1 }
  var names = ["x"]
  func some(_ random: inout InputGenerator) -> String {
    random.once(in: 30) ? random.one(of: ["", "later", "y"]) : random.one(of: names)
  }
  var bytes = ModelBytes.model(operatorSet: random.extent(6...28)) { graph in
    graph.port(11, "x", shape)
    for index in 0..<random.one(of: [1, 2, 4]) {
      let dimensions = (0..<random.one(of: [4, 3, 2, 1, 0])).map { _ in
        random.extent(1...4, wildOnceIn: 80)
      }
      let count = dimensions.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
      graph.tensor("w\(index)", dimensions, random.floats(min(max(count, 0), 300)))
      graph.tensor(
        "i\(index)", (0..<random.one(of: [0, 1, 2, 3, 4])).map { _ in random.extent(-2...6) })
      names += ["w\(index)", "i\(index)"]
    }
    for index in 0..<random.one(of: [1, 2, 4, 8]) {
      var attributes: [String: ModelBytes.Value] = [:]
      for name in [
        "kernel_shape", "strides", "pads", "dilations", "axes", "perm", "shape", "split", "starts",
        "ends",
      ] where random.once(in: 3) {
        attributes[name] = .ints(
          (0..<random.one(of: [1, 2, 3, 4])).map { _ in random.extent(0...4) })
      }
      for name in [
        "group", "axis", "keepdims", "ceil_mode", "transA", "transB", "to", "size", "num_outputs",
        "allowzero", "is_test", "start", "end",
      ] where random.once(in: 3) {
        attributes[name] = .int(random.extent(-1...3, wildOnceIn: 15))
      }
      for name in ["alpha", "beta", "epsilon", "min", "max"] where random.once(in: 6) {
        attributes[name] = .float(random.one(of: [0, 1, -1, 0.5, .nan, .infinity, 1e38]))
      }
      if random.once(in: 4) {
        attributes["auto_pad"] = .text(random.one(of: ["SAME_UPPER", "SAME_LOWER", "VALID", "?"]))
      }
      if random.once(in: 4) {
        attributes["mode"] = .text(random.one(of: ["linear", "reflect", "edge", "wrap", "cubic"]))
      }
      let inputs = (0..<random.one(of: [1, 2, 2, 3, 4, 5])).map { _ in some(&random) }
      let output = random.once(in: 40) ? "x" : "v\(index)"
      graph.node(
        random.one(of: operations), inputs, random.once(in: 5) ? [output, "s\(index)"] : [output],
        attributes)
      names.append(output)
    }
    graph.port(12, random.once(in: 30) ? "nothing" : names[names.count - 1], [nil])
  }
  if random.once(in: 4) {
    for _ in 0..<3 {
      bytes[Int.random(in: bytes.indices, using: &random)] = random.bytes(1)[0]
    }
  }
  try runModel(bytes, &random)
}

/// A model in a file's bytes: imported, and run where it is taken and small.
func fuzzONNX(_ bytes: [UInt8]) throws {
  var random = InputGenerator([])
  try runModel(bytes, &random)
}

private func runModel(_ bytes: [UInt8], _ random: inout InputGenerator) throws {
  guard let model = try attempt({ try ONNXModel(bytes: bytes) }) else { return }
  var values: [String: Tensor] = [:]
  for port in model.inputs {
    let extents = port.shape.map { $0 ?? 2 }
    guard let count = try? Shape(extents).count, count <= 100_000 else { return }
    values[port.name] = try Tensor(Shape(extents), random.floats(count))
  }
  guard let outputs = try attempt({ try model(values) }) else { return }
  for port in model.outputs {
    guard let value = outputs[port.name], value.shape.rank == port.shape.count else {
      throw Wrong(what: "\(port) is \(String(describing: outputs[port.name]?.shape))")
    }
  }
}
