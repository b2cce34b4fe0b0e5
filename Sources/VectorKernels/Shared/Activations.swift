import KernelTypes

// Functions of single elements, a vector at a time.

/// A vector of equal numbers.
@inline(__always) func all(_ x: Float) -> Vector { Vector(repeating: x) }

/// eˣ to two units in the last place, between e⁻⁸⁷ and e⁸⁸.
///
/// x = n · ln 2 + r: the whole number n by adding and subtracting 1.5 · 2²³, eʳ by a polynomial
/// (Cephes' expf), 2ⁿ in the exponent's bits.
@inline(__always) func exponential(_ v: Vector) -> Vector {
  let x = atMost(all(88), atLeast(all(-87), v))
  let magic = all(12_582_912)
  let shifted = fma(magic, x, all(1.442_695))
  let n = shifted - magic
  var r = fma(x, n, all(-0.693_359_4))
  r = fma(r, n, all(2.121_944_4e-4))
  var p = all(1.987_569_1e-4)
  p = fma(all(1.398_199_95e-3), p, r)
  p = fma(all(8.333_452e-3), p, r)
  p = fma(all(4.166_579_6e-2), p, r)
  p = fma(all(0.166_666_66), p, r)
  p = fma(all(0.5), p, r)
  p = fma(r + 1, p, r * r)
  let bits = unsafeBitCast(shifted, to: IntegerVector.self)
  let exponent = (bits &- IntegerVector(repeating: 0x4B40_0000 - 127)) &<< 23
  return p * unsafeBitCast(exponent, to: Vector.self)
}

/// 1 / (1 + e⁻ˣ).
@inline(__always) func logistic(_ v: Vector) -> Vector {
  1 / (1 + exponential(0 - v))
}

/// The error function to 1.5e-7: Abramowitz & Stegun 7.1.26.
@inline(__always) func errorFunction(_ v: Vector) -> Vector {
  let isNegative = v .< 0
  let x = v.replacing(with: 0 - v, where: isNegative)
  let t = 1 / fma(all(1), x, all(0.327_591_1))
  var p = all(1.061_405_4)
  p = fma(all(-1.453_152), p, t)
  p = fma(all(1.421_413_7), p, t)
  p = fma(all(-0.284_496_74), p, t)
  p = fma(all(0.254_829_6), p, t)
  let result = 1 - p * t * exponential(0 - x * x)
  return result.replacing(with: 0 - result, where: isNegative)
}

/// y = f(x) for `count` elements, in whole vectors; y may be x.
@inline(never) func activateRun(
  _ f: UnsafePointer<Activation>, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
  _ count: Int
) {
  let a = all(f.pointee.a)
  let b = all(f.pointee.b)
  @inline(__always) func each(_ function: (Vector) -> Vector) {
    var i = 0
    while i < count {
      store(y, i, function(load(x, i)))
      i &+= lanes
    }
  }
  // The switch stands outside of the loops, each of which is there once.
  switch f.pointee.kind {
  case .identity: each { $0 }
  case .clip: each { atMost(b, atLeast(a, $0)) }
  case .leakyRelu: each { $0.replacing(with: $0 * a, where: $0 .< 0) }
  case .sigmoid: each { logistic($0) }
  case .hardSigmoid: each { atMost(all(1), atLeast(all(0), fma(b, $0, a))) }
  case .hardSwish:
    each { $0 * atMost(all(1), atLeast(all(0), fma(all(0.5), $0, all(1 / 6)))) }
  case .silu: each { $0 * logistic($0) }
  case .tanh: each { 2 * logistic($0 + $0) - 1 }
  case .elu: each { $0.replacing(with: (exponential($0) - 1) * a, where: $0 .< 0) }
  case .gelu:
    each { $0 * fma(all(0.5), all(0.5), errorFunction($0 * 0.707_106_77)) }
  case .geluTanh:
    // ½ · (1 + tanh u) is σ(2u).
    each { $0 * logistic(1.595_769_1 * fma($0, $0 * $0 * $0, all(0.044_715))) }
  case .erf: each { errorFunction($0) }
  case .absolute: each { $0.replacing(with: 0 - $0, where: $0 .< 0) }
  case .negate: each { 0 - $0 }
  case .reciprocal: each { 1 / $0 }
  case .squareRoot: each { $0.squareRoot() }
  }
}

/// y = f(x) for `pixels` pixels of one row; y may be x.
@inline(never) func activateRow(
  _ f: UnsafePointer<Activation>, _ x: UnsafePointer<Float>, _ xStride: Int,
  _ y: UnsafeMutablePointer<Float>, _ yStride: Int, _ pixels: Int, _ channels: Int
) {
  if xStride == channels && yStride == channels {
    activateRun(f, x, y, pixels &* channels)
  } else {
    for i in 0..<pixels { activateRun(f, x + i &* xStride, y + i &* yStride, channels) }
  }
}

/// Applies the activation to what a tile has just written: `vectors` vectors of each pixel.
@inline(never) func activateTile(
  _ arguments: UnsafePointer<TileArguments>, _ pixels: UnsafePointer<PixelOffsets>, _ rows: Int,
  _ column: Int, _ vectors: Int
) {
  let y = arguments.pointee.y + column
  var f = arguments.pointee.epilogue.activation
  for i in 0..<rows {
    let to = y + Int(pixels[i].output)
    activateRun(&f, to, to, vectors &* lanes)
  }
}

/// Whether a function is left to apply when the sums are written.
@inline(__always) func activates(_ arguments: UnsafePointer<TileArguments>) -> Bool {
  if case .identity = arguments.pointee.epilogue.activation.kind { false } else { true }
}
