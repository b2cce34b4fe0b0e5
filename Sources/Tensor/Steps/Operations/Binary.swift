import KernelTypes

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A function of each pair of elements that no convolution takes in.
package struct Binary: PlainOperation {
  package let function: BinaryFunction
  package var inputCount: ClosedRange<Int> { 2...2 }
  package var typeName: String { function.rawValue }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    try check.broadcast(inputs[0], inputs[1])
  }

  package func step(_ site: StepSite) -> any Step {
    let to = site.output
    let (first, second) = (
      site.inputs[0].broadcastRows(to: to.shape), site.inputs[1].broadcastRows(to: to.shape)
    )
    if let combination = function.combination {
      // Lines of pixels: of each side the stride from one to the next, or 0 where one stands for all.
      let (rank, width) = (to.shape.rank, to.buffer.width)
      func lines(_ side: Operand) -> (offsets: RowOffsets, stride: Int) {
        let missing = rank - side.shape.rank
        var strides = Array(repeating: 0, count: missing) + side.strides
        for axis in 0..<side.shape.rank where side.shape[axis] == 1 { strides[missing + axis] = 0 }
        return (
          RowOffsets(
            extents: to.shape.dimensions.dropLast(2), strides: strides.dropLast(2)),
          rank > 1 ? strides[rank - 2] : 0
        )
      }
      let (a, b) = (lines(site.inputs[0]), lines(site.inputs[1]))
      return PlainStep(site) { pass, rows in
        let channels = to.buffer.vectorChannels(pass.site.kernels)
        for run in LineRuns(rows, width) {
          let (line, column) = run.lowerBound.quotientAndRemainder(dividingBy: width)
          // SAFETY: runs are pixels of a line of the output, and what broadcasting gives them.
          unsafe pass.site.kernels.combineRow(
            combination, pass.input(0) + a.offsets(line) + column * a.stride, a.stride,
            first.isSingle, pass.input(1) + b.offsets(line) + column * b.stride, b.stride,
            second.isSingle, pass.output + to.row(run.lowerBound), to.buffer.pixelStride,
            run.count, channels)
        }
      }
    }
    return PlainStep(site, costPerElement: 16) { [function] pass, rows in
      // SAFETY: rows and their elements are those of the output, and what broadcasting gives them.
      let (x, y, z) = unsafe (pass.input(0), pass.input(1), pass.output)
      for row in rows {
        let (a, b) = unsafe (x + first.offsets(row), y + second.offsets(row))
        let c = unsafe z + to.row(row)
        for i in 0..<to.width {
          unsafe c[i] = function(a[first.isSingle ? 0 : i], b[second.isSingle ? 0 : i])
        }
      }
    }
  }
}

extension BinaryFunction {
  /// As kernels know it, or nil.
  var combination: Combination? {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .minimum: .minimum
    case .maximum: .maximum
    case .power: nil
    }
  }

  /// Its value.
  @inline(__always) func callAsFunction(_ a: Float, _ b: Float) -> Float {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: powf(a, b)
    case .minimum: a.isNaN || a < b ? a : b
    case .maximum: a.isNaN || a > b ? a : b
    }
  }
}
