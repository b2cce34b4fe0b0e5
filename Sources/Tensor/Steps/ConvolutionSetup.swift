import KernelTypes

/// What all algorithms of one convolution share: buffers, weights, and where each pixel lies.
struct ConvolutionSetup: Sendable {
  let layer: ConvolutionLayer
  let input: ActivationBuffer
  let output, activated, residual: ActivationBuffer?
  let padding: Padding
  /// How many images one group has; the last group may have fewer.
  let images: Int
  let weights: PackedConvolution
  let kernels: KernelTable
  /// Each output pixel of a group, in order.
  let pixels: [PixelOffsets]
  /// Offsets of the runs of consecutive taps from a pixel's first tap.
  let segments: [Int]
  let segmentLength: Int

  init(
    _ step: LayerStep, _ layer: ConvolutionLayer, _ buffers: [ActivationBuffer], images: Int,
    weights: PackedConvolution, kernels: KernelTable
  ) {
    guard let read = step.input else { preconditionFailure("a convolution reads") }
    self.layer = layer
    input = buffers[read]
    output = step.output.map { buffers[$0] }
    activated = step.activated.map { buffers[$0] }
    residual = step.residual.map { buffers[$0] }
    padding = step.padding
    self.images = images
    self.weights = weights
    self.kernels = kernels

    let (shape, window) = (layer.shape, layer.window)
    let (input, output, activated, residual) = (
      self.input, self.output, self.activated, self.residual
    )
    var pixels: [PixelOffsets] = []
    pixels.reserveCapacity(images * shape.height * shape.width)
    for image in 0..<images {
      for y in 0..<shape.height {
        for x in 0..<shape.width {
          pixels.append(
            PixelOffsets(
              input: image * input.imageStride
                + input.pixel(
                  y * window.strideHeight - padding.top, x * window.strideWidth - padding.left),
              output: output.map { image * $0.imageStride + $0.pixel(y, x) } ?? 0,
              residual: residual.map {
                image * $0.imageStride
                  + $0.pixel(y * step.residualStride, x * step.residualStride)
              } ?? 0,
              activated: activated.map { image * $0.imageStride + $0.pixel(y, x) } ?? 0))
        }
      }
    }
    self.pixels = pixels

    // Without gaps between pixels the taps of one filter row are a single run.
    let isDense = input.pixelStride == shape.input && window.dilationWidth == 1
    segmentLength = isDense ? shape.kernelWidth * shape.input : shape.input
    segments = (0..<shape.kernelHeight).flatMap { row in
      (0..<(isDense ? 1 : shape.kernelWidth)).map {
        input.pixel(row * window.dilationHeight, $0 * window.dilationWidth)
      }
    }
  }

  /// Rows and depth of the product, and output channels in whole panels.
  func rows(images: Int) -> Int { images * layer.shape.height * layer.shape.width }
  var depth: Int { layer.shape.kernelHeight * layer.shape.kernelWidth * layer.shape.input }
  var columns: Int { (layer.shape.output + 31) / 32 * 32 }

  /// Whether each pixel is a product of its own, so that the next ones follow in memory.
  var isPointwise: Bool {
    layer.shape.kernelHeight == 1 && layer.shape.kernelWidth == 1 && layer.shape.stride == 1
      && layer.window.strideWidth == 1
  }

  /// What becomes of the sums.
  var epilogue: Epilogue {
    layer.epilogue(
      adds: residual == nil ? .bias : .biasAndResidual,
      writes: activated == nil ? .output : output == nil ? .activatedCopy : .outputAndActivatedCopy)
  }

  /// Panels of output channels that hold any.
  var panels: Int { (layer.shape.output + kernels.panelWidth - 1) / kernels.panelWidth }

  /// Applies what Winograd's output transform does not know to a tile of the output.
  func activate(
    _ y: UnsafeMutablePointer<Float>, _ output: ActivationBuffer, height: Int, width: Int
  ) {
    guard let function = layer.function, function != .relu, var activation = function.activation
    else { return }
    for row in 0..<height {
      // SAFETY: the tile's pixels lie within the output.
      let to = unsafe y + row * output.rowStride
      unsafe kernels.activateRow(
        &activation, to, output.pixelStride, to, output.pixelStride, width,
        panels * kernels.panelWidth)
    }
  }

  /// The operands for this group.
  func arguments(_ context: RunContext, segments: UnsafePointer<Int>) -> TileArguments {
    let x = unsafe context.origin(input, groupSize: images)
    let out = unsafe output.map { unsafe context.origin($0, groupSize: images) }
    let copy = unsafe activated.map { unsafe context.origin($0, groupSize: images) }
    let other = unsafe residual.map { unsafe context.origin($0, groupSize: images) }
    var arguments = unsafe TileArguments(
      x: x, y: out ?? x, segments: segments, segmentCount: self.segments.count,
      segmentLength: segmentLength, bias: weights.bias)
    unsafe arguments.epilogue = epilogue
    if let copy = unsafe copy { unsafe arguments.activated = copy }
    if let other = unsafe other { unsafe arguments.residual = UnsafePointer(other) }
    unsafe arguments.scale = UnsafePointer(weights.scale)
    unsafe arguments.shift = UnsafePointer(weights.shift)
    return unsafe arguments
  }

  /// Zeros around the images that this step writes, for who reads them padded.
  func clearHalos(_ context: RunContext) {
    if let output { clearHalo(of: output, groupSize: images, context) }
    if let activated { clearHalo(of: activated, groupSize: images, context) }
  }
}

/// Writes the zeros around each image of the group, for all channels of a concatenation.
func clearHalo(of buffer: ActivationBuffer, groupSize: Int, _ context: RunContext) {
  let halo = buffer.halo
  if halo == Padding() { return }
  for image in 0..<context.images {
    // SAFETY: the rows and columns of the halo belong to the buffer, by its own extents.
    unsafe clear(
      context.origin(buffer, groupSize: groupSize) + image * buffer.imageStride
        - (buffer.parent?.channel ?? 0) - halo.top * buffer.rowStride - halo.left
        * buffer.pixelStride)
  }
  func clear(_ start: UnsafeMutablePointer<Float>) {
    let rows = halo.top + buffer.height + halo.bottom
    for row in 0..<rows {
      let line = unsafe start + row * buffer.rowStride
      if row < halo.top || row >= halo.top + buffer.height {
        unsafe line.update(repeating: 0, count: buffer.rowStride)
      } else {
        unsafe line.update(repeating: 0, count: halo.left * buffer.pixelStride)
        unsafe (line + (halo.left + buffer.width) * buffer.pixelStride)
          .update(repeating: 0, count: halo.right * buffer.pixelStride)
      }
    }
  }
}

extension ConvolutionLayer {
  /// What becomes of the sums.
  func epilogue(adds: Epilogue.Addition, writes: Epilogue.Target = .output) -> Epilogue {
    var epilogue = Epilogue(adds: adds, writes: writes)
    switch function {
    case nil: break
    case .relu: epilogue.least = 0
    case .clip(let least, let most) where least <= most:
      (epilogue.least, epilogue.most) = (least, most)
    case .some(let function): epilogue.activation = function.activation ?? .identity
    }
    return epilogue
  }
}

extension UnaryFunction {
  /// Whether kernels compute it.
  var isKernel: Bool { activation != nil }

  /// As kernels know it, or nil.
  var activation: Activation? {
    switch self {
    case .relu: Activation(.clip, 0, .infinity)
    case .clip(let least, let most): Activation(.clip, least, most)
    case .leakyRelu(let slope): Activation(.leakyRelu, slope)
    case .sigmoid: Activation(.sigmoid)
    case .hardSigmoid(let alpha, let beta): Activation(.hardSigmoid, alpha, beta)
    case .hardSwish: Activation(.hardSwish)
    case .silu: Activation(.silu)
    case .tanh: Activation(.tanh)
    case .elu(let alpha): Activation(.elu, alpha)
    case .gelu: Activation(.gelu)
    case .geluTanh: Activation(.geluTanh)
    case .erf: Activation(.erf)
    case .abs: Activation(.absolute)
    case .negate: Activation(.negate)
    case .reciprocal: Activation(.reciprocal)
    case .sqrt: Activation(.squareRoot)
    default: nil
    }
  }
}
