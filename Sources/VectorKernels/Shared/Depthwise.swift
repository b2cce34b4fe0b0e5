import KernelTypes

/// One row of a depthwise convolution with any window, bias and limits included.
///
/// A weight serves eight neighbours, and all channels of eight pixels come before the next eight:
/// what they read stays in the first-level cache.
///
/// - `x`: Pixel under the first tap of the first window.
/// - `rowStep`, `columnStep`: Elements from a tap to the one below it, and beside it.
/// - `step`: Elements from one window to the next.
/// - `weights`: `[height · width][columns]`.
@inline(never) func depthwiseWindowRow(
  _ x: UnsafePointer<Float>, _ height: Int, _ width: Int, _ rowStep: Int, _ columnStep: Int,
  _ step: Int, _ y: UnsafeMutablePointer<Float>, _ yStride: Int, _ pixels: Int, _ channels: Int,
  _ weights: UnsafePointer<Float>, _ columns: Int, _ bias: UnsafePointer<Float>,
  _ limits: UnsafePointer<Epilogue>
) {
  let least = Vector(repeating: limits.pointee.least)
  let most = Vector(repeating: limits.pointee.most)
  @inline(__always) func block<let R: Int>(_ first: Int, _ zeros: InlineArray<R, Vector>) {
    var c = 0
    while c < channels {
      let b = load(bias, c)
      var sums: InlineArray<R, Vector> = InlineArray { _ in b }
      var w = weights + c
      var line = x + (first &* step &+ c)
      for _ in 0..<height {
        var p = line
        for _ in 0..<width {
          let weight = load(w, 0)
          unrolled(R) { i in sums[i] = fma(sums[i], load(p, i &* step), weight) }
          p += columnStep
          w += columns
        }
        line += rowStep
      }
      let to = y + (first &* yStride &+ c)
      unrolled(R) { i in store(to, i &* yStride, atMost(most, atLeast(least, sums[i]))) }
      c &+= lanes
    }
  }
  var first = 0
  while first &+ 8 <= pixels {
    block(first, InlineArray<8, Vector>.zeros)
    first &+= 8
  }
  if first &+ 4 <= pixels {
    block(first, InlineArray<4, Vector>.zeros)
    first &+= 4
  }
  if first &+ 2 <= pixels {
    block(first, InlineArray<2, Vector>.zeros)
    first &+= 2
  }
  if first < pixels { block(first, InlineArray<1, Vector>.zeros) }
}
