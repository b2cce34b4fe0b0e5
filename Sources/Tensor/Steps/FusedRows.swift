import KernelTypes

/// Layers that pass rows on to each other through a few rows of scratch; only the last one's output
/// is a map in memory.
///
/// A chunk is a band of output rows. Each layer makes a row when the next one first needs it, into
/// a ring of as many rows as that one's window is high. Rows at the seam of two bands are made
/// twice.
final class FusedRows: Step {
  private let layers: [Layer]
  private let input, output: ActivationBuffer
  private let padding: Padding
  private let groupSize: Int
  private let kernels: KernelTable
  private let bands: Int
  let scratchCount: Int

  /// A stage with its tables.
  private struct Layer {
    let stage: FusedRowsStage
    let weights: PackedConvolution?
    /// Channels in whole vectors of 16.
    let channels: Int
    /// Zeros that the next layer reads around this one's rows.
    var border = 0
    /// How many rows are kept, each so many elements from the next, and where the first is.
    var slots = 1, rowStride = 0, offset = 0
    /// Of a convolution: each pixel of a row, and its depth.
    var pixels: [PixelOffsets] = []
    var inputStride = 0
  }

  init(
    _ stages: [FusedRowsStage], input: ActivationBuffer, padding: Padding, output: ActivationBuffer,
    groupSize: Int, weights: [PackedConvolution], kernels: KernelTable, threads: Int
  ) {
    (self.input, self.output) = (input, output)
    (self.padding, self.groupSize, self.kernels) = (padding, groupSize, kernels)
    var remaining = weights[...]
    var layers: [Layer] = []
    for stage in stages {
      let weights = stage.work.halves ? nil : remaining.popFirst()
      layers.append(
        Layer(stage: stage, weights: weights, channels: (stage.channels + 15) / 16 * 16))
    }
    var offset = 0
    for i in layers.indices {
      let isLast = i == layers.count - 1
      if !isLast {
        let next = layers[i + 1].stage
        if case .depthwise = next.work { layers[i].border = 1 }
        layers[i].slots = next.window
        layers[i].rowStride = (stages[i].width + 2 * layers[i].border) * layers[i].channels
        layers[i].offset = offset
        // A row of zeros follows: what lies above and below the map.
        offset += (layers[i].slots + 1) * layers[i].rowStride
      }
      layers[i].inputStride = i == 0 ? input.pixelStride : layers[i - 1].channels
      let (pixelStride, left) = (layers[i].inputStride, i == 0 ? padding.left : 0)
      let (step, outputStride) = (
        stages[i].stride, isLast ? output.pixelStride : layers[i].channels
      )
      layers[i].pixels = (0..<stages[i].width).map {
        PixelOffsets(input: ($0 * step - left) * pixelStride, output: $0 * outputStride)
      }
    }
    self.layers = layers
    scratchCount = offset + 64
    // One band a thread, of ten rows or more: the rows at a seam are made twice, and two bands a
    // thread cost more than they even out.
    let rows = output.height * (stages.last?.stride ?? 1)
    bands = max(1, min(threads, rows / 10))
  }

  func chunks(phase: Int, images: Int) -> Int { images * bands }

  func run(phase: Int, chunk: Int, _ context: RunContext) {
    if chunk == 0 { clearHalo(of: output, groupSize: groupSize, context) }
    let (image, band) = chunk.quotientAndRemainder(dividingBy: bands)
    // SAFETY: rows are asked for within the maps' extents, or are the zeros kept for those outside;
    // scratch was counted for all rings.
    let pass = unsafe Pass(
      x: context.origin(input, groupSize: groupSize) + image * input.imageStride,
      y: context.origin(output, groupSize: groupSize) + image * output.imageStride,
      scratch: context.scratch)
    for layer in layers.dropLast() { unsafe pass.clearBorders(of: layer) }
    var done = [Int](repeating: -1, count: layers.count)
    for row in part(band, of: bands, output.height) {
      unsafe make(row, of: layers.count - 1, &done, pass)
    }
  }

  @unsafe private struct Pass {
    let x: UnsafePointer<Float>
    let y, scratch: UnsafeMutablePointer<Float>

    func clearBorders(of layer: Layer) {
      let start = unsafe scratch + layer.offset
      let side = layer.border * layer.channels
      for slot in 0..<layer.slots where side > 0 {
        let row = unsafe start + slot * layer.rowStride
        unsafe row.update(repeating: 0, count: side)
        unsafe (row + layer.rowStride - side).update(repeating: 0, count: side)
      }
      if side > 0 {
        unsafe (start + layer.slots * layer.rowStride).update(repeating: 0, count: layer.rowStride)
      }
    }

    /// Pixel 0 of a row in a layer's ring, or of the zeros if the row is outside the map.
    func row(_ y: Int, of layer: Layer) -> UnsafeMutablePointer<Float> {
      let isInside = y >= 0 && y < layer.stage.height
      let slot = isInside ? y % layer.slots : layer.slots
      return unsafe scratch + layer.offset + slot * layer.rowStride
        + layer.border * layer.channels
    }
  }

  /// Makes one row of a layer, and first the rows of the layer before that it needs.
  private func make(_ row: Int, of index: Int, _ done: inout [Int], _ pass: Pass) {
    let layer = layers[index]
    let top =
      if index == 0 { padding.top } else if case .depthwise = layer.stage.work { 1 } else { 0 }
    let first = row * layer.stage.stride - top
    let isFirst = index == 0
    if !isFirst {
      let height = layers[index - 1].stage.height
      let end = min(first + layer.stage.window, height)
      for needed in max(first, 0, done[index - 1] + 1)..<max(end, first, 0, done[index - 1] + 1)
      where needed < end {
        unsafe make(needed, of: index - 1, &done, pass)
      }
    }
    func from(_ y: Int) -> UnsafePointer<Float> {
      unsafe isFirst
        ? pass.x + y * input.rowStride : UnsafePointer(pass.row(y, of: layers[index - 1]))
    }
    let to =
      unsafe index == layers.count - 1
      ? pass.y + row * output.rowStride : pass.row(row, of: layer)
    switch layer.stage.work {
    case .convolution(let convolution):
      let last = first + convolution.shape.kernelHeight
      unsafe multiply(
        layer, convolution, (first..<last).map { unsafe from($0) }, to, fetching: isFirst)
    case .depthwise(let convolution):
      guard let weights = layer.weights else { return }
      let left = isFirst ? (1 - padding.left) * input.pixelStride : 0
      unsafe kernels.depthwiseRow(
        from(first) + left, from(first + 1) + left, from(first + 2) + left, layer.inputStride, to,
        index == layers.count - 1 ? output.pixelStride : layer.channels, layer.stage.width,
        layer.channels, weights.weights, (layer.stage.channels + 31) / 32 * 32, weights.bias,
        convolution.appliesReLU)
    case .pool:
      let upper = unsafe from(first)
      let below = unsafe from(first + 1) - upper
      unsafe kernels.maxPoolRow(
        upper, below, layer.inputStride, 2, 2, to, output.pixelStride, layer.stage.width,
        layer.channels, nil, nil, false)
    }
    done[index] = row
  }

  /// A row of a convolution: tiles of pixels, all panels of a tile in turn.
  ///
  /// With `fetches` the input is a map in memory, and each 1×1 tile fetches the next one's pixels
  /// into the second-level cache.
  private func multiply(
    _ layer: Layer, _ convolution: ConvolutionLayer, _ rows: [UnsafePointer<Float>],
    _ to: UnsafeMutablePointer<Float>, fetching fetches: Bool
  ) {
    guard let weights = layer.weights, let first = unsafe rows.first else { return }
    let shape = convolution.shape
    // Without gaps between pixels the taps of one filter row are a single run.
    let isDense = layer.inputStride == shape.input
    let segments = unsafe rows.flatMap { row in
      (0..<(isDense ? 1 : shape.kernelWidth)).map { unsafe row - first + $0 * layer.inputStride }
    }
    let depth = shape.kernelHeight * shape.kernelWidth * shape.input
    let width = kernels.panelWidth
    let panels = layer.channels / width
    let hasHalf = layer.channels % width != 0
    let count = layer.stage.width
    let tiles = (count + kernels.tileRows - 1) / kernels.tileRows
    let (smaller, larger) = count.quotientAndRemainder(dividingBy: tiles)
    unsafe layer.pixels.withUnsafeBufferPointer { pixels in
      unsafe segments.withUnsafeBufferPointer { segments in
        guard let pixels = pixels.baseAddress, let offsets = segments.baseAddress else { return }
        var arguments = unsafe TileArguments(
          x: first, y: to, segments: offsets, segmentCount: segments.count,
          segmentLength: isDense ? shape.kernelWidth * shape.input : shape.input,
          bias: weights.bias)
        unsafe arguments.epilogue = convolution.epilogue(adds: .bias)
        // Rows of the ring are in the cache: nothing to fetch ahead.
        unsafe arguments.fetchesLines = false
        var start = 0
        for t in 0..<tiles {
          let size = t < larger ? smaller + 1 : smaller
          for panel in 0..<panels {
            let next =
              unsafe fetches && panel == 0 && shape.kernelHeight == 1
              ? first + (start + size) * layer.inputStride : nil
            unsafe kernels.convolutionTile(
              &arguments, pixels + start, size, weights.weights + panel * depth * width,
              panel * width, next, kernels.fetchShare(size))
          }
          if hasHalf {
            unsafe kernels.narrowTile(
              &arguments, pixels + start, size, weights.weights + panels * depth * width,
              panels * width)
          }
          start += size
        }
      }
    }
  }
}

extension FusedRowsStage.Work {
  fileprivate var halves: Bool { if case .pool = self { true } else { false } }
}
