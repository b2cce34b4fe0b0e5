/// Which places of one axis a slice takes: start, start + step, … , `count` of them.
public struct Slice: Sendable, Hashable {
  /// The first place.
  public var start: Int
  /// How many.
  public var count: Int
  /// From one to the next; negative to go backwards.
  public var step: Int

  /// Creates a slice of one axis.
  public init(start: Int = 0, count: Int, step: Int = 1) {
    (self.start, self.count, self.step) = (start, count, step)
  }
}

extension Operation {
  /// Some places of each axis.
  public static func slice(_ axes: [Slice]) -> Operation {
    .plain(PlainLayer(SliceAxes(axes: axes)))
  }
}

/// Some places of each axis.
package struct SliceAxes: PlainOperation {
  package let axes: [Slice]
  package var typeName: String { "Slice" }

  package func check(_ check: LayerCheck) throws(TensorError) {
    try check.range("rank", axes.count, 0...Graph.maximumRank)
    let most = Graph.maximumElements
    for axis in axes {
      try check.range("start", axis.start, 0...most)
      try check.range("count", axis.count, 1...most)
      try check.range("step", axis.step, -most...most)
    }
  }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    guard inputs[0].rank == axes.count else {
      throw .layerInput(layer: check.name, expected: axes.map { _ in nil }, found: inputs[0])
    }
    for (extent, axis) in zip(inputs[0].dimensions, axes) {
      let last = axis.start + (axis.count - 1) * axis.step
      guard (0..<extent).contains(axis.start), (0..<extent).contains(last) else {
        throw .invalidLayer(
          name: check.name, property: "slice", value: "\(axis.start) to \(last)",
          expected: "places 0 to \(extent - 1)")
      }
    }
    return axes.map(\.count)
  }

  package func step(_ site: StepSite) -> any Step {
    let (from, to) = (site.inputs[0], site.output)
    let strides = from.strides
    let base = zip(axes, strides).reduce(0) { $0 + $1.0.start * $1.1 }
    let offsets = RowOffsets(
      extents: to.shape.dimensions.dropLast(),
      strides: zip(axes, strides).map { $0.step * $1 }.dropLast(), base: base)
    let stepInRow = axes.last?.step ?? 1
    return PlainStep(site) { pass, rows in
      // SAFETY: every place was checked to be one of the input's.
      let (x, y) = unsafe (pass.input(0), pass.output)
      for row in rows {
        let (a, b) = unsafe (x + offsets(row), y + to.row(row))
        if stepInRow == 1 {
          unsafe b.update(from: a, count: to.width)
        } else {
          for i in 0..<to.width { unsafe b[i] = a[i * stepInRow] }
        }
      }
    }
  }
}
