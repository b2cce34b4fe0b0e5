// Everything that works pixel by pixel outside a convolution. Channels are counted in whole
// vectors: buffers are padded to that.

/// y = x · scale + shift, then max(·, 0) if `appliesReLU`, for `pixels` pixels of one row.
@inline(never) func affine(
  _ x: UnsafePointer<Float>, _ xStride: Int, _ y: UnsafeMutablePointer<Float>, _ yStride: Int,
  _ pixels: Int, _ channels: Int, _ scale: UnsafePointer<Float>, _ shift: UnsafePointer<Float>,
  _ appliesReLU: Bool
) {
  for i in 0..<pixels {
    let from = x + i &* xStride
    let to = y + i &* yStride
    var c = 0
    while c < channels {
      let v = fma(load(shift, c), load(from, c), load(scale, c))
      store(to, c, appliesReLU ? relu(v) : v)
      c &+= lanes
    }
  }
}

/// y = max(x, 0) for `pixels` pixels of one row.
@inline(never) func reluRow(
  _ x: UnsafePointer<Float>, _ xStride: Int, _ y: UnsafeMutablePointer<Float>, _ yStride: Int,
  _ pixels: Int, _ channels: Int
) {
  for i in 0..<pixels {
    var c = 0
    while c < channels {
      store(y + i &* yStride, c, relu(load(x + i &* xStride, c)))
      c &+= lanes
    }
  }
}

/// y = a + b for `pixels` pixels of one row.
@inline(never) func addRows(
  _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>, _ bStride: Int,
  _ y: UnsafeMutablePointer<Float>, _ yStride: Int, _ pixels: Int, _ channels: Int
) {
  for i in 0..<pixels {
    var c = 0
    while c < channels {
      store(y + i &* yStride, c, load(a + i &* aStride, c) + load(b + i &* bStride, c))
      c &+= lanes
    }
  }
}

/// Max pooling of one row of output pixels, then an affine map and ReLU if `scale` is given.
///
/// The first pool, its batch norm and its ReLU in one pass take 0.05 ms instead of 0.2.
///
/// - `x`: First pixel of the first window; windows are `stride` pixels apart.
/// - `window`: Side of the window, in pixels.
@inline(never) func maxPoolRow(
  _ x: UnsafePointer<Float>, _ rowStride: Int, _ pixelStride: Int, _ window: Int, _ stride: Int,
  _ y: UnsafeMutablePointer<Float>, _ yStride: Int, _ pixels: Int, _ channels: Int,
  _ scale: UnsafePointer<Float>?, _ shift: UnsafePointer<Float>?, _ appliesReLU: Bool
) {
  for i in 0..<pixels {
    let first = x + i &* stride &* pixelStride
    var c = 0
    while c < channels {
      var largest = load(first, c)
      for row in 0..<window {
        let p = first + (row &* rowStride &+ c)
        for column in 0..<window {
          let v = load(p, column &* pixelStride)
          largest = largest.replacing(with: v, where: v .> largest)
        }
      }
      if let scale, let shift { largest = fma(load(shift, c), largest, load(scale, c)) }
      store(y + i &* yStride, c, appliesReLU ? relu(largest) : largest)
      c &+= lanes
    }
  }
}

/// Mean over `pixels` pixels, each `xStride` elements from the last, summed in order.
@inline(never) func globalAverage(
  _ x: UnsafePointer<Float>, _ rowStride: Int, _ pixelStride: Int, _ rows: Int, _ columns: Int,
  _ y: UnsafeMutablePointer<Float>, _ channels: Int
) {
  let factor = Vector(repeating: 1 / Float(rows &* columns))
  var c = 0
  while c < channels {
    var sum = Vector.zero
    for row in 0..<rows {
      for column in 0..<columns {
        sum += load(x + (row &* rowStride &+ column &* pixelStride), c)
      }
    }
    store(y, c, sum * factor)
    c &+= lanes
  }
}
