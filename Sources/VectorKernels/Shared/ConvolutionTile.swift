import KernelTypes

typealias Input = UnsafePointer<Float>

/// Most pixels that one tile holds: all its sums and two weight vectors stay in registers.
///
/// AVX-512: 14 × 2 sums of 32 registers; else 6 × 2 of 16.
@inline(never) func maximumTileRows() -> Int {
  #if AVX512
    14
  #else
    6
  #endif
}

/// Floats in one step of a weight panel: two vectors.
@inline(never) func panelWidth() -> Int { 2 * lanes }

/// Steps of K from one portion of fetched weights to the next.
@inline(__always) var fetchSteps: Int { 8 }

/// Pixels whose outputs are fetched at a time; a small tile's all at once cost less than its pauses.
@inline(__always) var outputsOfAFetch: Int { lanes == 16 ? 1 : 6 }

/// Computes `rows` pixels × one panel of output channels, epilogue included.
///
/// Per step of K two weight vectors are read, and each pixel's input element is broadcast and
/// multiplied with both. The input is read in place: nothing is packed or unrolled into columns.
/// Reaches 117 of 117 GFLOP/s on a Zen4 core, with AVX2 and AVX-512 alike.
///
/// - `rows`: 1 … `maximumTileRows()`.
/// - `panel`: Weights `[K][panelWidth()]`, aligned to a vector.
/// - `column`: First output channel of the panel.
/// - `next`: Weights to fetch into L2 meanwhile, or null.
/// - `share`: How many floats of them for each `fetchSteps` of K; a multiple of 16.
@inline(never) func convolutionTile(
  _ arguments: UnsafePointer<TileArguments>, _ pixels: UnsafePointer<PixelOffsets>, _ rows: Int,
  _ panel: UnsafePointer<Float>, _ column: Int, _ next: UnsafePointer<Float>?, _ share: Int
) {
  switch rows {
  #if AVX512
    case 14: tile(arguments, pixels, panel, column, next, share, InlineArray<14, Vector>.zeros)
    case 13: tile(arguments, pixels, panel, column, next, share, InlineArray<13, Vector>.zeros)
    case 12: tile(arguments, pixels, panel, column, next, share, InlineArray<12, Vector>.zeros)
    case 11: tile(arguments, pixels, panel, column, next, share, InlineArray<11, Vector>.zeros)
    case 10: tile(arguments, pixels, panel, column, next, share, InlineArray<10, Vector>.zeros)
    case 9: tile(arguments, pixels, panel, column, next, share, InlineArray<9, Vector>.zeros)
    case 8: tile(arguments, pixels, panel, column, next, share, InlineArray<8, Vector>.zeros)
    case 7: tile(arguments, pixels, panel, column, next, share, InlineArray<7, Vector>.zeros)
  #endif
  case 6: tile(arguments, pixels, panel, column, next, share, InlineArray<6, Vector>.zeros)
  case 5: tile(arguments, pixels, panel, column, next, share, InlineArray<5, Vector>.zeros)
  case 4: tile(arguments, pixels, panel, column, next, share, InlineArray<4, Vector>.zeros)
  case 3: tile(arguments, pixels, panel, column, next, share, InlineArray<3, Vector>.zeros)
  case 2: tile(arguments, pixels, panel, column, next, share, InlineArray<2, Vector>.zeros)
  default: tile(arguments, pixels, panel, column, next, share, InlineArray<1, Vector>.zeros)
  }
  if activates(arguments) { activateTile(arguments, pixels, rows, column, 2) }
}

extension InlineArray where Element == Vector {
  // `Self(repeating:)` would leave a copy of the library's code behind that others may link to.
  @inline(__always) static var zeros: Self { Self { _ in .zero } }
}

/// `body(0)` … `body(count - 1)`, written out, for a constant `count` of at most 14.
///
/// The optimizer unrolls loops only while they are short, and sums indexed by a variable live in
/// memory, at a quarter of the speed. With constant indices they stay in registers.
@inline(__always) func unrolled(_ count: Int, _ body: (Int) -> Void) {
  if count > 0 { body(0) }
  if count > 1 { body(1) }
  if count > 2 { body(2) }
  if count > 3 { body(3) }
  if count > 4 { body(4) }
  if count > 5 { body(5) }
  if count > 6 { body(6) }
  if count > 7 { body(7) }
  if count > 8 { body(8) }
  if count > 9 { body(9) }
  if count > 10 { body(10) }
  if count > 11 { body(11) }
  if count > 12 { body(12) }
  if count > 13 { body(13) }
}

/// The tile of R pixels; `zeros` says how many.
@inline(__always) func tile<let R: Int>(
  _ arguments: UnsafePointer<TileArguments>, _ pixels: UnsafePointer<PixelOffsets>,
  _ panel: UnsafePointer<Float>, _ column: Int, _ next: UnsafePointer<Float>?, _ share: Int,
  _ zeros: InlineArray<R, Vector>
) {
  let x = arguments.pointee.x
  let inputs: InlineArray<R, Input> = InlineArray { x + Int(pixels[$0].input) }
  let hasBias = addsBias(arguments)
  let bias0 = hasBias ? load(arguments.pointee.bias, column) : .zero
  let bias1 = hasBias ? load(arguments.pointee.bias, column &+ lanes) : .zero
  var sums0: InlineArray<R, Vector> = InlineArray { _ in bias0 }
  var sums1: InlineArray<R, Vector> = InlineArray { _ in bias1 }

  var weights = panel
  var upcoming = next
  var fetched = 0
  for s in 0..<arguments.pointee.segmentCount {
    var k = arguments.pointee.segments[s]
    let end = k &+ arguments.pointee.segmentLength
    while k < end {
      // What is needed later is fetched a few lines at a time, outside the inner loop, which must
      // not spill: many at once hold up what the loop reads next.
      let isFetching = fetched < R || upcoming != nil
      let pause = isFetching ? min(k &+ fetchSteps, end) : end
      if fetched < R {
        let upTo = min(fetched &+ outputsOfAFetch, R)
        prefetchOutputs(arguments, pixels, fetched, upTo, column)
        fetched = upTo
      }
      if let lines = upcoming {
        var line = 0
        while line < share {
          prefetchFar(lines + line)
          line &+= 16
        }
        upcoming = lines + share
      }
      while k < pause {
        let w0 = load(weights, 0)
        let w1 = load(weights, lanes)
        unrolled(R) { i in
          let a = Vector(repeating: inputs[i][k])
          sums0[i] = fma(sums0[i], a, w0)
          sums1[i] = fma(sums1[i], a, w1)
        }
        k &+= 1
        weights += 2 &* lanes
      }
    }
  }

  if !hasBias {
    let y = arguments.pointee.y + column
    unrolled(R) { i in
      store(y + Int(pixels[i].output), 0, sums0[i])
      store(y + Int(pixels[i].output), lanes, sums1[i])
    }
    return
  }
  if !addsResidual(arguments) && !writesActivatedCopy(arguments) {
    let y = arguments.pointee.y + column
    let least = Vector(repeating: arguments.pointee.epilogue.least)
    let most = Vector(repeating: arguments.pointee.epilogue.most)
    unrolled(R) { i in
      store(y + Int(pixels[i].output), 0, atMost(most, atLeast(least, sums0[i])))
      store(y + Int(pixels[i].output), lanes, atMost(most, atLeast(least, sums1[i])))
    }
    return
  }
  let scale0 = load(arguments.pointee.scale, column)
  let scale1 = load(arguments.pointee.scale, column &+ lanes)
  let shift0 = load(arguments.pointee.shift, column)
  let shift1 = load(arguments.pointee.shift, column &+ lanes)
  if addsResidual(arguments) && writesOutput(arguments) && writesActivatedCopy(arguments) {
    // The expand layers' case, without asking for each pixel: the next tile starts earlier.
    let residual = arguments.pointee.residual + column
    let y = arguments.pointee.y + column
    let activated = arguments.pointee.activated + column
    unrolled(R) { i in
      let from = residual + Int(pixels[i].residual)
      let v0 = sums0[i] + load(from, 0)
      let v1 = sums1[i] + load(from, lanes)
      let to = y + Int(pixels[i].output)
      store(to, 0, v0)
      store(to, lanes, v1)
      let copy = activated + Int(pixels[i].activated)
      store(copy, 0, relu(fma(shift0, v0, scale0)))
      store(copy, lanes, relu(fma(shift1, v1, scale1)))
    }
    return
  }
  unrolled(R) { i in
    finishPixel(
      arguments, pixels + i, column, sums0[i], sums1[i], scale0, scale1,
      shift0, shift1)
  }
}

/// Fetches the residual and the output of some pixels, long before their use: they are cold.
///
/// Took the expand layers of the second stack from 0.63 to 0.54 ms, and pixel by pixel with AVX-512
/// those of the last stack from 0.97 to 0.91 ms an image (Zen4, batch 8).
@inline(__always) func prefetchOutputs(
  _ arguments: UnsafePointer<TileArguments>, _ pixels: UnsafePointer<PixelOffsets>, _ from: Int,
  _ upTo: Int, _ column: Int
) {
  if !arguments.pointee.fetchesLines { return }
  if addsResidual(arguments) {
    let residual = arguments.pointee.residual + column
    for i in from..<upTo {
      prefetch(residual + Int(pixels[i].residual))
      if lanes == 16 { prefetch(residual + (Int(pixels[i].residual) &+ 16)) }
    }
  }
  if writesOutput(arguments) {
    let y = arguments.pointee.y + column
    for i in from..<upTo {
      prefetchForWrite(y + Int(pixels[i].output))
      if lanes == 16 { prefetchForWrite(y + (Int(pixels[i].output) &+ 16)) }
    }
  }
  if writesActivatedCopy(arguments) {
    let activated = arguments.pointee.activated + column
    for i in from..<upTo {
      prefetchForWrite(activated + Int(pixels[i].activated))
      if lanes == 16 { prefetchForWrite(activated + (Int(pixels[i].activated) &+ 16)) }
    }
  }
}
