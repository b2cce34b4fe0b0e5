/// What a pad puts around a value.
public enum PadMode: Sendable, Hashable {
  /// A number.
  case constant(Float)
  /// The value mirrored at its first and last places, which are not repeated.
  case reflect
  /// Its first and last places repeated.
  case edge
  /// The value from its other end.
  case wrap
}

extension Operation {
  /// More places before and after those of each axis.
  public static func pad(before: [Int], after: [Int], mode: PadMode) -> Operation {
    .plain(PlainLayer(Pad(before: before, after: after, mode: mode)))
  }
}

/// More places around a value.
package struct Pad: PlainOperation {
  package let before, after: [Int]
  package let mode: PadMode

  package var typeName: String {
    mode == .constant(0) && before.count == 3 ? "ZeroPadding2D" : "Pad"
  }

  package func check(_ check: LayerCheck) throws(TensorError) {
    try check.range("rank", before.count, 0...Graph.maximumRank)
    try check.range("rank", after.count, before.count...before.count)
    for (axis, count) in before.enumerated() {
      try check.extent("padding before axis \(axis)", count, from: 0)
    }
    for (axis, count) in after.enumerated() {
      try check.extent("padding after axis \(axis)", count, from: 0)
    }
  }

  package func outputDimensions(
    _ check: LayerCheck, _ inputs: [Shape]
  ) throws(TensorError) -> [Int] {
    guard inputs[0].rank == before.count else {
      throw .layerInput(layer: check.name, expected: before.map { _ in nil }, found: inputs[0])
    }
    for (axis, extent) in inputs[0].dimensions.enumerated() {
      let most = mode == .reflect ? extent - 1 : mode == .wrap ? extent : 1 << 20
      try check.range("padding of axis \(axis)", max(before[axis], after[axis]), 0...most)
    }
    return inputs[0].dimensions.indices.map { inputs[0][$0] + before[$0] + after[$0] }
  }

  package func step(_ site: StepSite) -> any Step {
    let (from, to) = (site.inputs[0], site.output)
    let rank = to.shape.rank
    let strides = from.strides
    // For each axis the place that each of the output's takes; −1 is the constant.
    let places = (0..<rank).map { axis in
      (0..<to.shape[axis]).map { source($0 - before[axis], from.shape[axis]) }
    }
    let constant: Float = if case .constant(let value) = mode { value } else { 0 }
    return PlainStep(site, costPerElement: 2) { pass, rows in
      // SAFETY: places are those of the input, or stand for the constant.
      let (x, y) = unsafe (pass.input(0), pass.output)
      for row in rows {
        let b = unsafe y + to.row(row)
        var (offset, rest, isOutside) = (0, row, false)
        for axis in (0..<max(rank - 1, 0)).reversed() {
          let (next, place) = rest.quotientAndRemainder(dividingBy: to.shape[axis])
          let source = places[axis][place]
          if source < 0 { isOutside = true } else { offset += source * strides[axis] }
          rest = next
        }
        guard !isOutside, let last = places.last else {
          unsafe b.update(repeating: isOutside ? constant : x[0], count: to.width)
          continue
        }
        for (i, source) in last.enumerated() {
          unsafe b[i] = source < 0 ? constant : x[offset + source]
        }
      }
    }
  }

  /// The place of an axis of `extent` that place `i` shows, which may lie outside.
  private func source(_ i: Int, _ extent: Int) -> Int {
    if (0..<extent).contains(i) { return i }
    return switch mode {
    case .constant: -1
    case .edge: i < 0 ? 0 : extent - 1
    case .reflect: i < 0 ? -i : 2 * (extent - 1) - i
    case .wrap: i < 0 ? i + extent : i - extent
    }
  }
}
