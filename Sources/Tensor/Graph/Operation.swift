/// What one node of a ``Graph`` computes.
///
/// Shapes are those of one image: the batch axis stands in front of all of them, and no operation
/// mixes images. Images are `[H, W, C]`; other values have any axes, up to six. Layers of Keras
/// have Keras's names and definitions, the others ONNX's.
public enum Operation: Sendable, Hashable {
  /// An input of the network of that shape; nil is any extent, known when the network runs.
  case input(shape: [Int?])
  /// Windows over an image; see ``Convolution``.
  case convolution(Convolution)
  /// x · kernel + bias along the last axis: `kernel` `[in, out]`, and `bias` `[out]` if it has one.
  case dense(input: Int, output: Int, bias: Bool = true)
  /// `gamma`, `beta`, `moving_mean` and `moving_variance`, each `[channels]`, along the last axis.
  case batchNormalization(channels: Int, epsilon: Float)
  /// A function of each element.
  case unary(UnaryFunction)
  /// A function of each pair of elements, broadcast as NumPy does.
  case binary(BinaryFunction)
  /// Largest value of each window of an image.
  case maxPooling(Pooling)
  /// The same elements under another shape: 0 keeps an extent, one −1 takes what is left.
  case reshape([Int])
  /// Every other operation; each has a file of its own in `Steps/Operations`, which also gives it
  /// its name here.
  case plain(PlainLayer)
}

// Keras's layers, which are special cases of the above.
extension Operation {
  /// The network's input, `[H, W, channels]`, of any height and width.
  public static func input(channels: Int) -> Operation { .input(shape: [nil, nil, channels]) }

  /// A convolution of whole windows, as Keras's `valid` ones.
  public static func convolution(
    height: Int, width: Int, input: Int, output: Int, stride: Int, bias: Bool
  ) -> Operation {
    .convolution(
      Convolution(
        height: height, width: width, input: input, output: output, strideHeight: stride,
        strideWidth: stride, bias: bias))
  }

  /// 3×3, each channel by itself: `kernel` `[3, 3, channels, 1]` and `bias` `[channels]`.
  public static func depthwiseConvolution(channels: Int) -> Operation {
    .convolution(
      Convolution(height: 3, width: 3, input: channels, output: channels, groups: channels))
  }

  /// Largest value of each square window.
  public static func maxPooling(window: Int, stride: Int) -> Operation {
    .maxPooling(
      Pooling(height: window, width: window, strideHeight: stride, strideWidth: stride))
  }

  /// Zeros around each image, in pixels.
  public static func zeroPadding(_ padding: Padding) -> Operation {
    .pad(
      before: [padding.top, padding.left, 0], after: [padding.bottom, padding.right, 0],
      mode: .constant(0))
  }

  /// Each pixel four times: `[2H, 2W, C]`, nearest neighbours.
  public static var upsampleNearest2x: Operation { .resize(.twice) }

  /// max(x, 0).
  public static var relu: Operation { .unary(.relu) }

  /// The sum of its two inputs.
  public static var add: Operation { .binary(.add) }

  /// Mean over height and width: `[C]`.
  public static var globalAveragePooling: Operation {
    .reduce(.mean, axes: [0, 1], keepsAxes: false)
  }

  /// `[H·W·C]`.
  public static var flatten: Operation { .reshape([-1]) }
}

extension Operation {
  /// How many layers it reads.
  var inputCount: ClosedRange<Int> {
    switch self {
    case .input: 0...0
    case .binary: 2...2
    case .plain(let layer): layer.operation.inputCount
    default: 1...1
    }
  }

  /// The operation of a file of its own, if it is of that kind.
  package func plain<T: PlainOperation>(_ kind: T.Type) -> T? {
    if case .plain(let layer) = self { layer.operation as? T } else { nil }
  }

  /// The zeros that it puts around an image, if that is all that it does.
  package var zeroPadding: Padding? {
    guard let pad = plain(Pad.self), pad.mode == .constant(0), pad.before.count == 3,
      pad.before[2] == 0, pad.after[2] == 0
    else { return nil }
    return Padding(
      top: pad.before[0], bottom: pad.after[0], left: pad.before[1], right: pad.after[1])
  }

  /// Refuses extents that make no sense; the largest keep products of three within an `Int`.
  func check(of name: String) throws(TensorError) {
    let check = LayerCheck(name: name)
    switch self {
    case .input(let shape):
      try check.range("rank", shape.count, 0...Graph.maximumRank)
      for (axis, extent) in shape.enumerated() {
        let isChannels = axis == 2 && shape.count == 3
        if let extent { try check.extent(isChannels ? "channels" : "extent \(axis)", extent) }
      }
    case .convolution(let convolution): try convolution.check(check)
    case .batchNormalization(let channels, let epsilon):
      // Behind a flattened map each element is a channel.
      try check.range("channels", channels, 1...Graph.maximumElements)
      try check.epsilon(epsilon)
    case .maxPooling(let pooling): try pooling.check(check)
    case .dense(let input, let output, _):
      try check.range("input", input, 1...Graph.maximumElements)
      try check.extent("output", output)
    case .reshape(let dimensions):
      try check.range("rank", dimensions.count, 0...Graph.maximumRank)
      for extent in dimensions { try check.range("extent", extent, -1...Graph.maximumElements) }
      try check.range("number of extents of −1", dimensions.count { $0 == -1 }, 0...1)
    case .plain(let layer): try layer.operation.check(check)
    case .unary, .binary: break
    }
  }

  /// The tensors that it reads from the weight file.
  package var parameters: [(variable: String, dimensions: [Int])] {
    switch self {
    case .convolution(let c): c.parameters
    case .dense(let input, let output, let bias):
      [("kernel", [input, output])] + (bias ? [("bias", [output])] : [])
    case .batchNormalization(let channels, _):
      ["gamma", "beta", "moving_mean", "moving_variance"].map { ($0, [channels]) }
    case .plain(let layer): layer.operation.parameters
    default: []
    }
  }

  /// The shape of its value for inputs of these shapes.
  ///
  /// - Throws: ``TensorError`` if they do not fit.
  func outputDimensions(
    of name: String, _ inputs: [Shape]
  ) throws(TensorError) -> [Int] {
    let check = LayerCheck(name: name)
    switch self {
    case .input: preconditionFailure("inputs are given")
    case .convolution(let c):
      return try c.window.outputExtents(check, check.image(inputs[0], channels: c.input)) + [
        c.output
      ]
    case .maxPooling(let pooling):
      let x = try check.image(inputs[0])
      return try pooling.window.outputExtents(check, x) + [x[2]]
    case .batchNormalization(let channels, _):
      guard inputs[0].dimensions.last == channels else {
        throw .layerInput(
          layer: name, expected: inputs[0].dimensions.dropLast().map { _ in nil } + [channels],
          found: inputs[0])
      }
      return inputs[0].dimensions
    case .dense(let input, let output, _):
      guard inputs[0].dimensions.last == input else {
        throw .layerInput(
          layer: name, expected: inputs[0].dimensions.dropLast().map { _ in nil } + [input],
          found: inputs[0])
      }
      return inputs[0].dimensions.dropLast() + [output]
    case .unary: return inputs[0].dimensions
    case .binary: return try check.broadcast(inputs[0], inputs[1])
    case .reshape(let wanted): return try check.reshaped(inputs[0], wanted)
    case .plain(let layer): return try layer.operation.outputDimensions(check, inputs)
    }
  }

  /// What the layer's class is called: Keras's name where Keras has one, else ONNX's.
  package var typeName: String {
    switch self {
    case .input: "InputLayer"
    case .convolution(let c): c.isDepthwise ? "DepthwiseConv2D" : "Conv2D"
    case .dense: "Dense"
    case .batchNormalization: "BatchNormalization"
    case .unary(let function): function == .relu ? "Activation" : function.name
    case .binary(let function): function.rawValue.capitalizedFirst
    case .maxPooling: "MaxPooling2D"
    case .reshape(let shape): shape == [-1] ? "Flatten" : "Reshape"
    case .plain(let layer): layer.operation.typeName
    }
  }
}

extension String {
  /// The same with a large first letter.
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
