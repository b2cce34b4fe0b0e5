import KernelTypes

extension Operation {
  /// (x − mean) / √(variance + epsilon) · gamma + beta over the last axes, which have extents
  /// `shape`, as the parameters `gamma` and `beta` have.
  public static func layerNormalization(shape: [Int], epsilon: Float) -> Operation {
    .plain(PlainLayer(LayerNormalization(shape: shape, epsilon: epsilon)))
  }
}

/// Ba et al. 2016, <https://arxiv.org/abs/1607.06450>.
package struct LayerNormalization: PlainOperation {
  package let shape: [Int]
  package let epsilon: Float
  package var parameters: [(variable: String, dimensions: [Int])] {
    [("gamma", shape), ("beta", shape)]
  }

  package func check(_ check: LayerCheck) throws(TensorError) {
    try check.range("rank", shape.count, 1...Graph.maximumRank)
    for extent in shape { try check.range("extent", extent, 1...Graph.maximumElements) }
    try check.epsilon(epsilon)
  }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    guard inputs[0].dimensions.suffix(shape.count).elementsEqual(shape) else {
      throw .layerInput(layer: check.name, expected: shape, found: inputs[0])
    }
    return inputs[0].dimensions
  }

  package func step(_ site: StepSite) -> any Step {
    let (from, to) = (site.inputs[0], site.output)
    let width = to.width
    // A group of rows has one mean.
    let rowsOfGroup = shape.dropLast().reduce(1, *)
    if shape.count == 1 {
      return PlainStep(site, costPerElement: 3) { [epsilon] pass, rows in
        for row in rows {
          // SAFETY: both rows, and the parameters, are whole vectors.
          unsafe pass.site.kernels.normalizeRow(
            pass.input(0) + from.row(row), pass.output + to.row(row), width,
            pass.site.parameter(0), pass.site.parameter(1), epsilon)
        }
      }
    }
    let count = Float(rowsOfGroup * width)
    return PlainStep(site, rows: to.rows / rowsOfGroup, cost: 6 * rowsOfGroup * width) {
      [epsilon] pass, groups in
      // SAFETY: rows are those of both values, and the parameters have a group's shape.
      let (x, y) = unsafe (pass.input(0), pass.output)
      let (gamma, beta) = unsafe (pass.site.parameter(0), pass.site.parameter(1))
      for group in groups {
        let rows = group * rowsOfGroup..<(group + 1) * rowsOfGroup
        func sum(_ term: (Float) -> Float) -> Float {
          var total = Float(0)
          for row in rows {
            let a = unsafe x + from.row(row)
            for i in 0..<width { unsafe total += term(a[i]) }
          }
          return total
        }
        let mean = sum { $0 } / count
        let variance = sum { ($0 - mean) * ($0 - mean) } / count
        let factor = 1 / (variance + epsilon).squareRoot()
        for (index, row) in rows.enumerated() {
          let (a, b) = unsafe (x + from.row(row), y + to.row(row))
          for i in 0..<width {
            let place = index * width + i
            unsafe b[i] = (a[i] - mean) * factor * gamma[place] + beta[place]
          }
        }
      }
    }
  }
}
