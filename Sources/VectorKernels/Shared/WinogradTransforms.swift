// Winograd's transforms of a whole tile: each line of WinogradLines.swift down the columns and then
// along the rows, one vector of channels at a time. The two passes go through a scratch of (m+2)²
// vectors: straight-line code spills more and is no faster.

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
@inline(never) func winogradInput(
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
@inline(never) func winogradOutput(
  _ m: Int, _ down: Int, _ across: Int, _ from: UnsafePointer<Float>, _ frequencyStride: Int,
  _ y: UnsafeMutablePointer<Float>, _ rowStride: Int, _ pixelStride: Int, _ channels: Int,
  _ bias: UnsafePointer<Float>, _ appliesReLU: Bool, _ scratch: UnsafeMutablePointer<Float>
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
          store(out, $0 &* pixelStride, appliesReLU ? relu(value) : value)
        }
      }
    }
  }
}
