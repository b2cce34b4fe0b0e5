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

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int] {
    try check.broadcast(inputs[0], inputs[1])
  }

  package func step(_ site: StepSite) -> any Step {
    let to = site.output
    let (first, second) = (
      site.inputs[0].broadcastRows(to: to.shape), site.inputs[1].broadcastRows(to: to.shape)
    )
    return PlainStep(site, costPerElement: 2) { [function] pass, rows in
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
