import KernelTypes

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
  /// What the kernels write of a pixel at a time.
  let channelMultiple: Int
  let consumers: [[Int]]
  private(set) var steps: [LayerStep] = []
  var buffers: [ActivationBuffer] = []
  /// Where each finished node's value is.
  var values: [View?]
  /// The buffers of concatenations along channels, made when the first one that is a part of them is.
  var concatenations: [Int: Int] = [:]

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
  init(graph: Graph, shapes: [Shape], keeping kept: Set<Int>, options: EngineOptions) {
    (self.graph, self.shapes, self.kept) = (graph, shapes, kept)
    fusesRows = options.engine == .vector
    channelMultiple = KernelTable.kernels(of: options.instructionSet ?? .portable).panelWidth
    var consumers = [[Int]](repeating: [], count: graph.nodes.count)
    for (index, node) in graph.nodes.enumerated() {
      for input in node.inputs { consumers[input].append(index) }
    }
    self.consumers = consumers
    values = Array(repeating: nil, count: graph.nodes.count)
    for index in graph.nodes.indices where values[index] == nil {
      // Constants are made where they are first read, so that they take no room before.
      if operation(index).plain(Constant.self) != nil && !kept.contains(index) { continue }
      for input in graph.nodes[index].inputs where values[input] == nil { lower(input) }
      lower(index)
    }
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

  /// A buffer for a value of that shape: the last axis are its channels, the one before its columns.
  static func geometry(of shape: Shape) -> ActivationBuffer {
    let d = shape.dimensions
    return switch d.count {
    case 0, 1: ActivationBuffer(height: 1, width: 1, channels: shape.count)
    case 2: ActivationBuffer(height: 1, width: d[0], channels: d[1])
    default:
      ActivationBuffer(
        height: d.dropLast(2).reduce(1, *), width: d[d.count - 2], channels: d[d.count - 1])
    }
  }

  mutating func newBuffer(for node: Int) -> Int {
    buffers.append(Self.geometry(of: shapes[node]))
    buffers[buffers.count - 1].channelMultiple = channelMultiple
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

  private mutating func lower(_ index: Int) {
    let node = graph.nodes[index]
    switch node.operation {
    case .input:
      let buffer = newBuffer(for: index)
      buffers[buffer].isPacked = feedsConvolutionsOnly(index)
      let number = graph.inputs.firstIndex(of: index) ?? 0
      var step = LayerStep(node.name, .load(input: number))
      step.output = buffer
      append(step, covering: [index])
      values[index] = View(buffer: buffer)
    case .convolution where startsFusedRows(index): lowerFusedRows(index)
    case .convolution(let convolution):
      lowerConvolution(
        index, from: view(node.inputs[0]),
        ConvolutionLayer(
          index, convolution, height: shapes[index][0], width: shapes[index][1],
          epilogueIsPlain: false))
    case .dense: lowerDense(index)
    case .maxPooling(let pooling):
      if let square = pooling.plainSquare, let padding = poolPadding(index, pooling) {
        lowerPool(index, square.window, square.stride, padding)
      } else {
        lowerPlain(index, Pool(pooling: pooling, kind: .maximum))
      }
    case .batchNormalization: lowerNormalization(index)
    case .reshape: lowerReshape(index)
    case .unary(.relu): lowerSimple(index, .relu)
    case .unary(let function): lowerPlain(index, Unary(function: function))
    case .binary(.add) where node.inputs.allSatisfy({ shapes[$0] == shapes[index] }):
      lowerSimple(index, .add)
    case .binary(let function): lowerPlain(index, Binary(function: function))
    case .plain(let layer):
      if let padding = node.operation.zeroPadding, feedsPaddedReaders(index) {
        lowerPadding(index, padding)
      } else if isUpsampledSum(index) {
        values[index] = View(buffer: view(node.inputs[0]).buffer, isUpsampled: true)
      } else if let reduce = layer.operation as? Reduce, reduce.isGlobalAverage,
        shapes[node.inputs[0]].rank == 3
      {
        lowerSimple(index, .globalAveragePooling)
      } else if let concatenate = layer.operation as? Concatenate,
        concatenate.axis == shapes[index].rank - 1
      {
        lowerConcatenation(index, concatenate)
      } else {
        lowerPlain(index, layer.operation)
      }
    }
  }

  /// A step of the operation's own.
  mutating func lowerPlain(
    _ index: Int, _ operation: any PlainOperation, into target: Int? = nil
  ) {
    let node = graph.nodes[index]
    let reads = node.inputs.map { view($0).buffer }
    var step = LayerStep(
      node.name,
      .plain(
        PlainWork(
          operation: operation, node: index, inputs: node.inputs.map { shapes[$0] },
          output: shapes[index])))
    step.input = reads.first
    step.others = Array(reads.dropFirst())
    let buffer = target ?? newBuffer(for: index)
    step.output = buffer
    append(step, covering: [index])
    values[index] = View(buffer: buffer)
  }

  /// Whether only convolutions read a value, padded or not: they take channels one by one, all
  /// other steps in whole vectors.
  private func feedsConvolutionsOnly(_ index: Int) -> Bool {
    shapes[index].rank == 3
      && consumers[index].allSatisfy {
        switch operation($0) {
        case .convolution(let convolution): convolution.groups == 1
        case .plain: operation($0).zeroPadding != nil && feedsConvolutionsOnly($0)
        default: false
        }
      }
  }

  /// Whether all that read a value take zeros around it as they come.
  private func feedsPaddedReaders(_ index: Int) -> Bool {
    !kept.contains(index)
      && consumers[index].allSatisfy {
        switch operation($0) {
        case .convolution: true
        case .maxPooling(let pooling):
          pooling.plainSquare != nil && pooling.window.padding == Padding()
            && !pooling.window.ceil
        case .plain: operation($0).zeroPadding != nil && feedsPaddedReaders($0)
        default: false
        }
      }
  }

  /// The zeros that can stand for what a pool sees around its image, or nil: nothing does if no value
  /// is below zero.
  private func poolPadding(_ index: Int, _ pooling: Pooling) -> Padding? {
    let (window, from, to) = (
      pooling.window, shapes[graph.nodes[index].inputs[0]], shapes[index]
    )
    var padding = window.padding
    // Windows of a rounded-up count may end behind the padding.
    padding.bottom = max(
      padding.bottom,
      (to[0] - 1) * window.strideHeight + window.height - from[0] - padding.top)
    padding.right = max(
      padding.right, (to[1] - 1) * window.strideWidth + window.width - from[1] - padding.left)
    return padding == Padding() || isNonnegative(graph.nodes[index].inputs[0]) ? padding : nil
  }

  /// Whether a layer's values are never below zero.
  private func isNonnegative(_ index: Int, depth: Int = 3) -> Bool {
    switch operation(index) {
    case .unary(.relu), .unary(.sigmoid), .unary(.hardSigmoid), .unary(.exp): true
    case .unary(.clip(let least, let most)): least >= 0 && most >= 0
    case .maxPooling where depth > 0:
      isNonnegative(graph.nodes[index].inputs[0], depth: depth - 1)
    case .plain(let layer) where layer.operation is Concatenate && depth > 0:
      graph.nodes[index].inputs.allSatisfy { isNonnegative($0, depth: depth - 1) }
    default: false
    }
  }

  /// Whether it is an upsampled map that only sums with whole maps read.
  private func isUpsampledSum(_ index: Int) -> Bool {
    operation(index) == .upsampleNearest2x && !kept.contains(index)
      && consumers[index].allSatisfy { reader in
        operation(reader) == .add
          && graph.nodes[reader].inputs.allSatisfy { input in
            shapes[input] == shapes[index]
              && (input == index
                ? graph.nodes[reader].inputs.count { $0 == index } == 1
                : operation(input) != .upsampleNearest2x && !skipsPixels(input))
          }
      }
  }

  /// Whether it is a pool of single pixels, which only leaves some out.
  private func skipsPixels(_ index: Int) -> Bool {
    if case .maxPooling(let p) = operation(index) {
      p.window.height * p.window.width == 1
    } else {
      false
    }
  }

  private mutating func lowerSimple(_ index: Int, _ operation: LayerOperation) {
    let node = graph.nodes[index]
    var step = LayerStep(node.name, operation)
    if node.inputs.contains(where: { view($0).isUpsampled }) { return lowerUpsampledSum(index) }
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

  /// A reshape that leaves every element in its place is a view; a map in front of dense layers is
  /// one long vector to them; any other is a copy.
  private mutating func lowerReshape(_ index: Int) {
    var source = view(graph.nodes[index].inputs[0])
    let (old, new) = (buffers[source.buffer], Self.geometry(of: shapes[index]))
    func isDense(_ reader: Int) -> Bool {
      if case .dense = operation(reader) { true } else { false }
    }
    if source.normalization != nil
      || shapes[index].rank == 1 && !kept.contains(index)
        && consumers[index].allSatisfy(isDense) && !consumers[index].isEmpty
    {
      source.isFlat = old.height * old.width > 1
      values[index] = source
    } else if (old.height, old.width, old.channels) == (new.height, new.width, new.channels) {
      values[index] = source
    } else {
      lowerPlain(index, ReshapeCopy(dimensions: shapes[index].dimensions))
    }
  }

  private mutating func lowerPadding(_ index: Int, _ padding: Padding) {
    let source = view(graph.nodes[index].inputs[0])
    var padded = source
    padded.padding = Padding(
      top: source.padding.top + padding.top, bottom: source.padding.bottom + padding.bottom,
      left: source.padding.left + padding.left, right: source.padding.right + padding.right)
    values[index] = padded
  }

  private mutating func lowerNormalization(_ index: Int) {
    let source = view(graph.nodes[index].inputs[0])
    // In front of a dense layer, flattened or not, it folds forward into the weights.
    if let reader = onlyReader(of: index), source.normalization == nil {
      var dense: Int? = reader
      if case .reshape = operation(reader) {
        dense = shapes[reader].rank == 1 ? onlyReader(of: reader) : nil
      }
      if let dense, case .dense = operation(dense) {
        var folded = source
        folded.normalization = index
        values[index] = folded
        return
      }
    }
    let relu = onlyReader(of: index).flatMap { operation($0) == .relu ? $0 : nil }
    var step = LayerStep(graph.nodes[index].name, .normalize(index, appliesReLU: relu != nil))
    step.input = source.buffer
    let buffer = newBuffer(for: index)
    step.output = buffer
    append(step, covering: [index] + (relu.map { [$0] } ?? []))
    values[relu ?? index] = View(buffer: buffer)
    if relu != nil { values[index] = View(buffer: buffer) }
  }

  private mutating func lowerPool(
    _ index: Int, _ window: Int, _ stride: Int, _ padding: Padding
  ) {
    let source = view(graph.nodes[index].inputs[0])
    let readers = consumers[index]
    // A 1×1 pool only skips pixels: who adds it to a whole map can skip them as well.
    func addsToWholeMap(_ reader: Int) -> Bool {
      operation(reader) == .add
        && graph.nodes[reader].inputs.count(where: { $0 == index }) == 1
        && graph.nodes[reader].inputs.allSatisfy {
          shapes[$0] == shapes[index]
            && ($0 == index || !skipsPixels($0) && operation($0) != .upsampleNearest2x)
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
    step.padding = source.padding + padding
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
    guard case .dense(let input, let output, _) = operation(index) else { return }
    let source = view(graph.nodes[index].inputs[0])
    let from = buffers[source.buffer]
    // A dense layer is the convolution of an image with a filter of its own size, or of one pixel.
    let (h, w) = source.isFlat ? (from.height, from.width) : (1, 1)
    let to = Self.geometry(of: shapes[index])
    lowerConvolution(
      index, from: source,
      ConvolutionLayer(
        index, Convolution(height: h, width: w, input: input / (h * w), output: output),
        height: to.height, width: to.width, epilogueIsPlain: false))
  }

  private mutating func lowerConvolution(
    _ index: Int, from source: View, _ convolution: ConvolutionLayer
  ) {
    var layer = convolution
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
    func addFunction() {
      guard let reader = onlyReader(of: last), case .unary(let function) = operation(reader),
        function.isKernel
      else { return }
      layer.function = function
      covered.append(reader)
      last = reader
    }
    addFunction()
    var step = LayerStep(graph.nodes[index].name, .convolution(layer))
    step.input = source.buffer
    step.padding = source.padding + layer.window.padding

    // A sum whose other side is there already becomes part of this step.
    if layer.function == nil, !layer.isDepthwise, let reader = onlyReader(of: last),
      operation(reader) == .add,
      let other = graph.nodes[reader].inputs.first(where: { $0 != last }),
      let residual = values[other], residual.padding == Padding(), !residual.isFlat,
      !residual.isUpsampled, shapes[other] == shapes[last]
    {
      step.residual = residual.buffer
      step.residualStride = residual.stride
      covered.append(reader)
      last = reader
      addFunction()
    }
    var rawIsRead = true
    if layer.function == nil, !layer.isDepthwise, let pair = activation(of: last) {
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
    layer.shape.hasPlainEpilogue =
      layer.isDense && step.residual == nil && step.activated == nil
    if layer.isDepthwise {
      layer.shape.input = 1
      step.operation = .depthwise(layer)
    } else {
      step.operation = layer.groups > 1 ? .grouped(layer) : .convolution(layer)
    }
    append(step, covering: covered)
  }
}
