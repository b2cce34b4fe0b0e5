/// What will run for one input shape: steps in order, an algorithm each, and where everything lies.
///
/// Made once per network, input size, batch and options, then reused. Reading a plan
/// (`mood-cli inspect --plan`) is reading what runs.
package struct Plan: Sendable {
  /// Steps that run together for a few images at a time.
  package struct Segment: Sendable {
    /// Which steps.
    package var steps: Range<Int>
    /// How many images at a time.
    package var images: Int
  }

  /// Images computed in one pass.
  package let batch: Int
  /// What it runs on; nothing is left to `auto`.
  package let options: EngineOptions
  package let steps: [LayerStep]
  package let buffers: [ActivationBuffer]
  package let segments: [Segment]
  /// Buffer of each value that the caller reads, by layer name, with its shape for one image.
  package let outputs: [(name: String, buffer: Int, shape: Shape)]
  /// One image of each input.
  package let inputShapes: [Shape]
  /// Elements of the arena that holds all activations.
  package let arenaCount: Int

  /// Bytes of all activations at once: what a pass needs beside the weights, without scratch.
  package var arenaBytes: Int { arenaCount * MemoryLayout<Float>.stride }

  /// The convolutions, dense layers among them, in the order in which they run.
  package var convolutionShapes: [ConvolutionShape] {
    steps.compactMap { step in
      if case .convolution(let layer) = step.operation { layer.shape } else { nil }
    }
  }

  /// Plans a pass over `batch` images.
  ///
  /// - `inputs`: One image of each input.
  /// - `keeping`: Layers whose values are wanted beside the outputs'.
  /// - `choices`: Algorithms that were found faster here than the default ones.
  ///
  /// - Throws: ``TensorError`` if `batch` is not 1 … 65536, a name is no layer of `graph`, the images
  ///   are too small for the network or too large for the engine, or the graph's layers do not fit
  ///   each other.
  package init(
    graph: Graph, batch: Int, inputs: [Shape], options: EngineOptions,
    keeping: [String], choices: [ConvolutionShape: Algorithm] = [:]
  ) throws(TensorError) {
    guard (1...65_536).contains(batch) else {
      throw .invalidOption(name: "batch", value: "\(batch)", expected: "1 to 65536")
    }
    if graph.nodes.isEmpty { throw .emptyGraph }
    var wanted: [Int] = []
    for name in keeping { wanted.append(try graph.requiredIndex(of: name)) }
    let shapes = try graph.outputShapes(inputs: inputs)
    let options = options.resolved
    let fusion = Fusion(
      graph: graph, shapes: shapes, keeping: Set(wanted + graph.outputs), options: options)
    var steps = fusion.steps
    var buffers = fusion.buffers
    var outputs: [(name: String, buffer: Int, shape: Shape)] = []
    for node in wanted + graph.outputs {
      guard let buffer = fusion.buffer(of: node) else { preconditionFailure("value was not kept") }
      outputs.append((graph.nodes[node].name, buffer, shapes[node]))
    }

    // Lives, in steps; what the caller reads lives to the end.
    for (index, step) in steps.enumerated() {
      for buffer in step.buffers {
        buffers[buffer].firstStep = min(buffers[buffer].firstStep, index)
        buffers[buffer].lastStep = max(buffers[buffer].lastStep, index)
      }
    }
    for output in outputs { buffers[output.buffer].lastStep = steps.count }
    let families = Self.shareLives(&buffers)

    let segments = Self.segments(steps: steps, buffers: buffers, batch: batch)
    Self.chooseAlgorithms(&steps, segments: segments, options: options, choices: choices)
    Self.addHalos(steps, &buffers)
    Self.shareGeometry(families, &buffers)
    Self.spanSegments(segments, &buffers, batch: batch)
    Self.updateInPlace(steps, &buffers)
    for step in steps {
      // Kernels count a buffer's elements in 32 bits.
      for buffer in step.buffers where buffers[buffer].count > Graph.maximumElements {
        let b = buffers[buffer]
        throw .layerTooLarge(
          layer: step.name, dimensions: [b.images, b.height, b.width, b.paddedChannels])
      }
    }
    self.arenaCount = assignOffsets(&buffers)
    self.batch = batch
    self.inputShapes = inputs
    self.options = options
    self.steps = steps
    self.buffers = buffers
    self.segments = segments
    self.outputs = outputs
  }

  /// Cuts the steps where a single value passes on, and gives each piece a number of images.
  ///
  /// Large maps go image by image, so that one set of buffers stays in the cache; small maps go
  /// together, up to eight of 14×14, so that weights are read once for all and tiles are many.
  private static func segments(
    steps: [LayerStep], buffers: [ActivationBuffer], batch: Int
  ) -> [Segment] {
    func images(for step: LayerStep) -> Int {
      guard let input = step.input else { return 1 }
      let pixels = buffers[input].height * buffers[input].width
      return min(batch, max(1, 1600 / pixels))
    }
    var result: [Segment] = []
    var start = 0
    for cut in 1...steps.count {
      let isLast = cut == steps.count
      let passing = buffers.count {
        $0.parent == nil && $0.firstStep < cut && $0.lastStep >= cut
      }
      if !isLast && passing > 1 { continue }
      let wanted = (start..<cut).map { images(for: steps[$0]) }.min() ?? 1
      if let previous = result.last, previous.images == wanted {
        result[result.count - 1].steps = previous.steps.lowerBound..<cut
      } else {
        result.append(Segment(steps: start..<cut, images: wanted))
      }
      start = cut
    }
    return result
  }

  private static func chooseAlgorithms(
    _ steps: inout [LayerStep], segments: [Segment], options: EngineOptions,
    choices: [ConvolutionShape: Algorithm]
  ) {
    for segment in segments {
      for index in segment.steps {
        guard case .convolution(var layer) = steps[index].operation else { continue }
        layer.shape.images = segment.images
        var chosenBy = layer.shape
        if options.isBatchInvariant { chosenBy.images = 1 }
        let allowed = chosenBy.candidates(options)
        layer.algorithm =
          choices[chosenBy].flatMap { allowed.contains($0) ? $0 : nil } ?? allowed[0]
        steps[index].operation = .convolution(layer)
      }
    }
  }

  /// The parts of a concatenation live as long as all of it.
  ///
  /// - Returns: Each concatenation's buffer with its parts, itself among them.
  private static func shareLives(_ buffers: inout [ActivationBuffer]) -> [Int: [Int]] {
    var families: [Int: [Int]] = [:]
    for (index, buffer) in buffers.enumerated() {
      if let parent = buffer.parent {
        families[parent.buffer, default: [parent.buffer]].append(index)
      }
    }
    for family in families.values {
      let first = family.map { buffers[$0].firstStep }.min() ?? .max
      let last = family.map { buffers[$0].lastStep }.max() ?? -1
      for index in family { (buffers[index].firstStep, buffers[index].lastStep) = (first, last) }
    }
    return families
  }

  /// The parts of a concatenation have its halo and its distance between pixels.
  private static func shareGeometry(
    _ families: [Int: [Int]], _ buffers: inout [ActivationBuffer]
  ) {
    for (root, family) in families {
      var halo = Padding()
      for index in family {
        let other = buffers[index].halo
        halo = Padding(
          top: max(halo.top, other.top), bottom: max(halo.bottom, other.bottom),
          left: max(halo.left, other.left), right: max(halo.right, other.right))
      }
      let stride = buffers[root].pixelStride
      for index in family { (buffers[index].halo, buffers[index].parentStride) = (halo, stride) }
    }
  }

  /// Room for the zeros that the readers of each buffer want around it.
  private static func addHalos(_ steps: [LayerStep], _ buffers: inout [ActivationBuffer]) {
    for step in steps {
      guard let input = step.input else { continue }
      let (want, halo) = (step.padding, buffers[input].halo)
      buffers[input].halo = Padding(
        top: max(halo.top, want.top), bottom: max(halo.bottom, want.bottom),
        left: max(halo.left, want.left), right: max(halo.right, want.right))
    }
  }

  /// Buffers that several segments touch hold the whole batch and live through all of them.
  private static func spanSegments(
    _ segments: [Segment], _ buffers: inout [ActivationBuffer], batch: Int
  ) {
    for index in buffers.indices where buffers[index].lastStep >= 0 {
      let touched = segments.filter {
        $0.steps.lowerBound <= buffers[index].lastStep
          && $0.steps.upperBound > buffers[index].firstStep
      }
      let isOutput = buffers[index].lastStep >= segments.last?.steps.upperBound ?? 0
      if touched.count > 1 || isOutput {
        buffers[index].images = batch
        buffers[index].firstStep = touched.first?.steps.lowerBound ?? 0
        if !isOutput { buffers[index].lastStep = (touched.last?.steps.upperBound ?? 1) - 1 }
      } else {
        buffers[index].images = touched.first?.images ?? 1
      }
    }
  }

  /// A sum is written over the residual that nobody reads afterwards: it is in the cache already.
  private static func updateInPlace(_ steps: [LayerStep], _ buffers: inout [ActivationBuffer]) {
    for (index, step) in steps.enumerated() {
      guard step.addsResidualInPlace, let residual = step.residual,
        let output = step.output, step.residualStride == 1
      else { continue }
      let (old, new) = (buffers[residual], buffers[output])
      if old.lastStep == index, step.input != residual, old.parentStride == nil,
        new.parentStride == nil, old.images == new.images,
        old.halo == new.halo,
        old.isPacked == new.isPacked, old.channels == new.channels
      {
        buffers[output].replaces = residual
      }
    }
  }
}
