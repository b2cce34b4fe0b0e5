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
      case .convolution(let c) where !c.isDepthwise:
        let w = c.window
        guard fusesRows, c.groups == 1, w.dilationHeight == 1, w.dilationWidth == 1,
          stages.isEmpty && w.strideHeight == w.strideWidth && w.padding == Padding()
            || w.height == 1 && w.width == 1 && w.strideHeight == 1 && w.strideWidth == 1
              && w.padding == Padding()
        else { return nil }
        var layer = convolutionLayer(node, c)
        layer.function = relu.map { _ in .relu }
        add(node, .convolution(layer))
        if let relu { nodes.append(relu) }
        next = onlyReader(of: relu ?? node)
      case .plain where !stages.isEmpty && operation(node) == .zeroPadding(Padding(1)):
        guard let reader = onlyReader(of: node), case .convolution(let c) = operation(reader),
          c.isPlainDepthwise, c.window.padding == Padding()
        else { return nil }
        nodes.append(node)
        next = reader
      case .convolution(let c):
        // Behind others it reads the zeros that its ring of rows keeps, its own or a layer's.
        let isPadded =
          c.window.padding == Padding(1)
          || c.window.padding == Padding()
            && nodes.last.map { operation($0) } == .zeroPadding(Padding(1))
        guard c.isPlainDepthwise, c.hasBias, stages.isEmpty || isPadded else { return nil }
        var layer = convolutionLayer(node, c)
        layer.shape.input = 1
        layer.function = relu.map { _ in .relu }
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

  private func convolutionLayer(_ node: Int, _ convolution: Convolution) -> ConvolutionLayer {
    ConvolutionLayer(
      node, convolution, height: shapes[node][0], width: shapes[node][1], epilogueIsPlain: true)
  }

  mutating func lowerFusedRows(_ index: Int) {
    guard let (nodes, stages) = fusedRows(from: index), let last = nodes.last else { return }
    let source = view(graph.nodes[index].inputs[0])
    var step = LayerStep(graph.nodes[index].name, .fusedRows(stages))
    step.input = source.buffer
    step.padding = source.padding
    if case .depthwise(let layer) = stages.first?.work {
      step.padding = source.padding + layer.window.padding
    }
    let buffer = newBuffer(for: last)
    buffers[buffer].channelMultiple = 16
    step.output = buffer
    append(step, covering: nodes)
    for node in nodes { values[node] = View(buffer: buffer) }
  }

  mutating func lowerUpsampledSum(_ index: Int) {
    let inputs = graph.nodes[index].inputs.map { view($0) }
    guard let whole = inputs.first(where: { !$0.isUpsampled }),
      let half = inputs.first(where: \.isUpsampled)
    else { preconditionFailure("one side of the sum is a whole map") }
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
