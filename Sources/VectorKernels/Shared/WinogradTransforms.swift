// Lavin & Gray 2016, "Fast Algorithms for Convolutional Neural Networks": F(2×2, 3×3) and
// F(4×4, 3×3). A tile of m×m outputs needs (m+2)×(m+2) inputs; both transforms are a small matrix
// applied to the columns and then to the rows, one vector of channels at a time. The two passes
// go through a scratch of (m+2)² vectors: straight-line code spills more and is no faster.

/// One line of Bᵀ·d for m = 4.
@inline(__always) func input4(
  _ d0: Vector, _ d1: Vector, _ d2: Vector, _ d3: Vector, _ d4: Vector, _ d5: Vector,
  _ write: (Int, Vector) -> Void
) {
  let four = Vector(repeating: 4)
  let minusFive = Vector(repeating: -5)
  write(0, fma(fma(d4, d2, minusFive), d0, four))
  write(1, fma(d3 + d4, d1 + d2, -four))
  write(2, fma(d4 - d3, d1 - d2, four))
  let even = d4 - d2
  let odd = (d3 - d1) + (d3 - d1)
  write(3, even + odd)
  write(4, even - odd)
  write(5, fma(fma(d5, d3, minusFive), d1, four))
}

/// One line of Aᵀ·m for m = 4.
@inline(__always) func output4(
  _ m0: Vector, _ m1: Vector, _ m2: Vector, _ m3: Vector, _ m4: Vector, _ m5: Vector,
  _ write: (Int, Vector) -> Void
) {
  let (sum12, difference12) = (m1 + m2, m1 - m2)
  let (sum34, difference34) = (m3 + m4, m3 - m4)
  write(0, m0 + sum12 + sum34)
  write(1, fma(difference12, difference34, Vector(repeating: 2)))
  write(2, fma(sum12, sum34, Vector(repeating: 4)))
  write(3, fma(difference12, difference34, Vector(repeating: 8)) + m5)
}

/// Transforms one input tile of 6×6 pixels into its 36 frequencies.
///
/// - `x`: The tile's first pixel; rows are `rowStride`, pixels `pixelStride` elements apart.
/// - `v`: The first frequency; the next is `frequencyStride` elements further.
/// - `channels`: How many, a multiple of the vector's lanes.
/// - `scratch`: Room for 36 vectors.
@inline(never) public func winogradInput4(
  _ x: UnsafePointer<Float>, _ rowStride: Int, _ pixelStride: Int,
  _ v: UnsafeMutablePointer<Float>, _ frequencyStride: Int, _ channels: Int,
  _ scratch: UnsafeMutablePointer<Float>
) {
  var c = 0
  while c < channels {
    for column in 0..<6 {
      let p = x + (column &* pixelStride &+ c)
      let t = scratch + column &* lanes
      input4(
        load(p, 0), load(p, rowStride), load(p, 2 &* rowStride), load(p, 3 &* rowStride),
        load(p, 4 &* rowStride), load(p, 5 &* rowStride)
      ) { store(t, $0 &* 6 &* lanes, $1) }
    }
    for row in 0..<6 {
      let t = scratch + row &* 6 &* lanes
      let out = v + (row &* 6 &* frequencyStride &+ c)
      input4(
        load(t, 0), load(t, lanes), load(t, 2 &* lanes), load(t, 3 &* lanes), load(t, 4 &* lanes),
        load(t, 5 &* lanes)
      ) { store(out, $0 &* frequencyStride, $1) }
    }
    c &+= lanes
  }
}

/// Transforms 36 frequencies back into at most 4×4 output pixels, adds the bias, applies ReLU.
///
/// - `rows`: How many of the tile's 4 rows exist; `columns` likewise.
@inline(never) public func winogradOutput4(
  _ m: UnsafePointer<Float>, _ frequencyStride: Int, _ y: UnsafeMutablePointer<Float>,
  _ rowStride: Int, _ pixelStride: Int, _ channels: Int, _ bias: UnsafePointer<Float>,
  _ rectify: Bool, _ rows: Int, _ columns: Int, _ scratch: UnsafeMutablePointer<Float>
) {
  var c = 0
  while c < channels {
    let b = load(bias, c)
    for column in 0..<6 {
      let p = m + (column &* frequencyStride &+ c)
      let t = scratch + column &* lanes
      let step = 6 &* frequencyStride
      output4(
        load(p, 0), load(p, step), load(p, 2 &* step), load(p, 3 &* step), load(p, 4 &* step),
        load(p, 5 &* step)
      ) { store(t, $0 &* 6 &* lanes, $1) }
    }
    for row in 0..<rows {
      let t = scratch + row &* 6 &* lanes
      let out = y + (row &* rowStride &+ c)
      output4(
        load(t, 0), load(t, lanes), load(t, 2 &* lanes), load(t, 3 &* lanes), load(t, 4 &* lanes),
        load(t, 5 &* lanes)
      ) {
        if $0 < columns {
          let value = $1 + b
          store(out, $0 &* pixelStride, rectify ? relu(value) : value)
        }
      }
    }
    c &+= lanes
  }
}

/// Transforms one input tile of 4×4 pixels into its 16 frequencies; parameters as for m = 4.
@inline(never) public func winogradInput2(
  _ x: UnsafePointer<Float>, _ rowStride: Int, _ pixelStride: Int,
  _ v: UnsafeMutablePointer<Float>, _ frequencyStride: Int, _ channels: Int,
  _ scratch: UnsafeMutablePointer<Float>
) {
  var c = 0
  while c < channels {
    for column in 0..<4 {
      let p = x + (column &* pixelStride &+ c)
      let t = scratch + column &* lanes
      let (d0, d1) = (load(p, 0), load(p, rowStride))
      let (d2, d3) = (load(p, 2 &* rowStride), load(p, 3 &* rowStride))
      store(t, 0, d0 - d2)
      store(t, 4 &* lanes, d1 + d2)
      store(t, 8 &* lanes, d2 - d1)
      store(t, 12 &* lanes, d1 - d3)
    }
    for row in 0..<4 {
      let t = scratch + row &* 4 &* lanes
      let out = v + (row &* 4 &* frequencyStride &+ c)
      let (d0, d1, d2, d3) = (load(t, 0), load(t, lanes), load(t, 2 &* lanes), load(t, 3 &* lanes))
      store(out, 0, d0 - d2)
      store(out, frequencyStride, d1 + d2)
      store(out, 2 &* frequencyStride, d2 - d1)
      store(out, 3 &* frequencyStride, d1 - d3)
    }
    c &+= lanes
  }
}

/// Transforms 16 frequencies back into at most 2×2 output pixels; parameters as for m = 4.
@inline(never) public func winogradOutput2(
  _ m: UnsafePointer<Float>, _ frequencyStride: Int, _ y: UnsafeMutablePointer<Float>,
  _ rowStride: Int, _ pixelStride: Int, _ channels: Int, _ bias: UnsafePointer<Float>,
  _ rectify: Bool, _ rows: Int, _ columns: Int, _ scratch: UnsafeMutablePointer<Float>
) {
  var c = 0
  while c < channels {
    let b = load(bias, c)
    for column in 0..<4 {
      let p = m + (column &* frequencyStride &+ c)
      let t = scratch + column &* lanes
      let step = 4 &* frequencyStride
      let (m0, m1, m2, m3) = (load(p, 0), load(p, step), load(p, 2 &* step), load(p, 3 &* step))
      store(t, 0, m0 + m1 + m2)
      store(t, 4 &* lanes, m1 - m2 - m3)
    }
    for row in 0..<rows {
      let t = scratch + row &* 4 &* lanes
      let out = y + (row &* rowStride &+ c)
      let (m0, m1, m2, m3) = (load(t, 0), load(t, lanes), load(t, 2 &* lanes), load(t, 3 &* lanes))
      let left = m0 + m1 + m2 + b
      store(out, 0, rectify ? relu(left) : left)
      if columns > 1 {
        let right = m1 - m2 - m3 + b
        store(out, pixelStride, rectify ? relu(right) : right)
      }
    }
    c &+= lanes
  }
}
