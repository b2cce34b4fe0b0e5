import KernelTypes

/// Copies one of the caller's inputs into a buffer with zeros around the image.
final class LoadStep: Step {
  private let input: Int, output: ActivationBuffer, groupSize: Int
  init(input: Int, output: ActivationBuffer, groupSize: Int) {
    (self.input, self.output, self.groupSize) = (input, output, groupSize)
  }
  private var bands: Int { max(1, output.height / 64) }
  func chunks(phase: Int, images: Int) -> Int { images * bands }
  func run(phase: Int, chunk: Int, _ context: RunContext) {
    if chunk == 0 { clearHalo(of: output, groupSize: groupSize, context) }
    let rowCount = output.width * output.channels
    let (image, band) = chunk.quotientAndRemainder(dividingBy: bands)
    let first = (context.firstImage + image) * output.height * rowCount
    // SAFETY: the caller's pixels were counted, and the buffer holds as many.
    let to = unsafe context.origin(output, groupSize: groupSize) + image * output.imageStride
    for y in part(band, of: bands, output.height) {
      let row = unsafe to + y * output.rowStride
      if !output.isPacked {
        unsafe copyPixels(row, first + y * rowCount, context)
      } else if context.arePixelsBytes {
        let from = unsafe (context.input(input) + first + y * rowCount)
          .assumingMemoryBound(to: UInt8.self)
        for i in 0..<rowCount { unsafe row[i] = Float(from[i]) }
      } else {
        let from = unsafe context.input(input).assumingMemoryBound(to: Float.self)
        unsafe row.update(from: from + first + y * rowCount, count: rowCount)
      }
    }
  }
}

extension LoadStep {
  /// Copies a row into a buffer with gaps between its pixels, `first` elements behind the caller's.
  private func copyPixels(
    _ row: UnsafeMutablePointer<Float>, _ first: Int, _ context: RunContext
  ) {
    let channels = output.channels
    // SAFETY: as for rows without gaps.
    for x in 0..<output.width {
      let to = unsafe row + x * output.pixelStride
      if context.arePixelsBytes {
        let from = unsafe (context.input(input) + first + x * channels)
          .assumingMemoryBound(to: UInt8.self)
        for c in 0..<channels { unsafe to[c] = Float(from[c]) }
      } else {
        let from = unsafe context.input(input).assumingMemoryBound(to: Float.self)
        unsafe to.update(from: from + first + x * channels, count: channels)
      }
    }
  }
}

/// A layer that works row by row: what no convolution took into its epilogue.
final class RowStep: Step {
  enum Work {
    case pool(window: Int, stride: Int, Affine?, appliesReLU: Bool)
    case normalize(Affine, appliesReLU: Bool)
    case relu
    case add(stride: Int)
    case addUpsampled
  }
  private let work: Work
  private let input, output: ActivationBuffer, residual: ActivationBuffer?
  private let padding: Padding
  private let groupSize: Int
  private let kernels: KernelTable

  init(
    _ work: Work, input: ActivationBuffer, residual: ActivationBuffer?, output: ActivationBuffer,
    padding: Padding, groupSize: Int, kernels: KernelTable
  ) {
    (self.work, self.input, self.residual, self.output) = (work, input, residual, output)
    (self.padding, self.groupSize) = (padding, groupSize)
    self.kernels = kernels
  }

  func chunks(phase: Int, images: Int) -> Int { images * output.height }

  func run(phase: Int, chunk: Int, _ context: RunContext) {
    if chunk == 0 { clearHalo(of: output, groupSize: groupSize, context) }
    let (image, y) = chunk.quotientAndRemainder(dividingBy: output.height)
    let (pixels, channels) = (output.width, output.vectorChannels(kernels))
    // SAFETY: the plan's shapes say that each row read and written lies within its buffer.
    let x = unsafe context.origin(input, groupSize: groupSize) + image * input.imageStride
    let to =
      unsafe context.origin(output, groupSize: groupSize) + image * output.imageStride
      + y * output.rowStride
    switch work {
    case .pool(let window, let stride, let affine, let appliesReLU):
      unsafe kernels.maxPoolRow(
        x + input.pixel(y * stride - padding.top, -padding.left), input.rowStride,
        input.pixelStride, window, stride, to, output.pixelStride, pixels, channels,
        affine?.scale, affine?.shift, appliesReLU)
    case .normalize(let affine, let appliesReLU):
      unsafe kernels.affine(
        x + y * input.rowStride, input.pixelStride, to, output.pixelStride, pixels, channels,
        affine.scale, affine.shift, appliesReLU)
    case .relu:
      unsafe kernels.reluRow(
        x + y * input.rowStride, input.pixelStride, to, output.pixelStride, pixels, channels)
    case .add(let stride):
      guard let residual else { preconditionFailure("a sum has two sides") }
      let other =
        unsafe context.origin(residual, groupSize: groupSize)
        + image * residual.imageStride + y * stride * residual.rowStride
      unsafe kernels.addRows(
        x + y * input.rowStride, input.pixelStride, other, residual.pixelStride * stride, to,
        output.pixelStride, pixels, channels)
    case .addUpsampled:
      guard let residual else { preconditionFailure("a sum has two sides") }
      unsafe kernels.addUpsampledRow(
        x + y * input.rowStride, input.pixelStride,
        context.origin(residual, groupSize: groupSize) + image * residual.imageStride
          + y / 2 * residual.rowStride, residual.pixelStride, to, output.pixelStride, pixels,
        channels)
    }
  }
}

/// Mean over height and width of each image.
final class GlobalAveragePoolingStep: Step {
  private let input, output: ActivationBuffer
  private let groupSize: Int
  private let kernels: KernelTable
  init(
    input: ActivationBuffer, output: ActivationBuffer, groupSize: Int, kernels: KernelTable
  ) {
    (self.input, self.output, self.groupSize) = (input, output, groupSize)
    self.kernels = kernels
  }
  /// Channels are averaged apart from each other, some vectors of them in a chunk.
  private var parts: Int { max(1, min(8, output.channels / 64)) }
  func chunks(phase: Int, images: Int) -> Int { images * parts }
  func run(phase: Int, chunk: Int, _ context: RunContext) {
    let (image, index) = chunk.quotientAndRemainder(dividingBy: parts)
    let lanes = kernels.panelWidth / 2
    let mine = part(index, of: parts, output.vectorChannels(kernels) / lanes)
    let first = mine.lowerBound * lanes
    // SAFETY: both buffers hold an image, and whole vectors of its channels, for each chunk.
    unsafe kernels.globalAverage(
      context.origin(input, groupSize: groupSize) + image * input.imageStride + first,
      input.rowStride, input.pixelStride, input.height, input.width,
      context.origin(output, groupSize: groupSize) + image * output.imageStride + first,
      mine.count * lanes)
  }
}
