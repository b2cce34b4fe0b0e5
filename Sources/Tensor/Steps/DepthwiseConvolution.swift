import KernelTypes

/// A depthwise convolution of any window: each row by a kernel, its activation while it is hot.
final class DepthwiseConvolution: Step {
  private let layer: ConvolutionLayer
  private let input, output: ActivationBuffer
  private let padding: Padding
  private let groupSize: Int
  private let weights: PackedConvolution
  private let kernels: KernelTable
  private let bands: Int

  init(
    _ layer: ConvolutionLayer, input: ActivationBuffer, output: ActivationBuffer,
    padding: Padding, groupSize: Int, weights: PackedConvolution, kernels: KernelTable
  ) {
    (self.layer, self.input, self.output) = (layer, input, output)
    (self.padding, self.groupSize) = (padding, groupSize)
    (self.weights, self.kernels) = (weights, kernels)
    // Bands of rows share what they read; many small ones even out the threads' work.
    bands = max(1, min(output.height, 8))
  }

  func chunks(phase: Int, images: Int) -> Int { images * bands }

  func run(phase: Int, chunk: Int, _ context: RunContext) {
    if chunk == 0 { clearHalo(of: output, groupSize: groupSize, context) }
    let (image, band) = chunk.quotientAndRemainder(dividingBy: bands)
    let (window, channels) = (layer.window, output.vectorChannels(kernels))
    var epilogue = layer.epilogue(adds: .bias)
    // SAFETY: windows lie within the image and the zeros around it, by the plan's halos.
    let x = unsafe context.origin(input, groupSize: groupSize) + image * input.imageStride
    let y = unsafe context.origin(output, groupSize: groupSize) + image * output.imageStride
    for row in part(band, of: bands, output.height) {
      let to = unsafe y + row * output.rowStride
      unsafe kernels.depthwiseWindowRow(
        x + input.pixel(row * window.strideHeight - padding.top, -padding.left), window.height,
        window.width, window.dilationHeight * input.rowStride,
        window.dilationWidth * input.pixelStride, window.strideWidth * input.pixelStride, to,
        output.pixelStride, output.width, channels, weights.weights,
        (layer.shape.output + 31) / 32 * 32, weights.bias, &epilogue)
      if epilogue.activation.kind != .identity {
        unsafe kernels.activateRow(
          &epilogue.activation, to, output.pixelStride, to, output.pixelStride, output.width,
          channels)
      }
    }
  }
}

extension ActivationBuffer {
  /// Channels in whole vectors of these kernels.
  func vectorChannels(_ kernels: KernelTable) -> Int {
    let lanes = kernels.panelWidth / 2
    return (channels + lanes - 1) / lanes * lanes
  }
}
