extension Operation {
  /// The input repeated to what its shape and `shape` broadcast to.
  public static func broadcast(to shape: [Int]) -> Operation {
    .plain(PlainLayer(Broadcast(shape: shape)))
  }
}

/// A value repeated along its axes of extent 1.
package struct Broadcast: PlainOperation {
  package let shape: [Int]
  package var typeName: String { "Expand" }

  package func check(_ check: LayerCheck) throws(TensorError) {
    try check.range("rank", shape.count, 0...Graph.maximumRank)
    for extent in shape { try check.range("extent", extent, 1...Graph.maximumElements) }
    guard Shape.count(of: shape) != nil else {
      throw .layerTooLarge(layer: check.name, dimensions: shape)
    }
  }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    try check.broadcast(inputs[0], Shape(checked: shape))
  }

  package func step(_ site: StepSite) -> any Step {
    let to = site.output
    let (offsets, isSingle) = site.inputs[0].broadcastRows(to: to.shape)
    return PlainStep(site) { pass, rows in
      // SAFETY: rows and their elements are those of the output, and what broadcasting gives them.
      let (x, y) = unsafe (pass.input(0), pass.output)
      for row in rows {
        let (a, b) = unsafe (x + offsets(row), y + to.row(row))
        if isSingle {
          unsafe b.update(repeating: a[0], count: to.width)
        } else {
          unsafe b.update(from: a, count: to.width)
        }
      }
    }
  }
}
