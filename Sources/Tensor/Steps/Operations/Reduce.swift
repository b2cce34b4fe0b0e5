#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// What a reduction makes of the elements along its axes.
public enum Reduction: String, Sendable, Hashable, CaseIterable {
  /// Their mean.
  case mean
  /// Their sum.
  case sum
  /// The largest.
  case max
  /// The smallest.
  case min
  /// Their product.
  case product
  /// The sum of their magnitudes.
  case l1
  /// The square root of the sum of their squares.
  case l2
  /// The sum of their squares.
  case sumSquare
  /// The logarithm of their sum.
  case logSum
  /// The logarithm of the sum of their exponentials.
  case logSumExp
}

extension Operation {
  /// One value for all elements along some axes, which stay with extent 1 or go.
  public static func reduce(_ reduction: Reduction, axes: [Int], keepsAxes: Bool) -> Operation {
    .plain(PlainLayer(Reduce(reduction: reduction, axes: axes, keepsAxes: keepsAxes)))
  }
}

/// A reduction along some axes.
package struct Reduce: PlainOperation {
  package let reduction: Reduction
  package let axes: [Int]
  package let keepsAxes: Bool

  package var typeName: String {
    if isGlobalAverage { return "GlobalAveragePooling2D" }
    return "Reduce" + reduction.rawValue.prefix(1).uppercased() + reduction.rawValue.dropFirst()
  }
  /// Whether it is the mean over an image's pixels.
  package var isGlobalAverage: Bool { reduction == .mean && axes.sorted() == [0, 1] }

  package func check(_ check: LayerCheck) throws(TensorError) { try check.axes(axes) }

  package func outputDimensions(
    _ check: LayerCheck, _ inputs: [Shape]
  ) throws(TensorError) -> [Int] {
    // As Keras's layer it is one of images.
    if isGlobalAverage && !keepsAxes && inputs[0].rank < 3 { _ = try check.image(inputs[0]) }
    try check.rank(inputs[0], atLeast: (axes.max() ?? -1) + 1)
    return inputs[0].dimensions.enumerated().compactMap { axis, extent in
      axes.contains(axis) ? (keepsAxes ? 1 : nil) : extent
    }
  }

  package func step(_ site: StepSite) -> any Step {
    let (from, to) = (site.inputs[0], site.output)
    let shape = from.shape
    let strides = from.strides
    let kept = (0..<shape.rank).filter { !axes.contains($0) }
    // Each output element, in its order; and from there each element that it takes in.
    let starts = RowOffsets(
      extents: kept.map { shape[$0] }[...], strides: kept.map { strides[$0] }[...])
    let inner = (0..<shape.rank).filter { axes.contains($0) }
    let reduced = RowOffsets(
      extents: inner.map { shape[$0] }[...], strides: inner.map { strides[$0] }[...])
    let count = inner.reduce(1) { $0 * shape[$1] }
    let width = to.width
    return PlainStep(site, rows: to.rows, cost: count * width) { [reduction] pass, rows in
      // SAFETY: the offsets are those of the input's elements.
      let (x, y) = unsafe (pass.input(0), pass.output)
      for row in rows {
        let out = unsafe y + to.row(row)
        for column in 0..<width {
          let first = unsafe x + starts(row * width + column)
          unsafe out[column] = reduction.value(of: count) { unsafe first[reduced($0)] }
        }
      }
    }
  }
}

extension Reduction {
  /// What it makes of `count` elements.
  @inline(__always) func value(of count: Int, _ element: (Int) -> Float) -> Float {
    func sum(_ term: (Float) -> Float) -> Float {
      var total = Float(0)
      for i in 0..<count { total += term(element(i)) }
      return total
    }
    func fold(_ better: (Float, Float) -> Bool) -> Float {
      var best = element(0)
      for i in 1..<Swift.max(count, 1) {
        let value = element(i)
        if better(value, best) || value.isNaN { best = value }
      }
      return best
    }
    switch self {
    case .mean: return sum { $0 } / Float(count)
    case .sum: return sum { $0 }
    case .max: return fold { $0 > $1 }
    case .min: return fold { $0 < $1 }
    case .product:
      var total = Float(1)
      for i in 0..<count { total *= element(i) }
      return total
    case .l1: return sum { abs($0) }
    case .l2: return sum { $0 * $0 }.squareRoot()
    case .sumSquare: return sum { $0 * $0 }
    case .logSum: return logf(sum { $0 })
    case .logSumExp:
      let largest = fold { $0 > $1 }
      if largest == -.infinity { return largest }
      return largest + logf(sum { expf($0 - largest) })
    }
  }
}
