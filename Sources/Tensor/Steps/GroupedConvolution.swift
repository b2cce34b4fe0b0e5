import KernelTypes

/// A convolution in groups: as a direct one, but each panel of output channels reads the input
/// channels of its own groups only.
///
/// A panel may hold several groups; weights between different ones are zeros. Groups of four
/// channels (ResNeXt) so multiply four times as often as they must with panels of 16, which is
/// still far fewer than the convolutions around them do.
final class GroupedConvolution: Step {
  private let setup: ConvolutionSetup
  private let panels: GroupPanels
  private let segments: [Int]
  private let usesBLAS: Bool

  init(_ setup: ConvolutionSetup, groups: Int, usesBLAS: Bool) {
    self.setup = setup
    self.usesBLAS = usesBLAS
    panels = GroupPanels(
      setup.layer.shape, groups: groups, width: usesBLAS ? 32 : setup.kernels.panelWidth)
    let (window, input) = (setup.layer.window, setup.input)
    segments = (0..<window.height).flatMap { row in
      (0..<window.width).map {
        input.pixel(row * window.dilationHeight, $0 * window.dilationWidth)
      }
    }
  }

  /// Pixels that are computed together: a tile, or a block for OpenBLAS.
  private var tileRows: Int { usesBLAS ? 96 : setup.kernels.tileRows }
  private var depth: Int { segments.count * panels.span }
  var scratchCount: Int { usesBLAS ? tileRows * (depth + 32) + 64 : 0 }

  func chunks(phase: Int, images: Int) -> Int {
    let tiles = (setup.rows(images: images) + tileRows - 1) / tileRows
    return min(tiles, 16)
  }

  func run(phase: Int, chunk: Int, _ context: RunContext) {
    if chunk == 0 { setup.clearHalos(context) }
    let rows = setup.rows(images: context.images)
    let tiles = (rows + tileRows - 1) / tileRows
    let (smaller, larger) = rows.quotientAndRemainder(dividingBy: tiles)
    let mine = part(chunk, of: chunks(phase: phase, images: context.images), tiles)
    // SAFETY: the tables were made for these buffers; panels read their own groups' channels.
    unsafe segments.withUnsafeBufferPointer { segments in
      unsafe setup.pixels.withUnsafeBufferPointer { pixels in
        guard let segments = segments.baseAddress, let pixels = pixels.baseAddress else { return }
        var arguments = unsafe setup.arguments(context, segments: segments)
        unsafe arguments.segmentCount = self.segments.count
        unsafe arguments.segmentLength = panels.span
        let x = unsafe arguments.x
        for t in mine {
          let first = unsafe pixels + t * smaller + min(t, larger)
          let count = t < larger ? smaller + 1 : smaller
          for panel in 0..<panels.count {
            unsafe arguments.x = x + panels.firstInput(panel)
            let weights = unsafe setup.weights.weights + panel * depth * panels.width
            if usesBLAS {
              unsafe multiply(&arguments, first, count, weights, panel, context)
            } else {
              unsafe setup.kernels.convolutionTile(
                &arguments, first, count, weights, panel * panels.width, nil, 0)
            }
          }
        }
      }
    }
  }

  private func multiply(
    _ arguments: inout TileArguments, _ pixels: UnsafePointer<PixelOffsets>, _ count: Int,
    _ weights: UnsafePointer<Float>, _ panel: Int, _ context: RunContext
  ) {
    let columns = unsafe context.scratch
    let sums = unsafe columns + (tileRows * depth + 15) / 16 * 16
    for i in 0..<count {
      let pixel = unsafe arguments.x + Int(pixels[i].input)
      for (s, segment) in segments.enumerated() {
        unsafe (columns + i * depth + s * panels.span)
          .update(from: pixel + segment, count: panels.span)
      }
    }
    unsafe OpenBLAS.multiply(
      rows: count, columns: 32, depth: depth, columns, lda: depth, weights, ldb: 32, into: sums,
      ldc: 32)
    let output =
      (setup.layer.shape.output + setup.kernels.panelWidth - 1)
      / setup.kernels.panelWidth * setup.kernels.panelWidth
    for column in stride(from: 0, to: min(32, output - panel * 32), by: setup.kernels.panelWidth) {
      unsafe setup.kernels.applyEpilogue(
        &arguments, pixels, count, sums + column, 32, panel * 32 + column)
    }
  }
}
