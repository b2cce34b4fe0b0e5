import Tensor
import WeightLoader

/// Reads a model and lowers it: first with axis 0 as the batch, and if a node mixes images, with
/// axis 0 as an axis like others.
struct ModelImporter {
  private let graph: GraphMessage
  private let operatorSet: Int
  private var constants: [String: Constant] = [:]
  private var nodes: [(view: NodeView, label: String)] = []
  private var used: Set<String> = []
  /// The inputs that are no initializers, with their extents; nil where any will do.
  private var inputs: [(name: String, dimensions: [Int?])] = []

  struct Result {
    let finished: FinishedGraph
    let inputs, outputs: [ONNXModel.Port]
    /// Outputs that depend on no input.
    let constants: [String: Tensor]
    let isBatched: Bool
  }

  init(
    _ file: MappedFile, folder: String?, inputShapes: [String: [Int]]
  ) throws(ONNXError) {
    let model = try Model(file)
    guard let graph = model.graph else { throw .noGraph }
    guard let version = model.operatorSet, ONNXModel.operatorSets.contains(version) else {
      throw .operatorSet(model.operatorSet)
    }
    (self.graph, operatorSet) = (graph, version)
    guard graph.outputs.count <= 1024, graph.inputs.count - graph.tensors.count <= 1024 else {
      throw .tooMany(of: "inputs or outputs", limit: 1024)
    }
    let live = try Self.live(graph)
    used = live.names
    var files = TensorFiles(file, folder: folder)
    for tensor in graph.tensors {
      guard constants[tensor.name] == nil else { throw .duplicateValue(name: tensor.name) }
      guard used.contains(tensor.name) else { continue }
      constants[tensor.name] = try files.constant(tensor)
    }
    for node in live.nodes {
      var tensors: [String: Constant] = [:]
      for (name, attribute) in node.attributes {
        guard case .tensor(let tensor) = attribute else { continue }
        tensors[name] = try files.constant(tensor)
      }
      let isONNX = node.domain.isEmpty || node.domain == "ai.onnx"
      let view = NodeView(
        operation: isONNX ? node.operation : "\(node.domain).\(node.operation)",
        operatorSet: version, inputs: node.inputs, outputs: node.outputs,
        attributes: node.attributes, tensors: tensors)
      nodes.append((view, node.label))
    }
    let initializers = Set(graph.tensors.map(\.name))
    let own = graph.inputs.filter { !initializers.contains($0.name) }
    if let unknown = inputShapes.keys.sorted().first(where: { name in
      !own.contains { $0.name == name }
    }) {
      throw .unknownInput(name: unknown, inputs: own.map(\.name))
    }
    for input in own { try append(input, inputShapes[input.name]) }
  }

  /// The nodes that the outputs need, and the names that are read.
  private static func live(
    _ graph: GraphMessage
  ) throws(ONNXError) -> (nodes: [Node], names: Set<String>) {
    var given = Set(graph.tensors.map(\.name))
    for input in graph.inputs { given.insert(input.name) }
    for node in graph.nodes {
      for name in node.outputs where !name.isEmpty {
        guard given.insert(name).inserted else { throw .duplicateValue(name: name) }
      }
    }
    var names = Set(graph.outputs.map(\.name))
    if let unknown = graph.outputs.first(where: { !given.contains($0.name) }) {
      throw .unknownOutput(name: unknown.name)
    }
    if graph.outputs.isEmpty { throw .noGraph }
    var nodes: [Node] = []
    for node in graph.nodes.reversed() where node.outputs.contains(where: names.contains) {
      nodes.append(node)
      names.formUnion(node.inputs.filter { !$0.isEmpty })
    }
    nodes.reverse()
    // Every name must be given before it is read.
    var known = Set(graph.tensors.map(\.name)).union(graph.inputs.map(\.name))
    var unordered: [String] = []
    for node in nodes {
      if node.inputs.contains(where: { !$0.isEmpty && !known.contains($0) }) {
        unordered.append(node.label)
      }
      known.formUnion(node.outputs)
    }
    unordered += graph.outputs.map(\.name).filter { !known.contains($0) }
    if !unordered.isEmpty { throw .unorderedNodes(unordered) }
    return (nodes, names)
  }

  private mutating func append(_ input: ValueInfo, _ given: [Int]?) throws(ONNXError) {
    let found = input.dimensions ?? []
    guard let type = input.type, input.dimensions != nil || given != nil else {
      throw .badInput(name: input.name, dimensions: found, expected: "a tensor with its extents")
    }
    guard NumberFormat(rawValue: type)?.isFloat == true else {
      throw .badInput(
        name: input.name, dimensions: found,
        expected: "floating-point numbers; the type \(type) is not an input's")
    }
    guard !inputs.contains(where: { $0.name == input.name }) else {
      throw .duplicateValue(name: input.name)
    }
    var dimensions = found
    if let given {
      let fits =
        input.dimensions == nil
        || given.count == found.count
          && zip(given, found).enumerated().allSatisfy {
            $0.element.0 == $0.element.1 ?? $0.element.0 || $0.offset == 0
          }
      guard fits, given.allSatisfy({ $0 > 0 }) else {
        throw .badInput(
          name: input.name, dimensions: found, expected: "extents that \(given) agrees with")
      }
      dimensions = given
      // The batch stays free if the model leaves it free.
      if let first = found.first { dimensions[0] = first ?? given[0] }
    }
    if let axis = dimensions.indices.dropFirst().first(where: { dimensions[$0] == nil }) {
      throw .badInput(
        name: input.name, dimensions: found,
        expected: "extents for this network: axis \(axis) is free; give all as input shape")
    }
    inputs.append((input.name, dimensions))
    if input.dimensions?.first == .some(nil), let given { freeBatches[input.name] = given[0] }
  }
  /// What the caller gave for batches that the model leaves free.
  private var freeBatches: [String: Int] = [:]

  /// Lowers the graph.
  func result() throws(ONNXError) -> Result {
    let extents = Set(inputs.map { $0.dimensions.first ?? 0 })
    var refusal: ONNXError?
    if extents.count <= 1, !inputs.isEmpty, inputs.allSatisfy({ !$0.dimensions.isEmpty }) {
      do throws(ONNXError) {
        return try lowered(batch: (extents.first ?? nil) ?? Lowering.freeBatch)
      } catch { refusal = error }
    }
    do throws(ONNXError) { return try lowered(batch: nil) } catch {
      // The way that came further says what is missing.
      if case .unsupported(let first)? = refusal, case .unsupported(let second) = error,
        second.count < first.count
      {
        throw error
      }
      throw refusal ?? error
    }
  }

  private func lowered(batch: Int?) throws(ONNXError) -> Result {
    var lowering = Lowering(batch: batch, used: used)
    for (name, constant) in constants { lowering.bind(name, constant) }
    var ports: [ONNXModel.Port] = []
    for input in inputs {
      var dimensions = input.dimensions
      let isFree = dimensions.first == .some(nil)
      if isFree { dimensions[0] = batch ?? freeBatches[input.name] }
      let full = dimensions.compactMap { $0 }
      guard full.count == dimensions.count else {
        throw .badInput(
          name: input.name, dimensions: input.dimensions,
          expected: "an extent for axis 0, which is not only a batch here")
      }
      try lowering.bindInput(input.name, full)
      ports.append(port(input.name, full, batch))
    }
    for node in nodes { lowering.lower(node.view, label: node.label) }
    if !lowering.problems.isEmpty { throw .unsupported(lowering.problems) }
    var outputs: [(name: String, node: Int)] = []
    var constants: [String: Tensor] = [:]
    var outputPorts: [ONNXModel.Port] = []
    for output in graph.outputs {
      guard !outputPorts.contains(where: { $0.name == output.name }) else {
        throw .duplicateValue(name: output.name)
      }
      let (node, constant, dimensions) = try lowering.output(output.name)
      if let node { outputs.append((output.name, node)) }
      constants[output.name] = constant
      outputPorts.append(port(output.name, dimensions, batch))
    }
    do throws(TensorError) {
      return Result(
        finished: try FinishedGraph(lowering, outputs: outputs), inputs: ports,
        outputs: outputPorts, constants: constants, isBatched: batch != nil)
    } catch { throw .refusedByEngine(error) }
  }

  private func port(_ name: String, _ dimensions: [Int], _ batch: Int?) -> ONNXModel.Port {
    var shape: [Int?] = dimensions
    if batch != nil, !shape.isEmpty { shape[0] = nil }
    return ONNXModel.Port(name: name, shape: shape)
  }
}
