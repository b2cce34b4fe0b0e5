/// What one node of a ``Graph`` computes; named and defined as Keras's layers.
///
/// Images are `[N, H, W, C]`; padding is always a node of its own, so convolutions and pools are
/// Keras's `valid` ones.
public enum Operation: Sendable, Hashable {
  /// The network's input, `[N, H, W, channels]`.
  case input(channels: Int)
  /// Zeros around each image, in pixels.
  case zeroPadding(Padding)
  /// `kernel` `[kH, kW, in, out]`, and `bias` `[out]` if it has one.
  case convolution(height: Int, width: Int, input: Int, output: Int, stride: Int, bias: Bool)
  /// 3×3, each channel by itself: `kernel` `[3, 3, channels, 1]` and `bias` `[channels]`.
  case depthwiseConvolution(channels: Int)
  /// Each pixel four times: `[N, 2H, 2W, C]`, nearest neighbours.
  case upsampleNearest2x
  /// `gamma`, `beta`, `moving_mean` and `moving_variance`, each `[channels]`.
  case batchNormalization(channels: Int, epsilon: Float)
  /// max(x, 0).
  case relu
  /// The sum of its two inputs.
  case add
  /// Largest value of each square window.
  case maxPooling(window: Int, stride: Int)
  /// Mean over height and width: `[N, C]`.
  case globalAveragePooling
  /// `[N, H·W·C]`.
  case flatten
  /// `kernel` `[in, out]` and `bias` `[out]`.
  case dense(input: Int, output: Int)
}

extension Operation {
  /// How many layers it reads.
  fileprivate var inputCount: Int {
    switch self {
    case .input: 0
    case .add: 2
    default: 1
    }
  }

  /// Refuses extents that make no sense; the largest keep products of three within an `Int`.
  fileprivate func check(of name: String) throws(TensorError) {
    func count(_ property: String, _ value: Int, from least: Int = 1) throws(TensorError) {
      let range = least...1 << 20
      guard range.contains(value) else {
        throw .invalidLayer(
          name: name, property: property, value: "\(value)",
          expected: "\(range.lowerBound) to \(range.upperBound)")
      }
    }
    switch self {
    case .input(let channels), .depthwiseConvolution(let channels):
      try count("channels", channels)
    case .zeroPadding(let padding):
      for (side, value) in [
        ("top", padding.top), ("bottom", padding.bottom), ("left", padding.left),
        ("right", padding.right),
      ] { try count("\(side) padding", value, from: 0) }
    case .convolution(let height, let width, let input, let output, let stride, _):
      try count("filter height", height)
      try count("filter width", width)
      try count("input channels", input)
      try count("output channels", output)
      try count("stride", stride)
      guard Shape.count(of: [height, width, input, output]) != nil else {
        throw .layerTooLarge(layer: name, dimensions: [height, width, input, output])
      }
    case .batchNormalization(let channels, let epsilon):
      // Behind a flattened map each element is a channel.
      guard (1...Graph.maximumElements).contains(channels) else {
        throw .invalidLayer(
          name: name, property: "channels", value: "\(channels)",
          expected: "1 to \(Graph.maximumElements)")
      }
      guard epsilon >= 0, epsilon.isFinite else {
        throw .invalidLayer(
          name: name, property: "epsilon", value: "\(epsilon)", expected: "a finite number from 0")
      }
    case .maxPooling(let window, let stride):
      try count("window", window)
      try count("stride", stride)
    case .dense(let input, let output):
      guard (1...Graph.maximumElements).contains(input) else {
        throw .invalidLayer(
          name: name, property: "input", value: "\(input)",
          expected: "1 to \(Graph.maximumElements)")
      }
      try count("output", output)
    case .upsampleNearest2x, .relu, .add, .globalAveragePooling, .flatten: break
    }
  }
}

/// How many zeros stand around an image, in pixels.
public struct Padding: Sendable, Hashable {
  /// Rows above and below, columns left and right.
  public var top, bottom, left, right: Int

  /// Creates a padding from its four sides.
  public init(top: Int = 0, bottom: Int = 0, left: Int = 0, right: Int = 0) {
    (self.top, self.bottom, self.left, self.right) = (top, bottom, left, right)
  }

  /// The same number of zeros on each side.
  public init(_ all: Int) { self.init(top: all, bottom: all, left: all, right: all) }
}

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

  /// Creates an empty graph.
  public init() {}

  /// Most elements of one layer's output for one image, and of one parameter: 2³¹ − 1.
  public static let maximumElements = Int(Int32.max)

  /// Appends a layer.
  ///
  /// Channels are compared when the network first meets an input size, not here: behind a flattened
  /// map they depend on it.
  ///
  /// - Returns: Its index, for layers that read it.
  /// - Throws: ``TensorError`` if the name is taken, the layer reads another number of layers than
  ///   its operation takes or one that is not there, the operation has an extent that makes no
  ///   sense, or it is an input and not the first layer.
  @discardableResult
  public mutating func add(
    _ name: String, _ operation: Operation, _ inputs: Int...
  ) throws(TensorError) -> Int {
    if index(of: name) != nil { throw .duplicateLayer(name: name) }
    let expected = operation.inputCount
    guard inputs.count == expected else {
      throw .inputCount(layer: name, expected: expected, found: inputs.count)
    }
    if let unknown = inputs.first(where: { !nodes.indices.contains($0) }) {
      throw .unknownInput(layer: name, index: unknown)
    }
    if case .input = operation, !nodes.isEmpty { throw .secondInput(name: name) }
    try operation.check(of: name)
    nodes.append(Node(name: name, operation: operation, inputs: inputs))
    for (_, shape) in parameters(of: nodes.count - 1) where shape.count > Self.maximumElements {
      nodes.removeLast()
      throw .layerTooLarge(layer: name, dimensions: shape.dimensions)
    }
    return nodes.count - 1
  }

  /// Index of the layer of that name, or nil.
  public func index(of name: String) -> Int? { nodes.firstIndex { $0.name == name } }

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
    func named(_ variable: String, _ dimensions: [Int]) -> (name: String, shape: Shape) {
      ("\(node.name)/\(variable)", Shape(checked: dimensions))
    }
    switch node.operation {
    case .convolution(let height, let width, let input, let output, _, let bias):
      return [named("kernel", [height, width, input, output])]
        + (bias ? [named("bias", [output])] : [])
    case .depthwiseConvolution(let channels):
      return [named("kernel", [3, 3, channels, 1]), named("bias", [channels])]
    case .dense(let input, let output):
      return [named("kernel", [input, output]), named("bias", [output])]
    case .batchNormalization(let channels, _):
      return ["gamma", "beta", "moving_mean", "moving_variance"].map { named($0, [channels]) }
    default: return []
    }
  }

  /// All tensors that the network reads, in the order of its layers.
  public var parameters: [(name: String, shape: Shape)] {
    nodes.indices.flatMap { parameters(of: $0) }
  }

  /// The shape of each layer's output for one image, without the batch axis: `[H, W, C]` or `[C]`.
  ///
  /// - Returns: As many shapes as nodes.
  /// - Throws: ``TensorError`` if the input is too small for a layer, a layer's extents do not fit
  ///   what it reads, or an output is over ``maximumElements``.
  public func outputShapes(height: Int, width: Int) throws(TensorError) -> [Shape] {
    var shapes: [Shape] = []
    for node in nodes {
      let dimensions = try Self.outputShape(
        of: node, inputs: node.inputs.map { shapes[$0] }, height: height, width: width)
      guard let count = Shape.count(of: dimensions), count <= Self.maximumElements else {
        throw .layerTooLarge(layer: node.name, dimensions: dimensions)
      }
      shapes.append(Shape(checked: dimensions))
    }
    return shapes
  }

  private static func outputShape(
    of node: Node, inputs: [Shape], height: Int, width: Int
  ) throws(TensorError) -> [Int] {
    /// The extents of the image that the layer reads, if it is one with that many channels.
    func image(channels: Int? = nil) throws(TensorError) -> [Int] {
      let found = inputs[0]
      guard found.rank == 3, channels ?? found[2] == found[2] else {
        throw .layerInput(layer: node.name, expected: [nil, nil, channels], found: found)
      }
      return found.dimensions
    }
    func windowed(
      _ x: [Int], _ h: Int, _ w: Int, stride: Int, channels: Int
    ) throws(TensorError) -> [Int] {
      guard x[0] >= h, x[1] >= w else {
        throw .inputTooSmall(
          layer: node.name, height: x[0], width: x[1], minimumHeight: h, minimumWidth: w)
      }
      return [(x[0] - h) / stride + 1, (x[1] - w) / stride + 1, channels]
    }
    switch node.operation {
    case .input(let channels):
      guard height > 0, width > 0 else {
        throw .inputTooSmall(
          layer: node.name, height: height, width: width, minimumHeight: 1, minimumWidth: 1)
      }
      return [height, width, channels]
    case .zeroPadding(let p):
      let x = try image()
      return [x[0] + p.top + p.bottom, x[1] + p.left + p.right, x[2]]
    case .convolution(let h, let w, let input, let output, let stride, _):
      return try windowed(image(channels: input), h, w, stride: stride, channels: output)
    case .depthwiseConvolution(let channels):
      return try windowed(image(channels: channels), 3, 3, stride: 1, channels: channels)
    case .upsampleNearest2x:
      let x = try image()
      return [2 * x[0], 2 * x[1], x[2]]
    case .batchNormalization(let channels, _):
      guard inputs[0].dimensions.last == channels else {
        throw .layerInput(
          layer: node.name, expected: inputs[0].rank == 3 ? [nil, nil, channels] : [channels],
          found: inputs[0])
      }
      return inputs[0].dimensions
    case .relu: return inputs[0].dimensions
    case .add:
      guard inputs[0] == inputs[1] else {
        throw .unequalShapes(layer: node.name, first: inputs[0], second: inputs[1])
      }
      return inputs[0].dimensions
    case .maxPooling(let window, let stride):
      let x = try image()
      return try windowed(x, window, window, stride: stride, channels: x[2])
    case .globalAveragePooling: return [try image()[2]]
    case .flatten: return [inputs[0].count]
    case .dense(let input, let output):
      guard inputs[0] == [input] else {
        throw .layerInput(layer: node.name, expected: [input], found: inputs[0])
      }
      return [output]
    }
  }

  /// Multiply–adds of each layer for one image, given its shapes.
  package func multiplyAdds(of index: Int, shapes: [Shape]) -> Int {
    switch nodes[index].operation {
    case .convolution(let h, let w, let input, _, _, _): shapes[index].count * h * w * input
    case .depthwiseConvolution: shapes[index].count * 9
    case .dense(let input, let output): input * output
    default: 0
    }
  }
}

extension String {
  /// How many characters both begin with.
  fileprivate func commonPrefix(with other: String) -> Int {
    zip(self, other).prefix { $0 == $1 }.count
  }
}
