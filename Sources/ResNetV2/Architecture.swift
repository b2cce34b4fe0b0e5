package import Tensor

/// The residual networks of He et al. 2016, "Identity Mappings in Deep Residual Networks"
/// (<https://arxiv.org/abs/1603.05027>), as `keras.applications` builds them.
public enum Architecture: String, Sendable, CaseIterable {
  /// 50 layers: 3, 4, 6 and 3 blocks.
  case resNet50V2 = "ResNet50V2"
  /// 101 layers: 3, 4, 23 and 3 blocks.
  case resNet101V2 = "ResNet101V2"
  /// 152 layers: 3, 8, 36 and 3 blocks.
  case resNet152V2 = "ResNet152V2"

  /// Blocks of the stacks `conv2` … `conv5`, whose inner widths are 64, 128, 256 and 512.
  public var blocks: [Int] {
    switch self {
    case .resNet50V2: [3, 4, 6, 3]
    case .resNet101V2: [3, 4, 23, 3]
    case .resNet152V2: [3, 8, 36, 3]
    }
  }

  /// Keras's epsilon for the batch norms of these networks; its default is 1e-3.
  static let epsilon: Float = 1.001e-5

  /// The layers from the input to `post_relu`, `[N, ⌈H/32⌉, ⌈W/32⌉, 2048]`, named as in Keras.
  ///
  /// What surprises: `conv1_conv` has a bias and neither batch norm nor ReLU; `pool1_pool` reads
  /// zeros around its input, not −∞; the *last* block of a stack halves the map, in its 3×3
  /// convolution, and its shortcut only skips pixels.
  ///
  /// - Throws: `TensorError.duplicateLayer` if the graph has a layer of these names.
  package func appendBackbone(to graph: inout Graph) throws(TensorError) -> Int {
    var x = try graph.add("input", .input(channels: 3))
    x = try graph.add("conv1_pad", .zeroPadding(Padding(3)), x)
    x = try graph.add(
      "conv1_conv",
      .convolution(height: 7, width: 7, input: 3, output: 64, stride: 2, bias: true), x)
    x = try graph.add("pool1_pad", .zeroPadding(Padding(1)), x)
    x = try graph.add("pool1_pool", .maxPooling(window: 3, stride: 2), x)
    var channels = 64
    for (stack, count) in blocks.enumerated() {
      for block in 1...count {
        // The last stack keeps its size; Keras gives it stride 1.
        let stride = block == count && stack < 3 ? 2 : 1
        x = try Self.appendBlock(
          to: &graph, x, name: "conv\(stack + 2)_block\(block)", input: channels,
          width: 64 << stack, stride: stride, projects: block == 1)
        channels = 256 << stack
      }
    }
    x = try graph.add("post_bn", .batchNormalization(channels: 2048, epsilon: epsilon), x)
    return try graph.add("post_relu", .relu, x)
  }

  private var epsilon: Float { Self.epsilon }

  /// One pre-activation bottleneck: 1×1, 3×3, 1×1, added to a shortcut.
  ///
  /// The first block of a stack projects the *activated* input; the others pass the raw one on.
  ///
  /// - Throws: `TensorError.duplicateLayer` if the graph has a layer of these names.
  package static func appendBlock(
    to graph: inout Graph, _ x: Int, name: String, input: Int, width: Int, stride: Int,
    projects: Bool
  ) throws(TensorError) -> Int {
    func normalization(_ channels: Int) -> Operation {
      .batchNormalization(channels: channels, epsilon: epsilon)
    }
    func pointwise(_ input: Int, _ output: Int, bias: Bool) -> Operation {
      .convolution(height: 1, width: 1, input: input, output: output, stride: 1, bias: bias)
    }
    let output = 4 * width
    var y = try graph.add("\(name)_preact_bn", normalization(input), x)
    let activated = try graph.add("\(name)_preact_relu", .relu, y)
    let shortcut =
      if projects {
        try graph.add("\(name)_0_conv", pointwise(input, output, bias: true), activated)
      } else if stride > 1 {
        try graph.add(maxPoolingName(name), .maxPooling(window: 1, stride: stride), x)
      } else {
        x
      }
    y = try graph.add("\(name)_1_conv", pointwise(input, width, bias: false), activated)
    y = try graph.add("\(name)_1_bn", normalization(width), y)
    y = try graph.add("\(name)_1_relu", .relu, y)
    y = try graph.add("\(name)_2_pad", .zeroPadding(Padding(1)), y)
    y = try graph.add(
      "\(name)_2_conv",
      .convolution(height: 3, width: 3, input: width, output: width, stride: stride, bias: false), y
    )
    y = try graph.add("\(name)_2_bn", normalization(width), y)
    y = try graph.add("\(name)_2_relu", .relu, y)
    y = try graph.add("\(name)_3_conv", pointwise(width, output, bias: true), y)
    return try graph.add("\(name)_out", .add, shortcut, y)
  }

  /// Keras numbers these pools across the network (`max_pooling2d`, `max_pooling2d_1`, …), and
  /// differently in every session; here they are named after their block.
  private static func maxPoolingName(_ block: String) -> String { "\(block)_0_pool" }
}
