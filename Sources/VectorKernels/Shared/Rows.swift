import KernelTypes

// Functions of whole rows. Rows need not be whole vectors: what lies behind their end may be read
// and written, but counts for nothing.

/// y = eˣ⁻ᵐ / Σ eˣ⁻ᵐ for `count` elements, m being the largest.
@inline(never) func softmaxRow(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
) {
  let whole = count / lanes &* lanes
  var largests = Vector(repeating: -.infinity)
  var i = 0
  while i < whole {
    let v = load(x, i)
    largests = largests.replacing(with: v, where: v .> largests)
    i &+= lanes
  }
  var largest = largests[0]
  for lane in 1..<lanes where largests[lane] > largest { largest = largests[lane] }
  while i < count {
    if x[i] > largest { largest = x[i] }
    i &+= 1
  }
  let shift = Vector(repeating: largest)
  var sums = Vector.zero
  i = 0
  while i < whole {
    let v = exponential(load(x, i) - shift)
    sums += v
    store(y, i, v)
    i &+= lanes
  }
  var sum = total(sums)
  if i < count {
    store(y, i, exponential(load(x, i) - shift))
    while i < count {
      sum += y[i]
      i &+= 1
    }
  }
  let factor = Vector(repeating: 1 / sum)
  i = 0
  while i < count {
    store(y, i, load(y, i) * factor)
    i &+= lanes
  }
}

/// y = (x − mean) / √(variance + epsilon) · gamma + beta for `count` elements.
@inline(never) func normalizeRow(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int,
  _ gamma: UnsafePointer<Float>, _ beta: UnsafePointer<Float>, _ epsilon: Float
) {
  let whole = count / lanes &* lanes
  var sums = Vector.zero
  var i = 0
  while i < whole {
    sums += load(x, i)
    i &+= lanes
  }
  var sum = total(sums)
  while i < count {
    sum += x[i]
    i &+= 1
  }
  let mean = sum / Float(count)
  let means = Vector(repeating: mean)
  var squares = Vector.zero
  i = 0
  while i < whole {
    let d = load(x, i) - means
    squares = fma(squares, d, d)
    i &+= lanes
  }
  var square = total(squares)
  while i < count {
    square += (x[i] - mean) * (x[i] - mean)
    i &+= 1
  }
  let factor = Vector(repeating: 1 / (square / Float(count) + epsilon).squareRoot())
  i = 0
  while i < count {
    store(y, i, fma(load(beta, i), (load(x, i) - means) * factor, load(gamma, i)))
    i &+= lanes
  }
}

/// The sum of a vector's lanes, in order.
@inline(__always) func total(_ v: Vector) -> Float {
  var sum = v[0]
  for lane in 1..<lanes { sum += v[lane] }
  return sum
}
