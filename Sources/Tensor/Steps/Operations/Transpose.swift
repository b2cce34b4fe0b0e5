extension Operation {
  /// The axes in another order: axis i of the value is axis `permutation[i]` of the input.
  public static func transpose(_ permutation: [Int]) -> Operation {
    .plain(PlainLayer(Transpose(permutation: permutation)))
  }
}

/// The axes in another order.
package struct Transpose: PlainOperation {
  package let permutation: [Int]

  package func check(_ check: LayerCheck) throws(TensorError) {
    try check.range("rank", permutation.count, 0...Graph.maximumRank)
    guard permutation.sorted() == Array(0..<permutation.count) else {
      throw .invalidLayer(
        name: check.name, property: "permutation", value: "\(permutation)",
        expected: "each axis once")
    }
  }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    guard inputs[0].rank == permutation.count else {
      throw .layerInput(
        layer: check.name, expected: permutation.map { _ in nil }, found: inputs[0])
    }
    return permutation.map { inputs[0][$0] }
  }

  package func step(_ site: StepSite) -> any Step {
    let (from, to) = (site.inputs[0], site.output)
    let strides = permutation.map { from.strides[$0] }
    let offsets = RowOffsets(
      extents: to.shape.dimensions.dropLast(), strides: strides.dropLast())
    let stepInRow = strides.last ?? 1
    return PlainStep(site, costPerElement: stepInRow == 1 ? 1 : 4) { pass, rows in
      // SAFETY: every place of the output is one of the input's.
      let (x, y) = unsafe (pass.input(0), pass.output)
      for row in rows {
        let (a, b) = unsafe (x + offsets(row), y + to.row(row))
        if stepInRow == 1 {
          unsafe b.update(from: a, count: to.width)
        } else {
          for i in 0..<to.width { unsafe b[i] = a[i &* stepInRow] }
        }
      }
    }
  }
}
