extension Operation {
  /// A tensor of the weight file, `value`, the same for every image.
  public static func constant(_ shape: Shape) -> Operation {
    .plain(PlainLayer(Constant(shape: shape)))
  }
}

/// A tensor of the weight file as a value.
package struct Constant: PlainOperation {
  package let shape: Shape
  package var inputCount: ClosedRange<Int> { 0...0 }
  package var parameters: [(variable: String, dimensions: [Int])] { [("value", shape.dimensions)] }

  package func check(_ check: LayerCheck) throws(TensorError) {
    try check.range("rank", shape.rank, 0...Graph.maximumRank)
    for extent in shape.dimensions {
      try check.range("extent", extent, 1...Graph.maximumElements)
    }
  }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    shape.dimensions
  }

  package func step(_ site: StepSite) -> any Step {
    let to = site.output
    return PlainStep(site) { pass, rows in
      // SAFETY: the parameter has the output's shape.
      let (x, y) = unsafe (pass.site.parameter(0), pass.output)
      for row in rows { unsafe (y + to.row(row)).update(from: x + row * to.width, count: to.width) }
    }
  }
}
