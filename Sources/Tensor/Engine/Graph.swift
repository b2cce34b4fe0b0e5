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
  case doubling
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

  /// Appends a layer.
  ///
  /// - Returns: Its index, for layers that read it.
  /// - Precondition: The name is new, and the inputs exist.
  @discardableResult
  public mutating func add(_ name: String, _ operation: Operation, _ inputs: Int...) -> Int {
    precondition(!nodes.contains { $0.name == name }, "two layers named \(name)")
    precondition(inputs.allSatisfy { nodes.indices.contains($0) }, "\(name) reads a later layer")
    nodes.append(Node(name: name, operation: operation, inputs: inputs))
    return nodes.count - 1
  }

  /// Index of the layer of that name, or nil.
  public func index(of name: String) -> Int? { nodes.firstIndex { $0.name == name } }

  /// The tensors that a layer reads from the weight file, named `layer/variable`, with shapes.
  public func parameters(of index: Int) -> [(name: String, shape: Shape)] {
    let node = nodes[index]
    func named(_ variable: String, _ shape: Shape) -> (name: String, shape: Shape) {
      ("\(node.name)/\(variable)", shape)
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
  /// - Returns: As many shapes as nodes, or nil if the input is too small for a layer, or a layer's
  ///   extents do not fit what it reads.
  public func outputShapes(height: Int, width: Int) -> [Shape]? {
    var shapes: [Shape] = []
    for node in nodes {
      guard
        let shape = Self.outputShape(
          of: node.operation, inputs: node.inputs.map { shapes[$0] }, height: height, width: width)
      else { return nil }
      shapes.append(shape)
    }
    return shapes
  }

  private static func outputShape(
    of operation: Operation, inputs: [Shape], height: Int, width: Int
  ) -> Shape? {
    func windowed(_ x: Shape, _ h: Int, _ w: Int, _ stride: Int, _ channels: Int) -> Shape? {
      guard x.rank == 3, x[0] >= h, x[1] >= w else { return nil }
      return [(x[0] - h) / stride + 1, (x[1] - w) / stride + 1, channels]
    }
    switch operation {
    case .input(let channels):
      return height > 0 && width > 0 ? [height, width, channels] : nil
    case .zeroPadding(let p):
      guard inputs[0].rank == 3 else { return nil }
      return [inputs[0][0] + p.top + p.bottom, inputs[0][1] + p.left + p.right, inputs[0][2]]
    case .convolution(let h, let w, let input, let output, let stride, _):
      guard inputs[0].rank == 3, inputs[0][2] == input else { return nil }
      return windowed(inputs[0], h, w, stride, output)
    case .depthwiseConvolution(let channels):
      guard inputs[0].rank == 3, inputs[0][2] == channels else { return nil }
      return windowed(inputs[0], 3, 3, 1, channels)
    case .doubling:
      guard inputs[0].rank == 3 else { return nil }
      return [2 * inputs[0][0], 2 * inputs[0][1], inputs[0][2]]
    case .batchNormalization(let channels, _):
      return inputs[0].dimensions.last == channels ? inputs[0] : nil
    case .relu: return inputs[0]
    case .add: return inputs[0] == inputs[1] ? inputs[0] : nil
    case .maxPooling(let window, let stride):
      return windowed(inputs[0], window, window, stride, inputs[0].dimensions.last ?? 0)
    case .globalAveragePooling: return inputs[0].rank == 3 ? [inputs[0][2]] : nil
    case .flatten: return [inputs[0].count]
    case .dense(let input, let output): return inputs[0] == [input] ? [output] : nil
    }
  }

  /// Multiply–adds of each layer for one image, given its shapes.
  public func multiplyAdds(of index: Int, shapes: [Shape]) -> Int {
    switch nodes[index].operation {
    case .convolution(let h, let w, let input, _, _, _): shapes[index].count * h * w * input
    case .depthwiseConvolution: shapes[index].count * 9
    case .dense(let input, let output): input * output
    default: 0
    }
  }
}
