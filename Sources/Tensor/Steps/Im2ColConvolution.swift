import KernelTypes

/// A convolution as im2col and `cblas_sgemm`, a cache-sized panel at a time.
///
/// Large maps are split into panels of pixels: unroll, multiply, finish while the panel is hot.
/// Small ones are split by output channels instead, over columns unrolled once for all threads:
/// `cblas_sgemm` copies all weights that a call reads. The expand layers of the last stack take
/// 1.1 ms an image for 1.5 (batch 8, one Zen4 core).
/// 1×1 convolutions of unpadded maps are multiplied in place.
final class Im2ColConvolution: Step {
  private let setup: ConvolutionSetup
  private let splitsColumns: Bool
  private let readsInPlace: Bool
  private let panelRows: Int

  init(_ setup: ConvolutionSetup) {
    self.setup = setup
    let shape = setup.layer.shape
    readsInPlace =
      setup.isPointwise
      && setup.input.halo == Padding()
      && setup.input.imageStride == shape.height * setup.input.rowStride
    let rows = setup.rows(images: setup.images)
    splitsColumns = rows <= (setup.columns >= setup.depth ? 1600 : 400)
    let fitting = max(48, 120_000 / (setup.depth + setup.columns) / 12 * 12)
    // Panels do not cross images, so that an image's result does not depend on its neighbours.
    let perImage = shape.height * shape.width
    let parts = max(1, (perImage + fitting - 1) / fitting)
    panelRows = (perImage + parts - 1) / parts
  }

  private var columnParts: Int { max(1, min(8, setup.columns / 32)) }
  private var columnRoom: Int { (panelRows * setup.depth + 15) / 16 * 16 }

  var scratchCount: Int {
    let rows = splitsColumns ? setup.rows(images: setup.images) : panelRows
    let width = splitsColumns ? setup.columns / columnParts + 32 : setup.columns
    return rows * width + (splitsColumns ? 0 : columnRoom) + 64
  }
  var sharedCount: Int {
    splitsColumns && !readsInPlace ? setup.rows(images: setup.images) * setup.depth : 0
  }
  var phases: Int { splitsColumns ? 2 : 1 }

  private func panelsPerImage() -> Int {
    (setup.layer.shape.height * setup.layer.shape.width + panelRows - 1) / panelRows
  }

  func chunks(phase: Int, images: Int) -> Int {
    if splitsColumns {
      if phase == 0 { return readsInPlace ? 0 : min(8, setup.rows(images: images)) }
      return columnParts
    }
    return images * panelsPerImage()
  }

  func run(phase: Int, chunk: Int, _ context: RunContext) {
    // SAFETY: the tables were made for these buffers; panels stay within rows and columns.
    unsafe setup.segments.withUnsafeBufferPointer { segments in
      unsafe setup.pixels.withUnsafeBufferPointer { pixels in
        guard let segments = segments.baseAddress, let pixels = pixels.baseAddress else { return }
        let rows = setup.rows(images: context.images)
        if splitsColumns {
          if phase == 0 {
            unsafe unroll(
              part(chunk, of: chunks(phase: 0, images: context.images), rows), pixels, segments,
              context.shared, from: 0, context)
            return
          }
          if chunk == 0 { setup.clearHalos(context) }
          let panels = part(chunk, of: columnParts, setup.columns / 32)
          unsafe multiply(
            0..<rows, panels.lowerBound * 32..<panels.upperBound * 32, pixels, segments,
            context.shared, context.scratch, context)
        } else {
          if chunk == 0 { setup.clearHalos(context) }
          let (image, panel) = chunk.quotientAndRemainder(dividingBy: panelsPerImage())
          let perImage = setup.layer.shape.height * setup.layer.shape.width
          let mine = part(panel, of: panelsPerImage(), perImage)
          let range = image * perImage + mine.lowerBound..<image * perImage + mine.upperBound
          if !readsInPlace {
            unsafe unroll(
              range, pixels, segments, context.scratch, from: range.lowerBound, context)
          }
          unsafe multiply(
            range, 0..<setup.columns, pixels, segments, context.scratch,
            context.scratch + (readsInPlace ? 0 : columnRoom), context)
        }
      }
    }
  }

  /// Copies the taps of each pixel into a row of `depth` floats.
  private func unroll(
    _ range: Range<Int>, _ pixels: UnsafePointer<PixelOffsets>, _ segments: UnsafePointer<Int>,
    _ target: UnsafeMutablePointer<Float>, from first: Int, _ context: RunContext
  ) {
    let x = unsafe context.origin(setup.input, groupSize: setup.images)
    var to = unsafe target + (range.lowerBound - first) * setup.depth
    for row in range {
      let pixel = unsafe x + Int(pixels[row].input)
      for s in 0..<setup.segments.count {
        unsafe to.update(from: pixel + segments[s], count: setup.segmentLength)
        unsafe to += setup.segmentLength
      }
    }
  }

  private func multiply(
    _ rows: Range<Int>, _ columns: Range<Int>, _ pixels: UnsafePointer<PixelOffsets>,
    _ segments: UnsafePointer<Int>, _ unrolled: UnsafeMutablePointer<Float>,
    _ sums: UnsafeMutablePointer<Float>, _ context: RunContext
  ) {
    let x = unsafe context.origin(setup.input, groupSize: setup.images)
    let a = unsafe readsInPlace ? x + Int(pixels[rows.lowerBound].input) : unrolled
    let lda = readsInPlace ? setup.input.pixelStride : setup.depth
    unsafe OpenBLAS.multiply(
      rows: rows.count, columns: columns.count, depth: setup.depth, a, lda: lda,
      setup.weights.weights + columns.lowerBound, ldb: setup.columns, into: sums,
      ldc: columns.count)
    var arguments = unsafe setup.arguments(context, segments: segments)
    let width = setup.kernels.panelWidth
    let written = min(columns.count, setup.panels * width - columns.lowerBound)
    for column in stride(from: 0, to: written, by: width) {
      unsafe setup.kernels.applyEpilogue(
        &arguments, pixels + rows.lowerBound, rows.count, sums + column, columns.count,
        columns.lowerBound + column)
    }
  }
}
