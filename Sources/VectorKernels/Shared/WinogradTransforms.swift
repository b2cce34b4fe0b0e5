// Lavin & Gray 2016, "Fast Algorithms for Convolutional Neural Networks": F(m×m, 3×3) for m = 2, 4
// and 5. A tile of m×m outputs needs (m+2)×(m+2) inputs; both transforms are a small matrix applied
// to the columns and then to the rows, one vector of channels at a time. The two passes go through
// a scratch of (m+2)² vectors: straight-line code spills more and is no faster.
//
// The matrices follow from m + 1 numbers by Cook and Toom: 0, ±1 for m = 2, ±2 too for m = 4, and
// 1/2 for m = 5. Their rows for ±a share the even and the odd part.

typealias Write = (Int, Vector) -> Void

/// One line of Bᵀ·d for m = 2.
@inline(__always) func input2(_ d: InlineArray<4, Vector>, _ write: Write) {
  write(0, d[0] - d[2])
  write(1, d[1] + d[2])
  write(2, d[2] - d[1])
  write(3, d[1] - d[3])
}

/// One line of Aᵀ·m for m = 2.
@inline(__always) func output2(_ m: InlineArray<4, Vector>, _ write: Write) {
  write(0, m[0] + m[1] + m[2])
  write(1, m[1] - m[2] - m[3])
}

/// One line of Bᵀ·d for m = 4.
@inline(__always) func input4(_ d: InlineArray<6, Vector>, _ write: Write) {
  let four = Vector(repeating: 4)
  let minusFive = Vector(repeating: -5)
  write(0, fma(fma(d[4], d[2], minusFive), d[0], four))
  write(1, fma(d[3] + d[4], d[1] + d[2], -four))
  write(2, fma(d[4] - d[3], d[1] - d[2], four))
  let even = d[4] - d[2]
  let odd = (d[3] - d[1]) + (d[3] - d[1])
  write(3, even + odd)
  write(4, even - odd)
  write(5, fma(fma(d[5], d[3], minusFive), d[1], four))
}

/// One line of Aᵀ·m for m = 4.
@inline(__always) func output4(_ m: InlineArray<6, Vector>, _ write: Write) {
  let (sum12, difference12) = (m[1] + m[2], m[1] - m[2])
  let (sum34, difference34) = (m[3] + m[4], m[3] - m[4])
  write(0, m[0] + sum12 + sum34)
  write(1, fma(difference12, difference34, Vector(repeating: 2)))
  write(2, fma(sum12, sum34, Vector(repeating: 4)))
  write(3, fma(difference12, difference34, Vector(repeating: 8)) + m[5])
}

/// One line of Bᵀ·d for m = 5.
@inline(__always) func input5(_ d: InlineArray<7, Vector>, _ write: Write) {
  let minusFour = Vector(repeating: -4)
  let minusHalf = Vector(repeating: -0.5)
  // x² - 4 and x² - 1 at three places each, and their product at three.
  let four0 = fma(d[3], d[1], minusFour)
  let four1 = fma(d[4], d[2], minusFour)
  let four2 = fma(d[5], d[3], minusFour)
  let (one0, one1, one2) = (d[3] - d[1], d[4] - d[2], d[5] - d[3])
  let both0 = four1 - fma(d[2], d[0], minusFour)
  let both1 = four2 - four0
  let both2 = fma(d[6], d[4], minusFour) - four1
  write(0, fma(both1, both0, minusHalf))
  let (odd1, even1) = (fma(four1, four0, minusHalf), fma(four2, four1, minusHalf))
  write(1, even1 + odd1)
  write(2, even1 - odd1)
  let (odd2, even2) = (fma(one1, one0, minusHalf), fma(one2, one1, minusHalf))
  write(3, fma(even2, odd2, Vector(repeating: 2)))
  write(4, fma(even2, odd2, Vector(repeating: -2)))
  write(5, both1)
  write(6, fma(both2, both1, minusHalf))
}

/// One line of Aᵀ·m for m = 5.
@inline(__always) func output5(_ m: InlineArray<7, Vector>, _ write: Write) {
  let (sum12, difference12) = (m[1] + m[2], m[1] - m[2])
  let (sum34, difference34) = (m[3] + m[4], m[3] - m[4])
  write(0, m[0] + sum12 + sum34 + m[5])
  write(
    1, fma(fma(difference12, difference34, Vector(repeating: 2)), m[5], Vector(repeating: 0.5)))
  write(2, fma(fma(sum12, sum34, Vector(repeating: 4)), m[5], Vector(repeating: 0.25)))
  write(
    3, fma(fma(difference12, difference34, Vector(repeating: 8)), m[5], Vector(repeating: 0.125)))
  write(
    4, fma(fma(sum12, sum34, Vector(repeating: 16)), m[5], Vector(repeating: 0.0625)) + m[6])
}

/// Transforms one input tile of (m+2)×(m+2) pixels into its frequencies.
///
/// - `m`: Outputs a side: 2, 4 or 5.
/// - `x`: The tile's first pixel; rows are `rowStride`, pixels `pixelStride` elements apart.
/// - `v`: The first frequency; the next is `frequencyStride` elements further.
/// - `channels`: How many, a multiple of the vector's lanes.
/// - `scratch`: Room for (m+2)² vectors.
@inline(never) public func winogradInput(
  _ m: Int, _ x: UnsafePointer<Float>, _ rowStride: Int, _ pixelStride: Int,
  _ v: UnsafeMutablePointer<Float>, _ frequencyStride: Int, _ channels: Int,
  _ scratch: UnsafeMutablePointer<Float>
) {
  switch m {
  case 2: transform(input2)
  case 4: transform(input4)
  default: transform(input5)
  }
  @inline(__always) func transform<let N: Int>(_ line: (InlineArray<N, Vector>, Write) -> Void) {
    var c = 0
    while c < channels {
      for column in 0..<N {
        let p = x + (column &* pixelStride &+ c)
        let t = scratch + column &* lanes
        line(InlineArray { load(p, $0 &* rowStride) }) { store(t, $0 &* N &* lanes, $1) }
      }
      for row in 0..<N {
        let t = scratch + row &* N &* lanes
        let out = v + (row &* N &* frequencyStride &+ c)
        line(InlineArray { load(t, $0 &* lanes) }) { store(out, $0 &* frequencyStride, $1) }
      }
      c &+= lanes
    }
  }
}

/// Transforms (m+2)² frequencies back into at most m×m output pixels, adds the bias, applies ReLU.
///
/// - `rows`: How many of the tile's m rows exist; `columns` likewise.
@inline(never) public func winogradOutput(
  _ m: Int, _ from: UnsafePointer<Float>, _ frequencyStride: Int, _ y: UnsafeMutablePointer<Float>,
  _ rowStride: Int, _ pixelStride: Int, _ channels: Int, _ bias: UnsafePointer<Float>,
  _ rectify: Bool, _ rows: Int, _ columns: Int, _ scratch: UnsafeMutablePointer<Float>
) {
  switch m {
  case 2: transform(output2)
  case 4: transform(output4)
  default: transform(output5)
  }
  @inline(__always) func transform<let N: Int>(_ line: (InlineArray<N, Vector>, Write) -> Void) {
    var c = 0
    while c < channels {
      let b = load(bias, c)
      for column in 0..<N {
        let p = from + (column &* frequencyStride &+ c)
        let t = scratch + column &* lanes
        line(InlineArray { load(p, $0 &* N &* frequencyStride) }) {
          store(t, $0 &* N &* lanes, $1)
        }
      }
      for row in 0..<rows {
        let t = scratch + row &* N &* lanes
        let out = y + (row &* rowStride &+ c)
        line(InlineArray { load(t, $0 &* lanes) }) {
          if $0 < columns {
            let value = $1 + b
            store(out, $0 &* pixelStride, rectify ? relu(value) : value)
          }
        }
      }
      c &+= lanes
    }
  }
}
