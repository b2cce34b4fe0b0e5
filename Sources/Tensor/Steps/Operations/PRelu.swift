extension Operation {
  /// x from 0 on, else x times the parameter `slope`, which broadcasts to the input's shape.
  public static func prelu(slope: [Int]) -> Operation { .plain(PlainLayer(PRelu(slope: slope))) }
}

/// A ReLU with learnt slopes.
package struct PRelu: PlainOperation {
  package let slope: [Int]
  package var parameters: [(variable: String, dimensions: [Int])] { [("slope", slope)] }

  package func check(_ check: LayerCheck) throws(TensorError) {
    try check.range("rank", slope.count, 0...Graph.maximumRank)
    for extent in slope { try check.range("slope's extent", extent, 1...Graph.maximumElements) }
  }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    let slopes = Shape(checked: slope)
    guard try check.broadcast(inputs[0], slopes) == inputs[0].dimensions else {
      throw .unequalShapes(layer: check.name, first: inputs[0], second: slopes)
    }
    return inputs[0].dimensions
  }

  package func step(_ site: StepSite) -> any Step {
    let (from, to) = (site.inputs[0], site.output)
    // The parameter is dense: as a value whose rows follow each other.
    var strides = [Int](repeating: 0, count: to.shape.rank)
    var next = 1
    for (axis, extent) in slope.enumerated().reversed() {
      if extent > 1 { strides[to.shape.rank - slope.count + axis] = next }
      next *= extent
    }
    let offsets = RowOffsets(
      extents: to.shape.dimensions.dropLast(), strides: strides.dropLast())
    let step = strides.last ?? 0
    return PlainStep(site, costPerElement: 2) { pass, rows in
      // SAFETY: rows and their elements are those of the value, and what broadcasting gives them.
      let (x, y, slopes) = unsafe (pass.input(0), pass.output, pass.site.parameter(0))
      for row in rows {
        let (a, b, s) = unsafe (x + from.row(row), y + to.row(row), slopes + offsets(row))
        for i in 0..<to.width { unsafe b[i] = a[i] < 0 ? a[i] * s[i * step] : a[i] }
      }
    }
  }
}
