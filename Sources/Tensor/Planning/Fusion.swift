/// Turns a graph into steps: batch norms fold into convolutions, padding into halos, sums and
/// activations into epilogues.
///
/// What is asked for by name is kept: no fusion crosses it.
struct Fusion {
  let graph: Graph
  let shapes: [Shape]
  /// Nodes whose values the caller wants.
  let kept: Set<Int>
  /// Whether convolutions in front of a depthwise one run row by row with it.
  let fusesRows: Bool
  let consumers: [[Int]]
  private(set) var steps: [LayerStep] = []
  var buffers: [ActivationBuffer] = []
  /// Where each finished node's value is.
  var values: [View?]

  /// A buffer as a layer sees it: with zeros around it, with gaps, as one long vector.
  struct View {
    var buffer: Int
    var padding = Padding()
    var stride = 1
    var isFlat = false
    /// Whether each pixel stands for four.
    var isUpsampled = false
    var normalization: Int?
  }

  /// Lowers all layers.
  ///
  /// - Throws: ``TensorError/unsupportedInput(layer:reads:)`` for a layer that reads another in a way
  ///   that no step computes.
  init(
    graph: Graph, shapes: [Shape], keeping kept: Set<Int>, fusesRows: Bool
  ) throws(TensorError) {
    (self.graph, self.shapes, self.kept) = (graph, shapes, kept)
    self.fusesRows = fusesRows
    var consumers = [[Int]](repeating: [], count: graph.nodes.count)
    for (index, node) in graph.nodes.enumerated() {
      for input in node.inputs { consumers[input].append(index) }
    }
    self.consumers = consumers
    values = Array(repeating: nil, count: graph.nodes.count)
    for index in graph.nodes.indices where values[index] == nil { try lower(index) }
  }

  /// The buffer of a kept node's value.
  func buffer(of node: Int) -> Int? { values[node]?.buffer }

  func operation(_ index: Int) -> Operation { graph.nodes[index].operation }

  /// The only reader of a node that nobody else wants, or nil.
  func onlyReader(of index: Int) -> Int? {
    kept.contains(index) || consumers[index].count != 1 ? nil : consumers[index][0]
  }

  /// A batch norm behind `index` whose only reader is a ReLU: the pair, or nil.
  private func activation(of index: Int) -> (normalization: Int, relu: Int)? {
    for reader in consumers[index] {
      if case .batchNormalization = operation(reader), let relu = onlyReader(of: reader),
        operation(relu) == .relu
      {
        return (reader, relu)
      }
    }
    return nil
  }

  mutating func newBuffer(for node: Int) -> Int {
    let shape = shapes[node]
    buffers.append(
      shape.rank == 3
        ? ActivationBuffer(height: shape[0], width: shape[1], channels: shape[2])
        : ActivationBuffer(height: 1, width: 1, channels: shape.count))
    return buffers.count - 1
  }

  mutating func append(_ step: LayerStep, covering nodes: [Int]) {
    var step = step
    step.fused = nodes.count - 1
    steps.append(step)
  }

  /// The buffer of an input node, materialized if it is only a view so far.
  func view(_ index: Int) -> View {
    guard let view = values[index] else { preconditionFailure("layers are not in order") }
    return view
  }

  private mutating func lower(_ index: Int) throws(TensorError) {
    let node = graph.nodes[index]
    switch node.operation {
    case .input:
      let buffer = newBuffer(for: index)
      buffers[buffer].isPacked = feedsConvolutionsOnly(index)
      var step = LayerStep(node.name, .load)
      step.output = buffer
      append(step, covering: [index])
      values[index] = View(buffer: buffer)
    case .zeroPadding(let padding): lowerPadding(index, padding)
    case .depthwiseConvolution: lowerFusedRows(index)
    case .convolution where startsFusedRows(index): lowerFusedRows(index)
    case .upsampleNearest2x: try lowerUpsampling(index)
    case .convolution(let h, let w, let input, let output, let stride, _):
      lowerConvolution(
        index, from: view(node.inputs[0]),
        ConvolutionShape(
          kernel: (h, w), stride: stride, input: input, output: output,
          height: shapes[index][0], width: shapes[index][1], images: 1, hasPlainEpilogue: false))
    case .dense: lowerDense(index)
    case .maxPooling(let window, let stride): lowerPool(index, window, stride)
    case .batchNormalization: try lowerNormalization(index)
    case .flatten:
      var source = view(node.inputs[0])
      source.isFlat = buffers[source.buffer].height * buffers[source.buffer].width > 1
      values[index] = source
    case .relu: try lowerSimple(index, .relu)
    case .add: try lowerSimple(index, .add)
    case .globalAveragePooling: try lowerSimple(index, .globalAveragePooling)
    }
  }

  /// Whether only convolutions read a value, padded or not: they take channels one by one, all
  /// other steps in whole vectors.
  private func feedsConvolutionsOnly(_ index: Int) -> Bool {
    consumers[index].allSatisfy {
      switch operation($0) {
      case .convolution: true
      case .zeroPadding: feedsConvolutionsOnly($0)
      default: false
      }
    }
  }

  /// Refuses a flattened map where only a dense layer could read it.
  private func requirePixels(_ index: Int) throws(TensorError) {
    for input in graph.nodes[index].inputs where view(input).isFlat {
      throw .unsupportedInput(layer: graph.nodes[index].name, reads: graph.nodes[input].name)
    }
  }

  private mutating func lowerSimple(
    _ index: Int, _ operation: LayerOperation
  ) throws(TensorError) {
    let node = graph.nodes[index]
    var step = LayerStep(node.name, operation)
    try requirePixels(index)
    if node.inputs.contains(where: { view($0).isUpsampled }) { return try lowerUpsampledSum(index) }
    step.input = view(node.inputs[0]).buffer
    if node.inputs.count > 1 {
      let other = view(node.inputs[1])
      // The strided side, if any, is the one that is added.
      let first = view(node.inputs[0])
      (step.input, step.residual) =
        first.stride > 1 ? (other.buffer, first.buffer) : (first.buffer, other.buffer)
      step.residualStride = max(first.stride, other.stride)
    }
    let buffer = newBuffer(for: index)
    step.output = buffer
    append(step, covering: [index])
    values[index] = View(buffer: buffer)
  }

  private mutating func lowerPadding(_ index: Int, _ padding: Padding) {
    let source = view(graph.nodes[index].inputs[0])
    let isRead = consumers[index].allSatisfy {
      switch operation($0) {
      case .convolution, .depthwiseConvolution, .maxPooling: true
      default: false
      }
    }
    if isRead && !kept.contains(index) {
      var padded = source
      padded.padding = Padding(
        top: source.padding.top + padding.top, bottom: source.padding.bottom + padding.bottom,
        left: source.padding.left + padding.left, right: source.padding.right + padding.right)
      values[index] = padded
      return
    }
    var step = LayerStep(graph.nodes[index].name, .pad)
    step.input = source.buffer
    step.padding = padding
    let buffer = newBuffer(for: index)
    buffers[buffer].isPacked = buffers[source.buffer].isPacked
    buffers[buffer].channelMultiple = buffers[source.buffer].channelMultiple
    step.output = buffer
    append(step, covering: [index])
    values[index] = View(buffer: buffer)
  }

  private mutating func lowerNormalization(_ index: Int) throws(TensorError) {
    let source = view(graph.nodes[index].inputs[0])
    // In front of a dense layer, flattened or not, it folds forward into the weights.
    if let reader = onlyReader(of: index), source.normalization == nil {
      let dense: Int? =
        operation(reader) == .flatten ? onlyReader(of: reader) : reader
      if let dense, case .dense = operation(dense) {
        var folded = source
        folded.normalization = index
        values[index] = folded
        return
      }
    }
    try requirePixels(index)
    let relu = onlyReader(of: index).flatMap { operation($0) == .relu ? $0 : nil }
    var step = LayerStep(graph.nodes[index].name, .normalize(index, appliesReLU: relu != nil))
    step.input = source.buffer
    let buffer = newBuffer(for: index)
    step.output = buffer
    append(step, covering: [index] + (relu.map { [$0] } ?? []))
    values[relu ?? index] = View(buffer: buffer)
    if relu != nil { values[index] = View(buffer: buffer) }
  }

  private mutating func lowerPool(_ index: Int, _ window: Int, _ stride: Int) {
    let source = view(graph.nodes[index].inputs[0])
    let readers = consumers[index]
    // A 1×1 pool only skips pixels: who adds it to a whole map can skip them as well.
    func addsToWholeMap(_ reader: Int) -> Bool {
      operation(reader) == .add
        && graph.nodes[reader].inputs.count(where: { $0 == index }) == 1
        && graph.nodes[reader].inputs.allSatisfy {
          switch operation($0) {
          case .maxPooling(window: 1, _): $0 == index
          case .upsampleNearest2x: false
          default: true
          }
        }
    }
    if window == 1, !kept.contains(index), source.padding == Padding(),
      readers.allSatisfy(addsToWholeMap)
    {
      values[index] = View(buffer: source.buffer, stride: source.stride * stride)
      return
    }
    let pair = kept.contains(index) || readers.count != 1 ? nil : activation(of: index)
    var step = LayerStep(
      graph.nodes[index].name,
      .pool(
        window: window, stride: stride, normalization: pair?.normalization, appliesReLU: pair != nil
      ))
    step.input = source.buffer
    step.padding = source.padding
    let buffer = newBuffer(for: index)
    step.output = buffer
    append(step, covering: [index] + (pair.map { [$0.normalization, $0.relu] } ?? []))
    values[index] = View(buffer: buffer)
    if let pair {
      values[pair.normalization] = View(buffer: buffer)
      values[pair.relu] = View(buffer: buffer)
    }
  }

  private mutating func lowerDense(_ index: Int) {
    guard case .dense(let input, let output) = operation(index) else { return }
    let source = view(graph.nodes[index].inputs[0])
    let from = buffers[source.buffer]
    // A dense layer is the convolution of an image with a filter of its own size.
    let (h, w) = source.isFlat ? (from.height, from.width) : (1, 1)
    lowerConvolution(
      index, from: source,
      ConvolutionShape(
        kernel: (h, w), stride: 1, input: input / (h * w), output: output,
        height: 1, width: 1, images: 1, hasPlainEpilogue: false))
  }

  private mutating func lowerConvolution(_ index: Int, from source: View, _ shape: ConvolutionShape)
  {
    var layer = ConvolutionLayer(node: index, shape: shape)
    layer.before = source.normalization
    var covered = [index]
    var last = index
    if let reader = onlyReader(of: last), case .batchNormalization = operation(reader),
      // A batch norm in front of a dense layer folds forward instead.
      !(consumers[reader].contains {
        if case .dense = operation($0) { true } else { false }
      })
    {
      layer.after = reader
      covered.append(reader)
      last = reader
    }
    if let reader = onlyReader(of: last), operation(reader) == .relu {
      layer.appliesReLU = true
      covered.append(reader)
      last = reader
    }
    var step = LayerStep(graph.nodes[index].name, .convolution(layer))
    step.input = source.buffer
    step.padding = source.padding

    // A sum whose other side is there already becomes part of this step.
    if !layer.appliesReLU, let reader = onlyReader(of: last), operation(reader) == .add,
      let other = graph.nodes[reader].inputs.first(where: { $0 != last }),
      let residual = values[other], residual.padding == Padding(), !residual.isFlat,
      !residual.isUpsampled
    {
      step.residual = residual.buffer
      step.residualStride = residual.stride
      covered.append(reader)
      last = reader
    }
    var rawIsRead = true
    if !layer.appliesReLU, let pair = activation(of: last) {
      layer.activation = pair.normalization
      covered += [pair.normalization, pair.relu]
      let buffer = newBuffer(for: pair.relu)
      step.activated = buffer
      values[pair.normalization] = View(buffer: buffer)
      values[pair.relu] = View(buffer: buffer)
      rawIsRead = kept.contains(last) || consumers[last].count > 1
    }
    if rawIsRead {
      let buffer = newBuffer(for: last)
      step.output = buffer
      for node in covered where values[node] == nil { values[node] = View(buffer: buffer) }
    } else {
      let placeholder = step.activated ?? 0
      for node in covered where values[node] == nil { values[node] = View(buffer: placeholder) }
    }
    layer.shape.hasPlainEpilogue = step.residual == nil && step.activated == nil
    step.operation = .convolution(layer)
    append(step, covering: covered)
  }
}
