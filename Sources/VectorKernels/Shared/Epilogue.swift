import KernelTypes

/// Finishes the sums of `rows` pixels × one panel of channels: bias, residual, activation.
///
/// - Parameters:
///   - sums: `[rows][stride]`, the first column being output channel `column`.
@inline(never) public func finish(
  _ arguments: UnsafePointer<TileArguments>, _ pixels: UnsafePointer<PixelOffsets>, _ rows: Int,
  _ sums: UnsafePointer<Float>, _ stride: Int, _ column: Int, _ epilogue: Epilogue
) {
  let bias0 = load(arguments.pointee.bias, column)
  let bias1 = load(arguments.pointee.bias, column &+ lanes)
  let y = arguments.pointee.y + column
  switch epilogue {
  case .store:
    for i in 0..<rows {
      let out = y + Int(pixels[i].output)
      store(out, 0, load(sums, i &* stride))
      store(out, lanes, load(sums, i &* stride &+ lanes))
    }
  case .bias:
    for i in 0..<rows {
      let out = y + Int(pixels[i].output)
      store(out, 0, load(sums, i &* stride) + bias0)
      store(out, lanes, load(sums, i &* stride &+ lanes) + bias1)
    }
  case .biasReLU:
    for i in 0..<rows {
      let out = y + Int(pixels[i].output)
      store(out, 0, relu(load(sums, i &* stride) + bias0))
      store(out, lanes, relu(load(sums, i &* stride &+ lanes) + bias1))
    }
  default:
    let residual = arguments.pointee.residual + column
    let activated = arguments.pointee.activated + column
    let (scale0, scale1) = (
      load(arguments.pointee.scale, column), load(arguments.pointee.scale, column &+ lanes)
    )
    let (shift0, shift1) = (
      load(arguments.pointee.shift, column), load(arguments.pointee.shift, column &+ lanes)
    )
    let readsResidual = epilogue.readsResidual
    let writesRaw = epilogue.writesRaw
    let writesActivated = epilogue.writesActivated
    for i in 0..<rows {
      var v0 = load(sums, i &* stride) + bias0
      var v1 = load(sums, i &* stride &+ lanes) + bias1
      if readsResidual {
        let other = residual + Int(pixels[i].residual)
        v0 += load(other, 0)
        v1 += load(other, lanes)
      }
      if writesRaw {
        let out = y + Int(pixels[i].output)
        store(out, 0, v0)
        store(out, lanes, v1)
      }
      if writesActivated {
        let copy = activated + Int(pixels[i].activated)
        store(copy, 0, relu(fma(shift0, v0, scale0)))
        store(copy, lanes, relu(fma(shift1, v1, scale1)))
      }
    }
  }
}
