import KernelTypes

// What networks of separable convolutions need beside the tile of 1×1 convolutions: depthwise
// rows, tiles of a single vector of output channels, and sums with a map of half the size.

/// Computes `rows` pixels × one vector of output channels, the first half of a panel.
///
/// Layers of 16 channels would waste half of a 32-wide panel. The sums take bias, a
/// residual if there is one, and the activation; there is no activated copy.
///
/// - `rows`: 1 … `maximumTileRows()`.
/// - `panel`: Weights `[K][panelWidth()]`; the second vector of each step is skipped.
/// - `column`: First output channel.
@inline(never) func narrowTile(
  _ arguments: UnsafePointer<TileArguments>, _ pixels: UnsafePointer<PixelOffsets>, _ rows: Int,
  _ panel: UnsafePointer<Float>, _ column: Int
) {
  switch rows {
  #if AVX512
    case 14: narrow(arguments, pixels, panel, column, InlineArray<14, Vector>.zeros)
    case 13: narrow(arguments, pixels, panel, column, InlineArray<13, Vector>.zeros)
    case 12: narrow(arguments, pixels, panel, column, InlineArray<12, Vector>.zeros)
    case 11: narrow(arguments, pixels, panel, column, InlineArray<11, Vector>.zeros)
    case 10: narrow(arguments, pixels, panel, column, InlineArray<10, Vector>.zeros)
    case 9: narrow(arguments, pixels, panel, column, InlineArray<9, Vector>.zeros)
    case 8: narrow(arguments, pixels, panel, column, InlineArray<8, Vector>.zeros)
    case 7: narrow(arguments, pixels, panel, column, InlineArray<7, Vector>.zeros)
  #endif
  case 6: narrow(arguments, pixels, panel, column, InlineArray<6, Vector>.zeros)
  case 5: narrow(arguments, pixels, panel, column, InlineArray<5, Vector>.zeros)
  case 4: narrow(arguments, pixels, panel, column, InlineArray<4, Vector>.zeros)
  case 3: narrow(arguments, pixels, panel, column, InlineArray<3, Vector>.zeros)
  case 2: narrow(arguments, pixels, panel, column, InlineArray<2, Vector>.zeros)
  default: narrow(arguments, pixels, panel, column, InlineArray<1, Vector>.zeros)
  }
  if activates(arguments) { activateTile(arguments, pixels, rows, column, 1) }
}

@inline(__always) func narrow<let R: Int>(
  _ arguments: UnsafePointer<TileArguments>, _ pixels: UnsafePointer<PixelOffsets>,
  _ panel: UnsafePointer<Float>, _ column: Int, _ zeros: InlineArray<R, Vector>
) {
  let x = arguments.pointee.x
  let inputs: InlineArray<R, Input> = InlineArray { x + Int(pixels[$0].input) }
  var sums = zeros
  var weights = panel
  for s in 0..<arguments.pointee.segmentCount {
    var k = arguments.pointee.segments[s]
    let end = k &+ arguments.pointee.segmentLength
    while k < end {
      let w = load(weights, 0)
      unrolled(R) { i in sums[i] = fma(sums[i], Vector(repeating: inputs[i][k]), w) }
      k &+= 1
      weights += 2 &* lanes
    }
  }
  let bias = load(arguments.pointee.bias, column)
  let y = arguments.pointee.y + column
  let residual = arguments.pointee.residual + column
  let adds = addsResidual(arguments)
  unrolled(R) { i in
    var v = sums[i] + bias
    if adds { v += load(residual, Int(pixels[i].residual)) }
    store(y + Int(pixels[i].output), 0, limited(arguments, v))
  }
}

/// One row of a depthwise 3×3 convolution of stride 1, bias and ReLU included.
///
/// A column of three vectors is loaded once and serves the three outputs that it touches.
///
/// - `above`, `middle`, `below`: Pixel 0 of three input rows; the pixels at −1 and `pixels` are read
///     as well.
/// - `channels`: How many, a multiple of the vector's lanes.
/// - `weights`: `[9][columns]`, the taps in row order.
@inline(never) func depthwiseRow(
  _ above: UnsafePointer<Float>, _ middle: UnsafePointer<Float>, _ below: UnsafePointer<Float>,
  _ xStride: Int, _ y: UnsafeMutablePointer<Float>, _ yStride: Int, _ pixels: Int,
  _ channels: Int, _ weights: UnsafePointer<Float>, _ columns: Int, _ bias: UnsafePointer<Float>,
  _ appliesReLU: Bool
) {
  let least = Vector(repeating: appliesReLU ? 0 : -.infinity)
  var c = 0
  while c < channels {
    let w = weights + c
    let w00 = load(w, 0)
    let w01 = load(w, columns)
    let w02 = load(w, 2 &* columns)
    let w10 = load(w, 3 &* columns)
    let w11 = load(w, 4 &* columns)
    let w12 = load(w, 5 &* columns)
    let w20 = load(w, 6 &* columns)
    let w21 = load(w, 7 &* columns)
    let w22 = load(w, 8 &* columns)
    let b = load(bias, c)
    var (p0, p1, p2) = (above + (c &- xStride), middle + (c &- xStride), below + (c &- xStride))
    var (a0, a1, a2) = (load(p0, 0), load(p1, 0), load(p2, 0))
    var current = fma(fma(fma(b, a0, w00), a1, w10), a2, w20)
    (a0, a1, a2) = (load(p0, xStride), load(p1, xStride), load(p2, xStride))
    current = fma(fma(fma(current, a0, w01), a1, w11), a2, w21)
    var next = fma(fma(fma(b, a0, w00), a1, w10), a2, w20)
    var to = y + c
    var left = pixels
    while left > 0 {
      (a0, a1, a2) = (load(p0, 2 &* xStride), load(p1, 2 &* xStride), load(p2, 2 &* xStride))
      store(to, 0, atLeast(least, fma(fma(fma(current, a0, w02), a1, w12), a2, w22)))
      current = fma(fma(fma(next, a0, w01), a1, w11), a2, w21)
      next = fma(fma(fma(b, a0, w00), a1, w10), a2, w20)
      p0 += xStride
      p1 += xStride
      p2 += xStride
      to += yStride
      left &-= 1
    }
    c &+= lanes
  }
}

/// y = a + b, each pixel of b standing for two: one row of a sum with a map of half the size.
@inline(never) func addUpsampledRow(
  _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>, _ bStride: Int,
  _ y: UnsafeMutablePointer<Float>, _ yStride: Int, _ pixels: Int, _ channels: Int
) {
  for i in 0..<pixels {
    var c = 0
    while c < channels {
      store(y + i &* yStride, c, load(a + i &* aStride, c) + load(b + (i >> 1) &* bStride, c))
      c &+= lanes
    }
  }
}
