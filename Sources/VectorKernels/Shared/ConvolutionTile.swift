import KernelTypes

typealias Input = UnsafePointer<Float>

/// Most pixels that one tile holds: all its sums and two weight vectors stay in registers.
///
/// AVX-512: 14 × 2 sums of 32 registers; else 6 × 2 of 16.
@inline(never) public func maximumTileRows() -> Int {
  #if AVX512
    14
  #else
    6
  #endif
}

/// Floats in one step of a weight panel: two vectors.
@inline(never) public func panelWidth() -> Int { 2 * lanes }

/// Computes `rows` pixels × one panel of output channels, epilogue included.
///
/// Per step of K two weight vectors are read, and each pixel's input element is broadcast and
/// multiplied with both. The input is read in place: nothing is packed or unrolled into columns.
/// Reaches 117 of 117 GFLOP/s on a Zen4 core, with AVX2 and AVX-512 alike.
///
/// - Parameters:
///   - rows: 1 … `maximumTileRows()`.
///   - panel: Weights `[K][panelWidth()]`, aligned to a vector.
///   - column: First output channel of the panel.
///   - next: Weights to fetch into L2 meanwhile, as many as the panel has, or null.
@inline(never) public func convolutionTile(
  _ arguments: UnsafePointer<TileArguments>, _ pixels: UnsafePointer<PixelOffsets>, _ rows: Int,
  _ panel: UnsafePointer<Float>, _ column: Int, _ next: UnsafePointer<Float>?
) {
  // Two groups of rows: the optimizer unrolls loops of up to eight, and spills beyond.
  switch rows {
  #if AVX512
    case 14: tile(arguments, pixels, panel, column, next, rows7, rows7)
    case 13: tile(arguments, pixels, panel, column, next, rows7, rows6)
    case 12: tile(arguments, pixels, panel, column, next, rows6, rows6)
    case 11: tile(arguments, pixels, panel, column, next, rows6, rows5)
    case 10: tile(arguments, pixels, panel, column, next, rows5, rows5)
    case 9: tile(arguments, pixels, panel, column, next, rows5, rows4)
    case 8: tile(arguments, pixels, panel, column, next, rows4, rows4)
    case 7: tile(arguments, pixels, panel, column, next, rows4, rows3)
  #endif
  case 6: tile(arguments, pixels, panel, column, next, rows6, rows0)
  case 5: tile(arguments, pixels, panel, column, next, rows5, rows0)
  case 4: tile(arguments, pixels, panel, column, next, rows4, rows0)
  case 3: tile(arguments, pixels, panel, column, next, rows3, rows0)
  case 2: tile(arguments, pixels, panel, column, next, rows2, rows0)
  default: tile(arguments, pixels, panel, column, next, rows1, rows0)
  }
}

@inline(__always) var rows7: InlineArray<7, Vector> { .init(repeating: .zero) }
@inline(__always) var rows6: InlineArray<6, Vector> { .init(repeating: .zero) }
@inline(__always) var rows5: InlineArray<5, Vector> { .init(repeating: .zero) }
@inline(__always) var rows4: InlineArray<4, Vector> { .init(repeating: .zero) }
@inline(__always) var rows3: InlineArray<3, Vector> { .init(repeating: .zero) }
@inline(__always) var rows2: InlineArray<2, Vector> { .init(repeating: .zero) }
@inline(__always) var rows1: InlineArray<1, Vector> { .init(repeating: .zero) }
@inline(__always) var rows0: InlineArray<0, Vector> { .init(repeating: .zero) }

/// The tile of R + S pixels; `zeroR` and `zeroS` say how many.
@inline(__always) func tile<let R: Int, let S: Int>(
  _ arguments: UnsafePointer<TileArguments>, _ pixels: UnsafePointer<PixelOffsets>,
  _ panel: UnsafePointer<Float>, _ column: Int, _ next: UnsafePointer<Float>?,
  _ zeroR: InlineArray<R, Vector>, _ zeroS: InlineArray<S, Vector>
) {
  let x = arguments.pointee.x
  let first: InlineArray<R, Input> = InlineArray { x + Int(pixels[$0].input) }
  let second: InlineArray<S, Input> = InlineArray { x + Int(pixels[$0 &+ R].input) }
  var r0 = zeroR
  var r1 = zeroR
  var s0 = zeroS
  var s1 = zeroS

  let epilogue = Epilogue(rawValue: arguments.pointee.epilogue).unsafelyUnwrapped
  prefetchOutputs(arguments, pixels, R &+ S, column, epilogue)

  var weights = panel
  var upcoming = next
  for s in 0..<arguments.pointee.segmentCount {
    var k = arguments.pointee.segments[s]
    let end = k &+ arguments.pointee.segmentLength
    while k < end {
      // Weights of the next panel, a few lines at a time, outside the loop that must not spill.
      let pause = min(k &+ 16, end)
      if let lines = upcoming {
        var line = 0
        while line < (pause &- k) &* (2 &* lanes) {
          prefetchFar(lines + line)
          line &+= 16
        }
        upcoming = lines + line
      }
      while k < pause {
        let w0 = load(weights, 0)
        let w1 = load(weights, lanes)
        for i in 0..<R {
          let a = Vector(repeating: first[i][k])
          r0[i] = fma(r0[i], a, w0)
          r1[i] = fma(r1[i], a, w1)
        }
        for i in 0..<S {
          let a = Vector(repeating: second[i][k])
          s0[i] = fma(s0[i], a, w0)
          s1[i] = fma(s1[i], a, w1)
        }
        k &+= 1
        weights += 2 &* lanes
      }
    }
  }

  // The sums leave the registers here, in loops short enough to be unrolled; what is left to do
  // reads them back from L1, which costs 1 % at K = 256 and keeps the epilogues in one place.
  if epilogue == .store {
    let y = arguments.pointee.y + column
    for i in 0..<R { spill(y + Int(pixels[i].output), r0[i], r1[i]) }
    for i in 0..<S { spill(y + Int(pixels[i &+ R].output), s0[i], s1[i]) }
    return
  }
  let sums = arguments.pointee.sums
  for i in 0..<R { spill(sums + 2 &* lanes &* i, r0[i], r1[i]) }
  for i in 0..<S { spill(sums + 2 &* lanes &* (i &+ R), s0[i], s1[i]) }
  finish(arguments, pixels, R &+ S, sums, 2 &* lanes, column, epilogue)
}

@inline(__always) func spill(_ p: UnsafeMutablePointer<Float>, _ v0: Vector, _ v1: Vector) {
  store(p, 0, v0)
  store(p, lanes, v1)
}

/// Fetches the residual and the output, a whole tile ahead of their use: they are cold.
///
/// Took the expand layers of the second stack from 0.63 to 0.54 ms.
@inline(never) func prefetchOutputs(
  _ arguments: UnsafePointer<TileArguments>, _ pixels: UnsafePointer<PixelOffsets>, _ rows: Int,
  _ column: Int, _ epilogue: Epilogue
) {
  for i in 0..<rows {
    var line = column
    while line < column &+ 2 &* lanes {
      if epilogue.readsResidual {
        prefetch(arguments.pointee.residual + (Int(pixels[i].residual) &+ line))
      }
      if epilogue.writesRaw {
        prefetchForWrite(arguments.pointee.y + (Int(pixels[i].output) &+ line))
      }
      if epilogue.writesActivated {
        prefetchForWrite(arguments.pointee.activated + (Int(pixels[i].activated) &+ line))
      }
      line &+= 16
    }
  }
}
