import KernelTypes

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A function of each element that no other step takes in.
package struct Unary: PlainOperation {
  package let function: UnaryFunction
  package var typeName: String { function.name }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    inputs[0].dimensions
  }

  package func step(_ site: StepSite) -> any Step {
    let (from, to) = (site.inputs[0], site.output)
    if let activation = function.activation {
      return PlainStep(site, costPerElement: 2) { pass, rows in
        var activation = activation
        let channels = to.buffer.vectorChannels(pass.site.kernels)
        for run in LineRuns(rows, to.buffer.width) {
          // SAFETY: runs are pixels of a row of both buffers, whose channels are whole vectors.
          unsafe pass.site.kernels.activateRow(
            &activation, pass.input(0) + from.row(run.lowerBound), from.buffer.pixelStride,
            pass.output + to.row(run.lowerBound), to.buffer.pixelStride, run.count, channels)
        }
      }
    }
    return PlainStep(site, costPerElement: 16) { [function] pass, rows in
      // SAFETY: rows and their elements are those of both values.
      let (x, y) = unsafe (pass.input(0), pass.output)
      for row in rows {
        let (a, b) = unsafe (x + from.row(row), y + to.row(row))
        for i in 0..<to.width { unsafe b[i] = function(a[i]) }
      }
    }
  }
}

extension UnaryFunction {
  /// Its value, element by element.
  func callAsFunction(_ x: Float) -> Float {
    switch self {
    case .relu: x < 0 ? 0 : x
    case .leakyRelu(let slope): x < 0 ? slope * x : x
    case .clip(let least, let most): x < least ? min(least, most) : x > most ? most : x
    case .sigmoid: logistic(x)
    case .hardSigmoid(let alpha, let beta): max(0, min(1, alpha * x + beta))
    case .hardSwish: x * max(0, min(1, x / 6 + 0.5))
    case .silu: x * logistic(x)
    case .tanh: tanhf(x)
    case .elu(let alpha): x < 0 ? alpha * expm1f(x) : x
    case .selu(let alpha, let gamma): gamma * (x > 0 ? x : alpha * expm1f(x))
    case .celu(let alpha): max(0, x) + min(0, alpha * expm1f(x / alpha))
    case .gelu: x / 2 * (1 + erff(x / Float(2).squareRoot()))
    case .geluTanh: x / 2 * (1 + tanhf(0.797_884_56 * (x + 0.044715 * x * x * x)))
    case .erf: erff(x)
    case .softplus: logOnePlusExp(x)
    case .softsign: x / (1 + Swift.abs(x))
    case .mish: x * tanhf(logOnePlusExp(x))
    case .thresholdedRelu(let alpha): x > alpha ? x : 0
    case .exp: expf(x)
    case .log: logf(x)
    case .sqrt: x.squareRoot()
    case .reciprocal: 1 / x
    case .abs: Swift.abs(x)
    case .negate: -x
    case .floor: x.rounded(.down)
    case .ceil: x.rounded(.up)
    case .round: x.rounded(.toNearestOrEven)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x
    case .sin: sinf(x)
    case .cos: cosf(x)
    }
  }
}

private func logistic(_ x: Float) -> Float { 1 / (1 + expf(-x)) }
private func logOnePlusExp(_ x: Float) -> Float { max(x, 0) + log1pf(expf(-Swift.abs(x))) }
