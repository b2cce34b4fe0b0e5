/// One layer of those that run row by row together: what it computes of the rows that the layer
/// before it has made.
package struct FusedRowsStage: Sendable {
  package enum Work: Sendable {
    /// Any convolution, with or without ReLU; only the first may be other than 1×1.
    case convolution(ConvolutionLayer)
    /// 3×3 of stride 1.
    case depthwise(ConvolutionLayer)
    /// Max over 2×2 pixels, two apart.
    case pool
  }
  package var work: Work
  /// Extents of the output.
  package var height, width, channels: Int

  /// Input rows and columns that one output pixel needs, and pixels from one window to the next.
  package var window: Int {
    switch work {
    case .convolution(let layer): layer.shape.kernelHeight
    case .depthwise: 3
    case .pool: 2
    }
  }
  package var stride: Int {
    switch work {
    case .convolution(let layer): layer.shape.stride
    case .depthwise: 1
    case .pool: 2
    }
  }
}

extension Fusion {
  /// Whether the layers from `index` on run row by row together.
  ///
  /// They are convolutions, each read by the next alone, up to a depthwise convolution behind its
  /// padding, and the 2×2 pool behind that, if there is one. Rows then stay in the core's cache:
  /// of a separable layer's two maps only the second goes to memory, or a quarter of it.
  func startsFusedRows(_ index: Int) -> Bool { fusedRows(from: index) != nil }

  private func fusedRows(from first: Int) -> (nodes: [Int], stages: [FusedRowsStage])? {
    var nodes: [Int] = []
    var stages: [FusedRowsStage] = []
    var next: Int? = first
    func add(_ node: Int, _ work: FusedRowsStage.Work) {
      let shape = shapes[node]
      stages.append(
        FusedRowsStage(work: work, height: shape[0], width: shape[1], channels: shape[2]))
      nodes.append(node)
    }
    /// A ReLU that alone reads `node` becomes part of its stage.
    func relu(of node: Int) -> Int? {
      onlyReader(of: node).flatMap { operation($0) == .relu ? $0 : nil }
    }
    while let node = next {
      let relu = relu(of: node)
      switch operation(node) {
      case .convolution(let h, let w, let input, let output, let stride, _):
        guard fusesRows, stages.isEmpty || h == 1 && w == 1 && stride == 1 else {
          return nil
        }
        var layer = ConvolutionLayer(
          node: node, shape: convolutionShape(node, h, w, input, output, stride))
        layer.appliesReLU = relu != nil
        add(node, .convolution(layer))
        if let relu { nodes.append(relu) }
        next = onlyReader(of: relu ?? node)
      case .zeroPadding(Padding(1)) where !stages.isEmpty:
        guard let reader = onlyReader(of: node), case .depthwiseConvolution = operation(reader)
        else { return nil }
        nodes.append(node)
        next = reader
      case .depthwiseConvolution(let channels):
        // Behind others it reads the zeros that its ring of rows keeps; see `.zeroPadding`.
        guard stages.isEmpty || nodes.last.map({ operation($0) }) == .zeroPadding(Padding(1)) else {
          return nil
        }
        var layer = ConvolutionLayer(
          node: node, shape: convolutionShape(node, 3, 3, 1, channels, 1))
        layer.appliesReLU = relu != nil
        add(node, .depthwise(layer))
        if let relu { nodes.append(relu) }
        if let pool = onlyReader(of: relu ?? node),
          operation(pool) == .maxPooling(window: 2, stride: 2)
        {
          add(pool, .pool)
        }
        return (nodes, stages)
      default: return nil
      }
    }
    return nil
  }

  private func convolutionShape(
    _ node: Int, _ h: Int, _ w: Int, _ input: Int, _ output: Int, _ stride: Int
  ) -> ConvolutionShape {
    ConvolutionShape(
      kernel: (h, w), stride: stride, input: input, output: output,
      height: shapes[node][0], width: shapes[node][1], images: 1, hasPlainEpilogue: true)
  }

  mutating func lowerFusedRows(_ index: Int) {
    guard let (nodes, stages) = fusedRows(from: index), let last = nodes.last else { return }
    let source = view(graph.nodes[index].inputs[0])
    var step = LayerStep(graph.nodes[index].name, .fusedRows(stages))
    step.input = source.buffer
    step.padding = source.padding
    let buffer = newBuffer(for: last)
    buffers[buffer].channelMultiple = 16
    step.output = buffer
    append(step, covering: nodes)
    for node in nodes { values[node] = View(buffer: buffer) }
  }

  /// An upsampled map is a view that only sums understand.
  mutating func lowerUpsampling(_ index: Int) throws(TensorError) {
    let name = graph.nodes[index].name
    if let reader = consumers[index].first(where: { operation($0) != .add }) {
      throw .unsupportedInput(layer: graph.nodes[reader].name, reads: name)
    }
    if kept.contains(index) { throw .unsupportedInput(layer: "output", reads: name) }
    values[index] = View(buffer: view(graph.nodes[index].inputs[0]).buffer, isUpsampled: true)
  }

  mutating func lowerUpsampledSum(_ index: Int) throws(TensorError) {
    let inputs = graph.nodes[index].inputs.map { view($0) }
    guard let whole = inputs.first(where: { !$0.isUpsampled }),
      let half = inputs.first(where: \.isUpsampled)
    else {
      throw .unsupportedInput(
        layer: graph.nodes[index].name, reads: graph.nodes[graph.nodes[index].inputs[0]].name)
    }
    var step = LayerStep(graph.nodes[index].name, .addUpsampled)
    step.input = whole.buffer
    step.residual = half.buffer
    let buffer = newBuffer(for: index)
    buffers[buffer].channelMultiple = 16
    step.output = buffer
    append(step, covering: [index])
    values[index] = View(buffer: buffer)
  }
}
