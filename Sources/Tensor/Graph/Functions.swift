/// A function of each element of a layer's value; defined as ONNX's operator of that name.
public enum UnaryFunction: Sendable, Hashable {
  /// max(x, 0).
  case relu
  /// x from 0 on, else slope · x.
  case leakyRelu(slope: Float)
  /// min(max(x, min), max): ReLU6 is 0 to 6.
  case clip(min: Float, max: Float)
  /// 1 / (1 + e⁻ˣ).
  case sigmoid
  /// max(0, min(1, alpha · x + beta)).
  case hardSigmoid(alpha: Float, beta: Float)
  /// x · max(0, min(1, x / 6 + 1/2)).
  case hardSwish
  /// x · sigmoid(x).
  case silu
  /// Hyperbolic tangent.
  case tanh
  /// x from 0 on, else alpha · (eˣ − 1).
  case elu(alpha: Float)
  /// gamma · x above 0, else gamma · alpha · (eˣ − 1).
  case selu(alpha: Float, gamma: Float)
  /// max(0, x) + min(0, alpha · (e^(x / alpha) − 1)).
  case celu(alpha: Float)
  /// x / 2 · (1 + erf(x / √2)).
  case gelu
  /// x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³))).
  case geluTanh
  /// The error function.
  case erf
  /// ln(1 + eˣ).
  case softplus
  /// x / (1 + |x|).
  case softsign
  /// x · tanh(softplus(x)).
  case mish
  /// x above alpha, else 0.
  case thresholdedRelu(alpha: Float)
  /// eˣ.
  case exp
  /// Natural logarithm.
  case log
  /// Square root.
  case sqrt
  /// 1 / x.
  case reciprocal
  /// |x|.
  case abs
  /// −x.
  case negate
  /// Largest whole number not above x.
  case floor
  /// Smallest whole number not below x.
  case ceil
  /// Nearest whole number, halves to even.
  case round
  /// −1, 0 or 1.
  case sign
  /// Sine of x radians.
  case sin
  /// Cosine of x radians.
  case cos

  /// The function without its numbers: `leakyRelu`.
  package var name: String { String("\(self)".prefix { $0 != "(" }) }
}

/// A function of two elements.
public enum BinaryFunction: String, Sendable, Hashable, CaseIterable {
  /// a + b.
  case add
  /// a − b.
  case subtract
  /// a · b.
  case multiply
  /// a / b.
  case divide
  /// aᵇ.
  case power
  /// The smaller of both; NaN if one is.
  case minimum
  /// The larger of both; NaN if one is.
  case maximum
}
