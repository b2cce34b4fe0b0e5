import Tensor

/// Turns ONNX's nodes into the engine's graph, one after the other; nothing is computed but
/// constants.
struct Lowering {
  /// What a node of the engine's graph reads besides other nodes, by the variable's name.
  private(set) var parameters: [Int: [String: Tensor]] = [:]
  private(set) var graph = Graph()
  /// The shape of each of the engine's nodes, for one image.
  private(set) var shapes: [[Int]] = []
  private(set) var bindings: [String: Binding] = [:]
  private(set) var problems: [ONNXError.Problem] = []
  /// The extent that stands for the batch in ONNX's shapes; nil if axis 0 is an axis like others.
  let batch: Int?
  /// The nodes by the names of their outputs, to recognise what exporters write in pieces.
  private(set) var producers: [String: NodeView] = [:]
  /// The norms among the engine's nodes.
  var norms: [Int: (shape: [Int], epsilon: Float)] = [:]
  private var rearranged: [String: Int] = [:]
  private var names: Set<String> = []
  private var current = ""
  /// The names that something reads.
  private let used: Set<String>

  init(batch: Int?, used: Set<String>) { (self.batch, self.used) = (batch, used) }

  // MARK: The walk

  /// Lowers one node; a refusal is kept, and so are those of the nodes behind it.
  mutating func lower(_ node: NodeView, label: String) {
    current = node.outputs.first { !$0.isEmpty } ?? label
    do throws(Refusal) {
      var inputs: [Binding?] = []
      var isBlocked = false
      for name in node.inputs {
        let binding = name.isEmpty ? nil : bindings[name]
        if case .refused? = binding { isBlocked = true }
        inputs.append(binding)
      }
      var results = isBlocked ? nil : try folded(node, inputs)
      if results == nil {
        do throws(Refusal) { results = try outputs(of: node, inputs) } catch {
          // Behind a refused node only what no input explains is worth telling.
          if !isBlocked || error.isUnknownOperation { throw error }
        }
      }
      for (index, name) in node.outputs.enumerated() where !name.isEmpty {
        let result =
          isBlocked ? nil : results.flatMap { $0.indices.contains(index) ? $0[index] : nil }
        if result == nil, !isBlocked, used.contains(name) {
          throw Refusal("its output \(index), \(name)")
        }
        bindings[name] = result ?? .refused
        producers[name] = node
      }
    } catch {
      problems.append(
        ONNXError.Problem(node: label, operation: node.operation, reason: error.reason))
      for name in node.outputs where !name.isEmpty { bindings[name] = .refused }
    }
  }

  /// The outputs of a node whose inputs are all constants, or nil if it is none that is folded.
  private func folded(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding]? {
    var constants: [Constant?] = []
    for input in inputs {
      switch input {
      case nil: constants.append(nil)
      case .constant(let constant): constants.append(constant)
      default: return nil
      }
    }
    return try Folding(node: node, inputs: constants).outputs()?.map { .constant($0) }
  }

  /// Makes a name stand for an initializer.
  mutating func bind(_ name: String, _ constant: Constant) { bindings[name] = .constant(constant) }

  /// Makes a name stand for an input of the network, stored as ONNX orders it.
  mutating func bindInput(_ name: String, _ dimensions: [Int]) throws(ONNXError) {
    current = name
    let batchAxis = batch.map { _ in 0 }
    guard dimensions.first ?? 1 <= 1 << 20 || batch == nil else {
      throw .badInput(name: name, dimensions: dimensions, expected: "a batch of at most 1048576")
    }
    let shape = Array(dimensions.dropFirst(batch == nil ? 0 : 1))
    do throws(Refusal) {
      let node = try add(.input(shape: shape), [], shape)
      bindings[name] = .value(Value(dimensions, batchAxis: batchAxis, node: node))
    } catch {
      throw .badInput(name: name, dimensions: dimensions, expected: error.reason)
    }
  }

  /// The node that gives an output of the network, stored as ONNX orders it; or what it always is.
  mutating func output(
    _ name: String
  ) throws(ONNXError) -> (node: Int?, constant: Tensor?, dimensions: [Int]) {
    current = name
    do throws(Refusal) {
      switch bindings[name] {
      case .constant(let constant)?:
        if batch == Self.freeBatch { throw Refusal("it is the same for every image") }
        let tensor = try tensor(constant.floats, constant.dimensions)
        return (nil, tensor, constant.dimensions)
      case .value(let value)?:
        guard value.batchAxis == batch.map({ _ in 0 }) else {
          throw Refusal("the batch is not its first axis")
        }
        return (try arranged(value, value.axes), nil, value.dimensions)
      default: throw Refusal("no node gives it")
      }
    } catch {
      throw .unsupported([.init(node: name, operation: "output", reason: error.reason)])
    }
  }

  // MARK: Nodes of the engine's graph

  /// Appends a node that gives `shape` for one image.
  mutating func add(
    _ operation: Tensor::Operation, _ inputs: [Int], _ shape: [Int],
    _ parameters: [String: Tensor] = [:]
  ) throws(Refusal) -> Int {
    guard let count = Shape.count(of: shape), (1...Graph.maximumElements).contains(count) else {
      throw Refusal("a value of \(shape)")
    }
    let name = Self.free(current, in: &names)
    do throws(TensorError) { try graph.add(name, operation, inputs) } catch {
      throw Refusal("\(error)")
    }
    if !parameters.isEmpty { self.parameters[shapes.count] = parameters }
    shapes.append(shape)
    return shapes.count - 1
  }

  /// A name that is not taken yet: the one given, or with a number behind it.
  static func free(_ name: String, in taken: inout Set<String>) -> String {
    var (result, number) = (name, 0)
    while !taken.insert(result).inserted {
      number += 1
      result = "\(name)/\(number)"
    }
    return result
  }

  /// Appends a constant, its axes as `shape` says.
  mutating func add(_ constant: Constant, _ shape: [Int]) throws(Refusal) -> Int {
    let value = try tensor(constant.floats, shape)
    return try add(.constant(value.shape), [], shape, ["value": value])
  }

  /// Elements as the engine takes them.
  func tensor(_ elements: [Float], _ shape: [Int]) throws(Refusal) -> Tensor {
    do throws(TensorError) { return try Tensor(Shape(shape), elements) } catch {
      throw Refusal("\(error)")
    }
  }

  /// The node that holds a value in some order of its axes and under some shape; elements are moved
  /// only if axes of more than one element stand otherwise.
  ///
  /// - Precondition: `order` has the value's axes without the batch.
  mutating func arranged(
    _ value: Value, _ order: [Int], shape: [Int]? = nil
  ) throws(Refusal) -> Int {
    let shape = shape ?? order.map { value.dimensions[$0] }
    let (from, to) = (
      value.order.filter { value.dimensions[$0] > 1 }, order.filter { value.dimensions[$0] > 1 }
    )
    if from == to { return try reshaped(value.node, shape) }
    let key = "\(value.node) \(from.map { value.dimensions[$0] }) \(from) \(to)"
    if let known = rearranged[key] { return try reshaped(known, shape) }
    let permutation = to.compactMap { from.firstIndex(of: $0) }
    let plain = try reshaped(value.node, from.map { value.dimensions[$0] })
    let moved = try add(.transpose(permutation), [plain], to.map { value.dimensions[$0] })
    rearranged[key] = moved
    return try reshaped(moved, shape)
  }

  /// The same elements under another shape.
  private mutating func reshaped(_ node: Int, _ shape: [Int]) throws(Refusal) -> Int {
    if shapes[node] == shape { return node }
    var source = node
    if case .reshape = graph.nodes[node].operation {
      source = graph.nodes[node].inputs[0]
      if shapes[source] == shape { return source }
    }
    let key = "\(source) \(shape)"
    if let known = rearranged[key] { return known }
    let result = try add(.reshape(shape), [source], shape)
    rearranged[key] = result
    return result
  }

  // MARK: What rules ask of their inputs

  /// An input that must be there.
  func value(_ inputs: [Binding?], _ index: Int) throws(Refusal) -> Value {
    guard inputs.indices.contains(index), let input = inputs[index] else {
      throw Refusal("input \(index) is missing")
    }
    guard case .value(let value) = input else { throw Refusal("input \(index) is a constant") }
    return value
  }

  /// An input that must be known at import, or nil if it is left out.
  func constant(_ inputs: [Binding?], _ index: Int) throws(Refusal) -> Constant? {
    guard inputs.indices.contains(index), let input = inputs[index] else { return nil }
    guard case .constant(let constant) = input else {
      throw Refusal("input \(index) is computed; it must be a constant")
    }
    return constant
  }

  /// An input of whole numbers that must be known at import, or nil if it is left out.
  func integers(_ inputs: [Binding?], _ index: Int) throws(Refusal) -> [Int]? {
    guard let constant = try constant(inputs, index) else { return nil }
    guard let ints = constant.ints, constant.dimensions.count <= 1 else {
      throw Refusal("input \(index) is no list of whole numbers")
    }
    return ints
  }

  /// Whole numbers that older operator sets write as an attribute, newer ones as an input.
  func integers(
    _ node: NodeView, _ name: String, _ inputs: [Binding?], _ index: Int
  ) throws(Refusal) -> [Int]? {
    if let values = try node.ints(name) { return values }
    return try integers(inputs, index)
  }

  /// A parameter of a layer: finite numbers, as many as `count`.
  func parameter(
    _ inputs: [Binding?], _ index: Int, count: Int
  ) throws(Refusal) -> [Float]? {
    guard let constant = try constant(inputs, index) else { return nil }
    guard constant.count == count else {
      throw Refusal("input \(index) is \(constant.dimensions); expected \(count) numbers")
    }
    let floats = constant.floats
    guard floats.allSatisfy(\.isFinite) else { throw Refusal("input \(index) is not finite") }
    return floats
  }

  /// A value as `[H, W, C]`: ONNX's `[N, C, H, W]`, or `[N, C, L]` with a height of 1.
  mutating func image(_ value: Value) throws(Refusal) -> (node: Int, shape: [Int]) {
    let (d, rank) = (value.dimensions, value.dimensions.count)
    guard rank == 3 || rank == 4 else {
      throw Refusal("an input of \(rank) axes; images have 4, sequences 3")
    }
    guard value.batchAxis == 0 || (value.batchAxis == nil && d[0] == 1) else {
      throw Refusal("the batch is not the first axis")
    }
    let order = (value.batchAxis == nil ? [0] : []) + Array(2..<rank) + [1]
    let shape = (rank == 3 ? [1] : []) + d[2...] + [d[1]]
    return (try arranged(value, order, shape: shape), shape)
  }

  /// What an image operation gave, as ONNX sees it.
  func imageResult(of value: Value, _ node: Int, _ shape: [Int]) -> Value {
    let rank = value.dimensions.count
    let order = (value.batchAxis == nil ? [0] : []) + Array(2..<rank) + [1]
    let spatial = rank == 3 ? [shape[1]] : [shape[0], shape[1]]
    return Value(
      [value.dimensions[0], shape[2]] + spatial, batchAxis: value.batchAxis, order: order,
      node: node)
  }
}
