/// How a picture gets another size; the names are those of the weight files.
public enum ResamplingFilter: String, Sendable, CaseIterable {
  /// Keys' cubic with a = −½: Pillow's `BICUBIC`.
  case bicubic
  /// The triangle: Pillow's `BILINEAR`.
  case bilinear
  /// The pixel under each new pixel's centre: Pillow's `NEAREST`.
  case nearest
  /// The mean of what a new pixel covers: Pillow's `BOX`.
  case area

  /// How far the filter reaches at scale 1, in pixels.
  var support: Double {
    switch self {
    case .bicubic: 2
    case .bilinear: 1
    case .nearest, .area: 0.5
    }
  }

  /// The filter's value at a distance from its centre.
  func callAsFunction(_ distance: Double) -> Double {
    let x = abs(distance)
    switch self {
    case .bicubic:
      let a = -0.5
      if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
    case .bilinear: return x < 1 ? 1 - x : 0
    case .nearest, .area: return distance > -0.5 && distance <= 0.5 ? 1 : 0
    }
  }
}

/// The weights with which old pixels make each new one, along one axis.
///
/// Pillow's `precompute_coeffs` and `normalize_coeffs_8bpc` (src/libImaging/Resample.c), whose
/// order of operations is kept, because the last bit depends on it.
struct ResamplingWeights {
  /// The fraction bits of a weight: 32, less 8 of the pixel and 2 for sums over 1.
  static let fractionBits: Int32 = 32 - 8 - 2

  /// Half of what is kept, so that dropping the fraction bits rounds.
  static let half: Int32 = 1 << (fractionBits - 1)

  /// The first old pixel of each new one.
  private(set) var firsts: [Int] = []
  /// The weights of each new pixel; `bounds[i]..<bounds[i + 1]` are those of number `i`.
  private(set) var values: [Int32] = []
  private(set) var bounds = [0]

  /// Computes the weights for `new` pixels out of `old`.
  ///
  /// - Precondition: Both are positive.
  init(old: Int, new: Int, filter: ResamplingFilter) {
    precondition(old > 0 && new > 0, "\(old) to \(new) pixels")
    let scale = Double(old) / Double(new)
    let filterScale = max(scale, 1)
    let support = filter.support * filterScale
    let inverse = 1 / filterScale
    for index in 0..<new {
      let center = (Double(index) + 0.5) * scale
      let first = max(0, Int(center - support + 0.5))
      let last = min(old, Int(center + support + 0.5))
      let raw = (first..<last).map { filter((Double($0) - center + 0.5) * inverse) }
      let sum = raw.reduce(0, +)
      firsts.append(first)
      for weight in raw {
        let scaled = (sum != 0 ? weight / sum : weight) * Double(1 << Self.fractionBits)
        values.append(Int32(scaled < 0 ? scaled - 0.5 : scaled + 0.5))
      }
      bounds.append(values.count)
    }
  }
}
