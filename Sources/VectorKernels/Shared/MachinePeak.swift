/// Multiply–adds at the processor's full rate: twelve independent sums in registers.
///
/// - Returns: A number that depends on all of them, so that none is left out.
@inline(never) func multiplyAddLoop(_ rounds: Int, _ factor: Float) -> Float {
  let m = Vector(repeating: factor)
  var sums = InlineArray<12, Vector>(repeating: Vector(repeating: 1))
  for _ in 0..<rounds {
    sums[0] = fma(m, sums[0], m)
    sums[1] = fma(m, sums[1], m)
    sums[2] = fma(m, sums[2], m)
    sums[3] = fma(m, sums[3], m)
    sums[4] = fma(m, sums[4], m)
    sums[5] = fma(m, sums[5], m)
    sums[6] = fma(m, sums[6], m)
    sums[7] = fma(m, sums[7], m)
    sums[8] = fma(m, sums[8], m)
    sums[9] = fma(m, sums[9], m)
    sums[10] = fma(m, sums[10], m)
    sums[11] = fma(m, sums[11], m)
  }
  var total = Vector.zero
  for i in 0..<12 { total += sums[i] }
  return total.sum()
}

/// Floating-point operations of one round of ``multiplyAddLoop``.
@inline(never) func multiplyAddLoopOperations() -> Int { 12 &* 2 &* lanes }
