/// A network as Keras prints it: named layers in order, each reading earlier ones.
///
/// ```swift
/// var graph = Graph()
/// var x = try graph.add("input", .input(channels: 3))
/// x = try graph.add(
///   "conv", .convolution(height: 3, width: 3, input: 3, output: 16, stride: 1, bias: true), x)
/// try graph.add("relu", .relu, x)
/// ```
public struct Graph: Sendable {
  /// One layer.
  public struct Node: Sendable {
    /// Keras's name of the layer, unique in the graph.
    public let name: String
    /// What it computes.
    public let operation: Operation
    /// Indices of the nodes that it reads.
    public let inputs: [Int]
  }

  /// The layers; every one reads only layers before it.
  public private(set) var nodes: [Node] = []
  /// The layers whose values the network gives: those marked, in that order, or the last one.
  public var outputs: [Int] { marked.isEmpty ? (nodes.isEmpty ? [] : [nodes.count - 1]) : marked }
  /// The input layers, in their order.
  public private(set) var inputs: [Int] = []
  private var marked: [Int] = []
  private var indices: [String: Int] = [:]

  /// Creates an empty graph.
  public init() {}

  /// Most elements of one layer's output for one image, and of one parameter: 2³¹ − 1.
  public static let maximumElements = Int(Int32.max)
  /// Most axes of a value, without the batch axis.
  public static let maximumRank = 6

  /// Appends a layer.
  ///
  /// Channels are compared when the network first meets an input size, not here: behind a flattened
  /// map they depend on it.
  ///
  /// - Returns: Its index, for layers that read it.
  /// - Throws: ``TensorError`` if the name is taken, the layer reads another number of layers than
  ///   its operation takes or one that is not there, or the operation has an extent that makes no
  ///   sense.
  @discardableResult
  public mutating func add(
    _ name: String, _ operation: Operation, _ inputs: Int...
  ) throws(TensorError) -> Int { try add(name, operation, inputs) }

  /// Appends a layer that reads any number of others.
  ///
  /// - Returns: Its index, for layers that read it.
  /// - Throws: As for a fixed number.
  @discardableResult
  public mutating func add(
    _ name: String, _ operation: Operation, _ inputs: [Int]
  ) throws(TensorError) -> Int {
    if index(of: name) != nil { throw .duplicateLayer(name: name) }
    let expected = operation.inputCount
    guard expected.contains(inputs.count) else {
      throw .inputCount(layer: name, expected: expected.lowerBound, found: inputs.count)
    }
    if let unknown = inputs.first(where: { !nodes.indices.contains($0) }) {
      throw .unknownInput(layer: name, index: unknown)
    }
    try operation.check(of: name)
    for (_, dimensions) in operation.parameters {
      guard let count = Shape.count(of: dimensions), count <= Self.maximumElements else {
        throw .layerTooLarge(layer: name, dimensions: dimensions)
      }
    }
    nodes.append(Node(name: name, operation: operation, inputs: inputs))
    indices[name] = nodes.count - 1
    if case .input = operation { self.inputs.append(nodes.count - 1) }
    return nodes.count - 1
  }

  /// Makes a layer's value one of the network's outputs.
  ///
  /// - Throws: ``TensorError/unknownInput(layer:index:)`` if there is no such layer.
  public mutating func markOutput(_ index: Int) throws(TensorError) {
    guard nodes.indices.contains(index) else {
      throw .unknownInput(layer: "output", index: index)
    }
    if !marked.contains(index) { marked.append(index) }
  }

  /// Index of the layer of that name, or nil.
  public func index(of name: String) -> Int? { indices[name] }

  /// The index of a layer that a caller asks for.
  package func requiredIndex(of name: String) throws(TensorError) -> Int {
    if let index = index(of: name) { return index }
    let near = nodes.map { ($0.name, $0.name.commonPrefix(with: name)) }
      .filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }
    throw .unknownLayer(name: name, similar: near.prefix(3).map(\.0))
  }

  /// The tensors that a layer reads from the weight file, named `layer/variable`, with shapes.
  package func parameters(of index: Int) -> [(name: String, shape: Shape)] {
    let node = nodes[index]
    return node.operation.parameters.map {
      ("\(node.name)/\($0.variable)", Shape(checked: $0.dimensions))
    }
  }

  /// All tensors that the network reads, in the order of its layers.
  public var parameters: [(name: String, shape: Shape)] {
    nodes.indices.flatMap { parameters(of: $0) }
  }

  /// The shape of each layer's output for one image of a network with one input: `[H, W, C]` or
  /// `[C]`.
  ///
  /// - Returns: As many shapes as nodes.
  /// - Throws: As ``outputShapes(inputs:)`` does.
  public func outputShapes(height: Int, width: Int) throws(TensorError) -> [Shape] {
    try outputShapes(inputs: [imageShape(height: height, width: width)])
  }

  /// An image for the first input.
  ///
  /// - Throws: ``TensorError/inputTooSmall(layer:height:width:minimumHeight:minimumWidth:)``, or
  ///   ``TensorError/layerTooLarge(layer:dimensions:)``.
  package func imageShape(height: Int, width: Int) throws(TensorError) -> Shape {
    guard let first = inputs.first, case .input(let shape) = nodes[first].operation else {
      throw .emptyGraph
    }
    guard height > 0, width > 0 else {
      throw .inputTooSmall(
        layer: nodes[first].name, height: height, width: width, minimumHeight: 1, minimumWidth: 1)
    }
    let dimensions = [height, width, (shape.last ?? nil) ?? 1]
    guard let count = Shape.count(of: dimensions), count <= Self.maximumElements else {
      throw .layerTooLarge(layer: nodes[first].name, dimensions: dimensions)
    }
    return Shape(checked: dimensions)
  }

  /// The shape of each layer's output for one image, without the batch axis.
  ///
  /// - Parameter shapes: The inputs' shapes for one image, in their order.
  /// - Returns: As many shapes as nodes.
  /// - Throws: ``TensorError`` if an input has another shape than its layer, an image is too small
  ///   for a layer, a layer's extents do not fit what it reads, or an output is over
  ///   ``maximumElements``.
  public func outputShapes(inputs shapes: [Shape]) throws(TensorError) -> [Shape] {
    guard shapes.count == inputs.count else {
      throw .inputCount(layer: "the network", expected: inputs.count, found: shapes.count)
    }
    var given = shapes[...]
    var result: [Shape] = []
    for node in nodes {
      let dimensions: [Int]
      if case .input(let expected) = node.operation, let shape = given.popFirst() {
        guard shape.rank == expected.count,
          zip(shape.dimensions, expected).allSatisfy({ $0 == $1 ?? $0 })
        else { throw .inputShape(expected: [nil] + expected, found: shape) }
        if shape.count == 0 {
          throw .inputTooSmall(
            layer: node.name, height: shape.rank == 3 ? shape[0] : 0,
            width: shape.rank == 3 ? shape[1] : 0, minimumHeight: 1, minimumWidth: 1)
        }
        dimensions = shape.dimensions
      } else {
        dimensions = try node.operation.outputDimensions(
          of: node.name, node.inputs.map { result[$0] })
      }
      guard let count = Shape.count(of: dimensions), count <= Self.maximumElements,
        dimensions.count <= Self.maximumRank, count > 0
      else { throw .layerTooLarge(layer: node.name, dimensions: dimensions) }
      result.append(Shape(checked: dimensions))
    }
    return result
  }

  /// Multiply–adds of each layer for one image, given its shapes.
  package func multiplyAdds(of index: Int, shapes: [Shape]) -> Int {
    switch nodes[index].operation {
    case .convolution(let c):
      return shapes[index].count * c.window.height * c.window.width * c.input / c.groups
    case .dense(let input, _, _): return shapes[index].count * input
    case .plain(let layer) where layer.operation is MatMul:
      return shapes[index].count * (shapes[nodes[index].inputs[0]].dimensions.last ?? 1)
    default: return 0
    }
  }
}

extension String {
  /// How many characters both begin with.
  fileprivate func commonPrefix(with other: String) -> Int {
    zip(self, other).prefix { $0 == $1 }.count
  }
}
