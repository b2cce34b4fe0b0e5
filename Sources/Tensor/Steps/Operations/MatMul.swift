import KernelTypes

extension Operation {
  /// Products of matrices, `[…, M, K]` · `[…, K, N]`, the axes in front broadcast.
  public static var matmul: Operation { .plain(PlainLayer(MatMul())) }
}

/// Products of matrices that both come from layers.
package struct MatMul: PlainOperation {
  package var inputCount: ClosedRange<Int> { 2...2 }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    let (a, b) = (inputs[0], inputs[1])
    try check.rank(a, atLeast: 2)
    try check.rank(b, atLeast: 2)
    guard a[a.rank - 1] == b[b.rank - 2] else {
      throw .unequalShapes(layer: check.name, first: a, second: b)
    }
    let front = try check.broadcast(
      Shape(checked: a.dimensions.dropLast(2)), Shape(checked: b.dimensions.dropLast(2)))
    return front + [a[a.rank - 2], b[b.rank - 1]]
  }

  package func step(_ site: StepSite) -> any Step { MatMulStep(site) }
}

/// Products of matrices: the right one's panels are packed, then tiles as of a convolution; or
/// OpenBLAS, which reads both where they are.
final class MatMulStep: Step {
  private let site: StepSite
  /// Extents of one product, and how many there are for an image.
  private let rows, columns, depth, count: Int
  private let left, right: RowOffsets
  private let pixels: [PixelOffsets]

  init(_ site: StepSite) {
    self.site = site
    let to = site.output
    let rank = to.shape.rank
    (rows, columns, depth) = (to.shape[rank - 2], to.width, site.inputs[0].width)
    count = to.shape.count / (rows * columns)
    // The matrices of both sides that each of the output's takes, by the axes in front.
    func matrices(_ side: Operand) -> RowOffsets {
      let missing = rank - side.shape.rank
      var strides = Array(repeating: 0, count: missing) + side.strides
      for axis in 0..<side.shape.rank where side.shape[axis] == 1 { strides[missing + axis] = 0 }
      return RowOffsets(
        extents: to.shape.dimensions.dropLast(2), strides: strides.dropLast(2))
    }
    (left, right) = (matrices(site.inputs[0]), matrices(site.inputs[1]))
    pixels = (0..<rows).map {
      PixelOffsets(
        input: $0 * site.inputs[0].buffer.pixelStride, output: $0 * to.buffer.pixelStride)
    }
  }

  private var width: Int { site.kernels.panelWidth }
  private var panels: Int { (columns + width - 1) / width }
  private var packedCount: Int { panels * depth * width }
  private var bands: Int { max(1, min(rows / 24, 8)) }
  var sharedCount: Int { site.usesBLAS ? 0 : site.images * count * packedCount }
  var phases: Int { 2 }

  func chunks(phase: Int, images: Int) -> Int {
    phase == 1 ? images * min(count * bands, 64) : site.usesBLAS ? 0 : images * min(count, 64)
  }

  func run(phase: Int, chunk: Int, _ context: RunContext) {
    let (image, index) = chunk.quotientAndRemainder(dividingBy: chunksOfImage(phase))
    let pass = Pass(site: site, context: context, image: image)
    if phase == 0 {
      for matrix in part(index, of: chunksOfImage(0), count) { pack(matrix, pass) }
      return
    }
    if chunk == 0 { clearHalo(of: site.output.buffer, groupSize: site.images, context) }
    for work in part(index, of: chunksOfImage(1), count * bands) {
      let (matrix, band) = work.quotientAndRemainder(dividingBy: bands)
      multiply(matrix, part(band, of: bands, rows), pass)
    }
  }

  private func chunksOfImage(_ phase: Int) -> Int { min(phase == 1 ? count * bands : count, 64) }

  private func packed(_ matrix: Int, _ pass: Pass) -> UnsafeMutablePointer<Float> {
    unsafe pass.context.shared + (pass.image * count + matrix) * packedCount
  }

  /// Writes a right matrix as `[panels][depth][width]`.
  private func pack(_ matrix: Int, _ pass: Pass) {
    // SAFETY: shared memory was counted for all matrices, and rows are those of the input.
    var to = unsafe packed(matrix, pass)
    let from = unsafe pass.input(1) + right(matrix)
    let stride = site.inputs[1].buffer.pixelStride
    for panel in 0..<panels {
      let filled = min(width, columns - panel * width)
      for k in 0..<depth {
        unsafe to.update(from: from + k * stride + panel * width, count: filled)
        unsafe (to + filled).update(repeating: 0, count: width - filled)
        unsafe to += width
      }
    }
  }

  private func multiply(_ matrix: Int, _ range: Range<Int>, _ pass: Pass) {
    let (to, stride) = (site.output, site.output.buffer.pixelStride)
    let leftStride = site.inputs[0].buffer.pixelStride
    // SAFETY: rows and columns are those of the matrices, columns in whole panels.
    let a = unsafe pass.input(0) + left(matrix)
    let c = unsafe pass.output + to.row(matrix * rows)
    if site.usesBLAS {
      unsafe OpenBLAS.multiply(
        rows: range.count, columns: columns, depth: depth, a + range.lowerBound * leftStride,
        lda: leftStride, pass.input(1) + right(matrix), ldb: site.inputs[1].buffer.pixelStride,
        into: c + range.lowerBound * stride, ldc: stride)
      return
    }
    let tiles = (range.count + site.kernels.tileRows - 1) / site.kernels.tileRows
    let (smaller, larger) = range.count.quotientAndRemainder(dividingBy: tiles)
    let weights = unsafe packed(matrix, pass)
    var zero = 0
    unsafe pixels.withUnsafeBufferPointer { pixels in
      guard let pixels = pixels.baseAddress else { return }
      unsafe withUnsafeMutablePointer(to: &zero) { segments in
        var arguments = unsafe TileArguments(
          x: a, y: c, segments: segments, segmentCount: 1, segmentLength: depth, bias: a)
        for t in 0..<tiles {
          let first = range.lowerBound + t * smaller + min(t, larger)
          for panel in 0..<panels {
            unsafe site.kernels.convolutionTile(
              &arguments, pixels + first, t < larger ? smaller + 1 : smaller,
              weights + panel * depth * width, panel * width, nil, 0)
          }
        }
      }
    }
  }
}
