#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

extension Operation {
  /// x / (bias + alpha / size · Σ x²)^beta, the sum over `size` channels around each.
  public static func localResponseNormalization(
    size: Int, alpha: Float, beta: Float, bias: Float
  ) -> Operation {
    .plain(
      PlainLayer(LocalResponseNormalization(size: size, alpha: alpha, beta: beta, bias: bias)))
  }
}

/// Krizhevsky et al. 2012, section 3.3, as ONNX's LRN has it.
package struct LocalResponseNormalization: PlainOperation {
  package let size: Int
  package let alpha, beta, bias: Float
  package var typeName: String { "LRN" }

  package func check(_ check: LayerCheck) throws(TensorError) {
    try check.extent("size", size)
    try check.finite("alpha", alpha)
    try check.finite("beta", beta)
    try check.finite("bias", bias)
  }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    try check.rank(inputs[0], atLeast: 1)
    return inputs[0].dimensions
  }

  package func step(_ site: StepSite) -> any Step {
    let (from, to) = (site.inputs[0], site.output)
    let (before, behind) = ((size - 1) / 2, size / 2)
    let factor = alpha / Float(size)
    return PlainStep(site, costPerElement: 8 + min(size, 64)) { [beta, bias] pass, rows in
      // SAFETY: rows are those of both values; the window is cut at their ends.
      let (x, y) = unsafe (pass.input(0), pass.output)
      for row in rows {
        let (a, b) = unsafe (x + from.row(row), y + to.row(row))
        for i in 0..<to.width {
          var sum = Float(0)
          for j in max(0, i - before)...min(to.width - 1, i + behind) { unsafe sum += a[j] * a[j] }
          unsafe b[i] = a[i] / powf(bias + factor * sum, beta)
        }
      }
    }
  }
}
