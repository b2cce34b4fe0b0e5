// Lavin & Gray 2016, "Fast Algorithms for Convolutional Neural Networks": F(m×m, 3×3) for m = 2, 4,
// 5 and 6. A tile of m×m outputs needs (m+2)×(m+2) inputs; both transforms are a small matrix applied
// to the columns and then to the rows. Here is what they do to one line of a tile.
//
// The matrices are Cook's and Toom's for the first m + 1 points and infinity: line i of Bᵀ has
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
