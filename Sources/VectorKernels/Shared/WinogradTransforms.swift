// Lavin & Gray 2016, "Fast Algorithms for Convolutional Neural Networks": F(m×m, 3×3) for m = 2, 4,
// 5 and 6. A tile of m×m outputs needs (m+2)×(m+2) inputs; both transforms are a small matrix applied
// to the columns and then to the rows, one vector of channels at a time. The two passes go through
// a scratch of (m+2)² vectors: straight-line code spills more and is no faster.
//
// The matrices are Cook's and Toom's for the first m + 1 `points` and infinity: line i of Bᵀ has
// the coefficients of the product of (x - point) over all points but the i-th, so that rows for ±a
// share the even and the odd part. A tile of e < m outputs, at the edge of a map, uses the first
// e + 1 points: its frequencies are some of those of a whole tile, and times the product of
// (point i - point) over the points that it leaves out they fit the same weights.

typealias Write = (Int, Vector) -> Void

/// Where filter and input are evaluated, in this order.
@inline(__always) func point(_ i: Int) -> Float {
  switch i {
  case 0: 0
  case 1: 1
  case 2: -1
  case 3: 2
  case 4: -2
  case 5: 0.5
  default: -0.5
  }
}

/// The `i`-th point, 0 … m.
@inline(never) public func winogradPoint(_ i: Int) -> Float { point(i) }

/// One line of Bᵀ·d for one output.
@inline(__always) func input1(_ d: InlineArray<3, Vector>, _ write: Write) {
  write(0, d[1] - d[0])
  write(1, d[1])
  write(2, d[2] - d[1])
}

/// One line of Aᵀ·m for one output.
@inline(__always) func output1(_ m: InlineArray<3, Vector>, _ write: Write) {
  write(0, m[0] + m[1] + m[2])
}

/// One line of Bᵀ·d for two outputs.
@inline(__always) func input2(_ d: InlineArray<4, Vector>, _ write: Write) {
  write(0, d[2] - d[0])
  write(1, d[2] + d[1])
  write(2, d[2] - d[1])
  write(3, d[3] - d[1])
}

/// One line of Aᵀ·m for two outputs.
@inline(__always) func output2(_ m: InlineArray<4, Vector>, _ write: Write) {
  write(0, m[0] + m[1] + m[2])
  write(1, m[1] - m[2] + m[3])
}

/// One line of Bᵀ·d for three outputs.
@inline(__always) func input3(_ d: InlineArray<5, Vector>, _ write: Write) {
  let minusTwo = Vector(repeating: -2)
  let odd = d[3] - d[1]
  write(0, fma(odd, d[2] - d[0], minusTwo))
  write(1, fma(d[3] - d[2], d[1], minusTwo))
  write(2, fma(odd, d[2] - d[1], Vector(repeating: -3)))
  write(3, odd)
  write(4, fma(d[4] - d[2], odd, minusTwo))
}

/// One line of Aᵀ·m for three outputs.
@inline(__always) func output3(_ m: InlineArray<5, Vector>, _ write: Write) {
  let (sum12, difference12) = (m[1] + m[2], m[1] - m[2])
  write(0, m[0] + sum12 + m[3])
  write(1, fma(difference12, m[3], Vector(repeating: 2)))
  write(2, fma(sum12, m[3], Vector(repeating: 4)) + m[4])
}

/// One line of Bᵀ·d for four outputs.
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

/// One line of Aᵀ·m for four outputs.
@inline(__always) func output4(_ m: InlineArray<6, Vector>, _ write: Write) {
  let (sum12, difference12) = (m[1] + m[2], m[1] - m[2])
  let (sum34, difference34) = (m[3] + m[4], m[3] - m[4])
  write(0, m[0] + sum12 + sum34)
  write(1, fma(difference12, difference34, Vector(repeating: 2)))
  write(2, fma(sum12, sum34, Vector(repeating: 4)))
  write(3, fma(difference12, difference34, Vector(repeating: 8)) + m[5])
}

/// One line of Bᵀ·d for five outputs.
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

/// One line of Aᵀ·m for five outputs.
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

/// One line of Bᵀ·d for six outputs.
@inline(__always) func input6(_ d: InlineArray<8, Vector>, _ write: Write) {
  let five = Vector(repeating: 5.25)
  write(0, fma(d[6] - d[0], d[2] - d[4], five))
  // The other two pairs' product, x⁴ + b·x² + c, at two places.
  let b1 = Vector(repeating: -4.25)
  let (even1, odd1) = (fma(d[6] + d[2], d[4], b1), fma(d[5] + d[1], d[3], b1))
  write(1, even1 + odd1)
  write(2, even1 - odd1)
  let (b2, c2) = (Vector(repeating: -1.25), Vector(repeating: 0.25))
  let (even2, odd2) = (fma(fma(d[6], d[4], b2), d[2], c2), fma(fma(d[5], d[3], b2), d[1], c2))
  write(3, fma(even2, odd2, Vector(repeating: 2)))
  write(4, fma(even2, odd2, Vector(repeating: -2)))
  let (b3, c3) = (Vector(repeating: -5), Vector(repeating: 4))
  let (even3, odd3) = (fma(fma(d[6], d[4], b3), d[2], c3), fma(fma(d[5], d[3], b3), d[1], c3))
  write(5, fma(even3, odd3, Vector(repeating: 0.5)))
  write(6, fma(even3, odd3, Vector(repeating: -0.5)))
  write(7, fma(d[7] - d[1], d[3] - d[5], five))
}

/// One line of Aᵀ·m for six outputs.
@inline(__always) func output6(_ m: InlineArray<8, Vector>, _ write: Write) {
  let (sum12, difference12) = (m[1] + m[2], m[1] - m[2])
  let (sum34, difference34) = (m[3] + m[4], m[3] - m[4])
  let (sum56, difference56) = (m[5] + m[6], m[5] - m[6])
  @inline(__always) func weighted(_ a: Vector, _ b: Vector, _ c: Vector, _ power: Float) -> Vector {
    fma(fma(a, b, Vector(repeating: power)), c, Vector(repeating: 1 / power))
  }
  write(0, m[0] + sum12 + (sum34 + sum56))
  write(1, weighted(difference12, difference34, difference56, 2))
  write(2, weighted(sum12, sum34, sum56, 4))
  write(3, weighted(difference12, difference34, difference56, 8))
  write(4, weighted(sum12, sum34, sum56, 16))
  write(5, weighted(difference12, difference34, difference56, 32) + m[7])
}

/// Most vectors of a line, and the distance of lines in the scratch.
@inline(__always) var side: Int { 8 }

/// Vectors of scratch that both transforms need: a tile, and two lines of factors.
@inline(never) public func winogradScratch() -> Int { side * (side + 2) }

/// What makes the frequencies of an edge's tile those of a whole one, a vector each.
@inline(__always) func writeFactors(_ m: Int, _ outputs: Int, _ to: UnsafeMutablePointer<Float>) {
  for i in 0...outputs {
    var product: Float = 1
    var left = outputs &+ 1
    while left <= m {
      product *= point(i) - point(left)
      left &+= 1
    }
    store(to, i &* lanes, Vector(repeating: product))
  }
}

/// Transforms one input tile into its frequencies.
///
/// - `m`: Outputs a side of a whole tile: 2, 4, 5 or 6; `down` and `across`: of this one, 1 … m.
/// - `x`: The tile's first pixel; rows are `rowStride`, pixels `pixelStride` elements apart.
/// - `v`: The first frequency; the next is `frequencyStride` elements further.
/// - `channels`: How many, a multiple of the vector's lanes.
/// - `scratch`: Room for `winogradScratch()` vectors.
@inline(never) public func winogradInput(
  _ m: Int, _ down: Int, _ across: Int, _ x: UnsafePointer<Float>, _ rowStride: Int,
  _ pixelStride: Int, _ v: UnsafeMutablePointer<Float>, _ frequencyStride: Int, _ channels: Int,
  _ scratch: UnsafeMutablePointer<Float>
) {
  let downFactors = scratch + side &* side &* lanes
  let acrossFactors = downFactors + side &* lanes
  writeFactors(m, down, downFactors)
  writeFactors(m, across, acrossFactors)
  var c = 0
  while c < channels {
    let (from, to) = (x + c, v + c)
    switch (down, down == m) {
    case (2, true): columns(input2, isWhole: true)
    case (4, true): columns(input4, isWhole: true)
    case (5, true): columns(input5, isWhole: true)
    case (6, _): columns(input6, isWhole: true)
    case (1, _): columns(input1, isWhole: false)
    case (2, _): columns(input2, isWhole: false)
    case (3, _): columns(input3, isWhole: false)
    case (4, _): columns(input4, isWhole: false)
    default: columns(input5, isWhole: false)
    }
    switch (across, across == m) {
    case (2, true): rows(input2, isWhole: true)
    case (4, true): rows(input4, isWhole: true)
    case (5, true): rows(input5, isWhole: true)
    case (6, _): rows(input6, isWhole: true)
    case (1, _): rows(input1, isWhole: false)
    case (2, _): rows(input2, isWhole: false)
    case (3, _): rows(input3, isWhole: false)
    case (4, _): rows(input4, isWhole: false)
    default: rows(input5, isWhole: false)
    }
    c &+= lanes

    @inline(__always) func columns<let N: Int>(
      _ line: (InlineArray<N, Vector>, Write) -> Void, isWhole: Bool
    ) {
      for column in 0..<(across &+ 2) {
        let p = from + column &* pixelStride
        let t = scratch + column &* lanes
        line(InlineArray { load(p, $0 &* rowStride) }) { i, value in
          let isScaled = !isWhole && i < N - 1
          store(
            t, i &* side &* lanes, isScaled ? value * load(downFactors, i &* lanes) : value)
        }
      }
    }
    @inline(__always) func rows<let N: Int>(
      _ line: (InlineArray<N, Vector>, Write) -> Void, isWhole: Bool
    ) {
      for i in 0..<(down &+ 2) {
        let t = scratch + i &* side &* lanes
        let row = i > down ? m &+ 1 : i
        let out = to + row &* (m &+ 2) &* frequencyStride
        line(InlineArray { load(t, $0 &* lanes) }) { j, value in
          let isScaled = !isWhole && j < N - 1
          let place = (isWhole || isScaled ? j : m &+ 1) &* frequencyStride
          // The next channels' lines: there are too many at once for the processor's own guesses.
          prefetchForWrite(out + (place &+ lanes))
          store(out, place, isScaled ? value * load(acrossFactors, j &* lanes) : value)
        }
      }
    }
  }
}

/// Transforms a tile's frequencies back into its output pixels, adds the bias, applies ReLU.
///
/// The arguments are those of `winogradInput`, with the output's first pixel and strides.
@inline(never) public func winogradOutput(
  _ m: Int, _ down: Int, _ across: Int, _ from: UnsafePointer<Float>, _ frequencyStride: Int,
  _ y: UnsafeMutablePointer<Float>, _ rowStride: Int, _ pixelStride: Int, _ channels: Int,
  _ bias: UnsafePointer<Float>, _ rectify: Bool, _ scratch: UnsafeMutablePointer<Float>
) {
  var c = 0
  while c < channels {
    let (from, to) = (from + c, y + c)
    let b = load(bias, c)
    switch down {
    case 1: columns(output1)
    case 2: columns(output2)
    case 3: columns(output3)
    case 4: columns(output4)
    case 5: columns(output5)
    default: columns(output6)
    }
    switch across {
    case 1: rows(output1)
    case 2: rows(output2)
    case 3: rows(output3)
    case 4: rows(output4)
    case 5: rows(output5)
    default: rows(output6)
    }
    c &+= lanes

    @inline(__always) func columns<let N: Int>(_ line: (InlineArray<N, Vector>, Write) -> Void) {
      for j in 0..<(across &+ 2) {
        let p = from + (j > across ? m &+ 1 : j) &* frequencyStride
        let t = scratch + j &* lanes
        let last = (m &+ 1) &* (m &+ 2) &* frequencyStride
        line(
          InlineArray { i in
            let at = p + (i == N - 1 ? last : i &* (m &+ 2) &* frequencyStride)
            prefetch(at + lanes)
            return load(at, 0)
          }
        ) { store(t, $0 &* side &* lanes, $1) }
      }
    }
    @inline(__always) func rows<let N: Int>(_ line: (InlineArray<N, Vector>, Write) -> Void) {
      for row in 0..<down {
        let t = scratch + row &* side &* lanes
        let out = to + row &* rowStride
        line(InlineArray { load(t, $0 &* lanes) }) {
          let value = $1 + b
          store(out, $0 &* pixelStride, rectify ? relu(value) : value)
        }
      }
    }
  }
}
