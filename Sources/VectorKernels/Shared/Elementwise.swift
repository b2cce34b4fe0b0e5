import KernelTypes

/// y = f(a, b) for `pixels` pixels of one row.
///
/// - `aIsSingle`, `bIsSingle`: Whether one element stands for all channels of its pixel.
@inline(never) func combineRow(
  _ f: Combination, _ a: UnsafePointer<Float>, _ aStride: Int, _ aIsSingle: Bool,
  _ b: UnsafePointer<Float>, _ bStride: Int, _ bIsSingle: Bool, _ y: UnsafeMutablePointer<Float>,
  _ yStride: Int, _ pixels: Int, _ channels: Int
) {
  @inline(__always) func each(_ function: (Vector, Vector) -> Vector) {
    for i in 0..<pixels {
      let (p, q) = (a + i &* aStride, b + i &* bStride)
      let to = y + i &* yStride
      var c = 0
      if aIsSingle {
        let v = Vector(repeating: p[0])
        while c < channels {
          store(to, c, function(v, bIsSingle ? Vector(repeating: q[0]) : load(q, c)))
          c &+= lanes
        }
      } else if bIsSingle {
        let v = Vector(repeating: q[0])
        while c < channels {
          store(to, c, function(load(p, c), v))
          c &+= lanes
        }
      } else {
        while c < channels {
          store(to, c, function(load(p, c), load(q, c)))
          c &+= lanes
        }
      }
    }
  }
  switch f {
  case .add: each { $0 + $1 }
  case .subtract: each { $0 - $1 }
  case .multiply: each { $0 * $1 }
  case .divide: each { $0 / $1 }
  case .minimum: each { $0.replacing(with: $1, where: ($1 .< $0) .| ($1 .!= $1)) }
  case .maximum: each { $0.replacing(with: $1, where: ($1 .> $0) .| ($1 .!= $1)) }
  }
}
