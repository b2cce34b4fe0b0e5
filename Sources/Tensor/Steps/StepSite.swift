import KernelTypes

/// A buffer as the value of a layer: its axes, and how far apart their elements lie.
package struct Operand: Sendable {
  let buffer: ActivationBuffer
  /// The value's shape for one image.
  let shape: Shape

  /// Extent of the last axis, whose elements follow each other; 1 for a scalar.
  var width: Int { shape.dimensions.last ?? 1 }
  /// How many rows of `width` elements there are.
  var rows: Int { shape.count / width }
  /// Elements from the image's first element to that of row `r`.
  func row(_ r: Int) -> Int {
    let (y, x) = r.quotientAndRemainder(dividingBy: buffer.width)
    return buffer.pixel(y, x)
  }
  /// Elements from one place to the next along each axis.
  var strides: [Int] {
    var result = [Int](repeating: 1, count: shape.rank)
    if shape.rank > 1 { result[shape.rank - 2] = buffer.pixelStride }
    guard shape.rank > 2 else { return result }
    var next = buffer.rowStride
    for axis in (0..<shape.rank - 2).reversed() {
      result[axis] = next
      next *= shape[axis]
    }
    return result
  }
}

/// What a plain operation's step is made for: buffers, weights, kernels.
package final class StepSite: Sendable {
  let inputs: [Operand]
  let output: Operand
  /// The buffer that the output lies in: its own, or the concatenation's that it is a part of.
  let root: Int
  /// Images of a group.
  let images: Int
  let kernels: KernelTable
  let threads: Int
  /// Whether products go through OpenBLAS.
  let usesBLAS: Bool
  private let weights: PackedConvolution?
  private let offsets: [Int]

  init(
    inputs: [Operand], output: Operand, root: Int, images: Int, kernels: KernelTable, threads: Int,
    usesBLAS: Bool, weights: PackedConvolution?, parameterCounts: [Int]
  ) {
    (self.inputs, self.output, self.root, self.images) = (inputs, output, root, images)
    (self.kernels, self.threads, self.usesBLAS) = (kernels, threads, usesBLAS)
    self.weights = weights
    var offsets: [Int] = []
    var next = 0
    for count in parameterCounts {
      offsets.append(next)
      next += WeightPacking.rounded(count)
    }
    self.offsets = offsets
  }

  /// Parameter `i` of the operation, dense and row-major.
  func parameter(_ i: Int) -> UnsafePointer<Float> {
    guard let weights else { preconditionFailure("the operation has no parameters") }
    return unsafe UnsafePointer(weights.weights + offsets[i])
  }
}

/// One image's part of a plain operation's step.
@safe struct Pass {
  let site: StepSite
  let context: RunContext
  let image: Int

  /// The first element of input `i`.
  func input(_ i: Int) -> UnsafeMutablePointer<Float> { unsafe base(site.inputs[i].buffer) }
  /// The first element of the output.
  var output: UnsafeMutablePointer<Float> { unsafe base(site.output.buffer) }
  /// Room of this worker alone, as much as the step asked for.
  var scratch: UnsafeMutablePointer<Float> { unsafe context.scratch }
  /// Which image of the batch it is.
  var imageOfBatch: Int { context.firstImage + image }

  private func base(_ buffer: ActivationBuffer) -> UnsafeMutablePointer<Float> {
    unsafe context.origin(buffer, groupSize: site.images) + image * buffer.imageStride
  }
}

/// A step of independent rows: what most plain operations are.
final class PlainStep: Step {
  private let site: StepSite
  private let rows, parts: Int
  private let body: @Sendable (Pass, Range<Int>) -> Void
  let scratchCount: Int

  /// - `rows`: How many there are for an image; `body` is called with parts of them.
  /// - `cost`: About how many elements one of them reads or writes.
  init(
    _ site: StepSite, rows: Int, cost: Int, scratch: Int = 0,
    _ body: @escaping @Sendable (Pass, Range<Int>) -> Void
  ) {
    (self.site, self.rows, self.body) = (site, rows, body)
    parts = max(1, min(rows, rows * min(cost, 1 << 20) / 4096, 16))
    scratchCount = scratch
  }

  /// A step over the rows of the output.
  convenience init(
    _ site: StepSite, costPerElement: Int = 1,
    _ body: @escaping @Sendable (Pass, Range<Int>) -> Void
  ) {
    self.init(
      site, rows: site.output.rows, cost: site.output.width * costPerElement, body)
  }

  func chunks(phase: Int, images: Int) -> Int { images * parts }

  func run(phase: Int, chunk: Int, _ context: RunContext) {
    if chunk == 0 { clearHalo(of: site.output.buffer, groupSize: site.images, context) }
    let (image, index) = chunk.quotientAndRemainder(dividingBy: parts)
    body(Pass(site: site, context: context, image: image), part(index, of: parts, rows))
  }
}

/// Where the rows of some output lie in an operand with other strides: a table of at most five axes.
struct RowOffsets: Sendable {
  private let extents, strides: InlineArray<5, Int>
  private let count: Int
  private let base: Int

  /// - `extents`: The output's, the last axis left out.
  /// - `strides`: The operand's along these axes, in elements.
  init(extents: ArraySlice<Int>, strides: ArraySlice<Int>, base: Int = 0) {
    // Axes that follow each other without a gap are one.
    var merged: [(extent: Int, stride: Int)] = []
    for (extent, stride) in zip(extents, strides) where extent > 1 {
      if let last = merged.last, last.stride == extent * stride {
        merged[merged.count - 1] = (last.extent * extent, stride)
      } else {
        merged.append((extent, stride))
      }
    }
    count = merged.count
    self.extents = InlineArray { $0 < merged.count ? merged[$0].extent : 1 }
    self.strides = InlineArray { $0 < merged.count ? merged[$0].stride : 0 }
    self.base = base
  }

  /// Elements from the operand's first element to the first of row `r`.
  func callAsFunction(_ r: Int) -> Int {
    var (offset, rest) = (base, r)
    var axis = count - 1
    while axis > 0 {
      let (next, place) = rest.quotientAndRemainder(dividingBy: extents[axis])
      offset += place * strides[axis]
      rest = next
      axis -= 1
    }
    return count > 0 ? offset + rest * strides[0] : offset
  }
}

extension Operand {
  /// The rows of this operand as an output of shape `output` reads them by NumPy's rule, and whether
  /// a row is a single element that stands for all.
  func broadcastRows(to output: Shape) -> (offsets: RowOffsets, isSingle: Bool) {
    let missing = output.rank - shape.rank
    var strides = Array(repeating: 0, count: missing) + self.strides
    for axis in 0..<shape.rank where shape[axis] == 1 { strides[missing + axis] = 0 }
    return (
      RowOffsets(extents: output.dimensions.dropLast(), strides: strides.dropLast()),
      (shape.dimensions.last ?? 1) == 1
    )
  }
}

/// A range of rows cut where the lines of `width` rows end.
struct LineRuns: Sequence, IteratorProtocol {
  private var rest: Range<Int>
  private let width: Int

  init(_ rows: Range<Int>, _ width: Int) { (rest, self.width) = (rows, width) }

  mutating func next() -> Range<Int>? {
    guard let first = rest.first else { return nil }
    let end = Swift.min(rest.upperBound, (first / width + 1) * width)
    rest = end..<rest.upperBound
    return first..<end
  }
}
