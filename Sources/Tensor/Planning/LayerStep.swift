/// One step of a plan: one or more layers of the graph, computed in one go.
package struct LayerStep: Sendable {
  /// Name of the layer that gives the step its name, and how many more are fused into it.
  package var name: String
  package var fused = 0
  package var operation: LayerOperation
  /// Buffer that is read, and the zeros that the layer wants around it; none for `load`.
  package var input: Int?
  package var padding = Padding()
  /// What a plain operation reads beside it.
  package var others: [Int] = []
  /// Buffer that is added, each `residualStride` pixels.
  package var residual: Int?
  package var residualStride = 1
  /// Buffer for the result, and for max(result · scale + shift, 0).
  package var output: Int?
  package var activated: Int?

  package init(_ name: String, _ operation: LayerOperation) {
    (self.name, self.operation) = (name, operation)
  }

  /// Whether it may write its sums over the residual.
  var addsResidualInPlace: Bool {
    switch operation {
    case .convolution, .grouped: true
    default: false
    }
  }

  /// All buffers that it touches.
  package var buffers: [Int] { [input, residual, output, activated].compactMap { $0 } + others }
}

/// What a step computes; numbers are nodes of the graph.
package enum LayerOperation: Sendable {
  /// Copies the caller's elements in: those of that input.
  case load(input: Int)
  case convolution(ConvolutionLayer)
  /// Each channel by itself, through any window.
  case depthwise(ConvolutionLayer)
  /// Channels in groups.
  case grouped(ConvolutionLayer)
  /// Max pooling, then the batch norm and ReLU if there are.
  case pool(window: Int, stride: Int, normalization: Int?, appliesReLU: Bool)
  case normalize(Int, appliesReLU: Bool)
  case relu
  case add
  /// Adds a map of half the size, each of its pixels standing for four.
  case addUpsampled
  /// Layers that pass rows on to each other, the last a depthwise convolution or a pool behind one.
  case fusedRows([FusedRowsStage])
  case globalAveragePooling
  /// An operation with a step of its own.
  case plain(PlainWork)
}

/// A plain operation, with the shapes of what it reads and gives.
package struct PlainWork: Sendable {
  package var operation: any PlainOperation
  /// The layer that has the parameters.
  package var node: Int
  package var inputs: [Shape]
  package var output: Shape
}

/// A convolution, or a dense layer as the convolution of a whole image, with what is folded in.
package struct ConvolutionLayer: Sendable {
  /// The layer with the kernel.
  package var node: Int
  package var shape: ConvolutionShape
  /// Batch norm in front, folded into the weights (dense layers only).
  package var before: Int?
  /// Batch norm behind, folded into the weights.
  package var after: Int?
  /// Batch norm of the activated copy.
  package var activation: Int?
  /// What the output passes through, behind the residual if there is one; nil is the identity.
  package var function: UnaryFunction?
  /// How many groups the channels form.
  package var groups = 1
  /// The windows; their padding is the step's.
  package var window: Window
  package var algorithm = Algorithm.direct

  /// A layer of so many pixels, with nothing folded in.
  init(_ node: Int, _ convolution: Convolution, height: Int, width: Int, epilogueIsPlain: Bool) {
    self.node = node
    let w = convolution.window
    window = w
    groups = convolution.groups
    shape = ConvolutionShape(
      kernel: (w.height, w.width), stride: w.strideHeight, input: convolution.input,
      output: convolution.output, height: height, width: width, images: 1,
      hasPlainEpilogue: epilogueIsPlain)
  }

  package var appliesReLU: Bool { function == .relu }

  /// Whether each channel is computed by itself.
  package var isDepthwise: Bool { groups > 1 && groups == shape.output && !readsGroups }
  private var readsGroups: Bool { shape.input != groups && shape.input != 1 }

  /// Whether taps are neighbours, and as far apart in both directions.
  var isDense: Bool {
    groups == 1 && window.dilationHeight == 1 && window.dilationWidth == 1
      && window.strideHeight == window.strideWidth
  }
}
