import KernelTypes

@inline(__always) func addsBias(_ arguments: UnsafePointer<TileArguments>) -> Bool {
  if case .nothing = arguments.pointee.epilogue.adds { false } else { true }
}

@inline(__always) func addsResidual(_ arguments: UnsafePointer<TileArguments>) -> Bool {
  if case .biasAndResidual = arguments.pointee.epilogue.adds { true } else { false }
}

@inline(__always) func writesOutput(_ arguments: UnsafePointer<TileArguments>) -> Bool {
  if case .activatedCopy = arguments.pointee.epilogue.writes { false } else { true }
}

@inline(__always) func writesActivatedCopy(_ arguments: UnsafePointer<TileArguments>) -> Bool {
  if case .output = arguments.pointee.epilogue.writes { false } else { true }
}

/// v between the epilogue's limits.
@inline(__always) func limited(
  _ arguments: UnsafePointer<TileArguments>, _ v: Vector
) -> Vector {
  atMost(
    Vector(repeating: arguments.pointee.epilogue.most),
    atLeast(Vector(repeating: arguments.pointee.epilogue.least), v))
}

/// The epilogues that read a residual or write an activated copy, for two vectors of one pixel.
@inline(__always) func finishPixel(
  _ arguments: UnsafePointer<TileArguments>, _ pixel: UnsafePointer<PixelOffsets>, _ column: Int,
  _ sum0: Vector, _ sum1: Vector, _ scale0: Vector, _ scale1: Vector,
  _ shift0: Vector, _ shift1: Vector
) {
  var (v0, v1) = (sum0, sum1)
  if addsResidual(arguments) {
    let residual = arguments.pointee.residual + (Int(pixel.pointee.residual) &+ column)
    v0 += load(residual, 0)
    v1 += load(residual, lanes)
  }
  if writesOutput(arguments) {
    let y = arguments.pointee.y + (Int(pixel.pointee.output) &+ column)
    store(y, 0, limited(arguments, v0))
    store(y, lanes, limited(arguments, v1))
  }
  if writesActivatedCopy(arguments) {
    let activated = arguments.pointee.activated + (Int(pixel.pointee.activated) &+ column)
    store(activated, 0, relu(fma(shift0, v0, scale0)))
    store(activated, lanes, relu(fma(shift1, v1, scale1)))
  }
}

/// Finishes the sums of `rows` pixels × one panel of channels that OpenBLAS left in memory.
///
/// - `sums`: `[rows][stride]`, the first column being output channel `column`.
@inline(never) func applyEpilogue(
  _ arguments: UnsafePointer<TileArguments>, _ pixels: UnsafePointer<PixelOffsets>, _ rows: Int,
  _ sums: UnsafePointer<Float>, _ stride: Int, _ column: Int
) {
  let bias0 = load(arguments.pointee.bias, column)
  let bias1 = load(arguments.pointee.bias, column &+ lanes)
  if !addsResidual(arguments) && !writesActivatedCopy(arguments) {
    let y = arguments.pointee.y + column
    let least = Vector(repeating: arguments.pointee.epilogue.least)
    let most = Vector(repeating: arguments.pointee.epilogue.most)
    for i in 0..<rows {
      let row = sums + i &* stride
      let to = y + Int(pixels[i].output)
      store(to, 0, atMost(most, atLeast(least, loadUnaligned(row, 0) + bias0)))
      store(to, lanes, atMost(most, atLeast(least, loadUnaligned(row, lanes) + bias1)))
    }
    if activates(arguments) { activateTile(arguments, pixels, rows, column, 2) }
    return
  }
  let scale0 = load(arguments.pointee.scale, column)
  let scale1 = load(arguments.pointee.scale, column &+ lanes)
  let shift0 = load(arguments.pointee.shift, column)
  let shift1 = load(arguments.pointee.shift, column &+ lanes)
  for i in 0..<rows {
    let row = sums + i &* stride
    finishPixel(
      arguments, pixels + i, column, loadUnaligned(row, 0) + bias0,
      loadUnaligned(row, lanes) + bias1, scale0, scale1, shift0, shift1)
  }
  if activates(arguments) { activateTile(arguments, pixels, rows, column, 2) }
}
