extension Operation {
  /// The inputs behind each other along an axis; the other axes are the same in all.
  public static func concatenate(axis: Int) -> Operation {
    .plain(PlainLayer(Concatenate(axis: axis)))
  }
}

/// Values behind each other along one axis.
package struct Concatenate: PlainOperation {
  package let axis: Int
  package var inputCount: ClosedRange<Int> { 1...1 << 16 }

  package func check(_ check: LayerCheck) throws(TensorError) { try check.axes([axis]) }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    try check.rank(inputs[0], atLeast: axis + 1)
    var result = inputs[0].dimensions
    for other in inputs.dropFirst() {
      var dimensions = other.dimensions
      guard other.rank == result.count else {
        throw .unequalShapes(layer: check.name, first: inputs[0], second: other)
      }
      dimensions[axis] = inputs[0][axis]
      guard dimensions == inputs[0].dimensions else {
        throw .unequalShapes(layer: check.name, first: inputs[0], second: other)
      }
      result[axis] += other[axis]
    }
    return result
  }

  package func step(_ site: StepSite) -> any Step {
    let to = site.output
    let strides = to.strides
    // Each input is a box of the output, which begins where the ones before it end.
    var boxes: [(input: Int, rows: Int, offsets: RowOffsets)] = []
    var first = 0
    for (index, input) in site.inputs.enumerated() {
      // What was written in place is there already.
      let part = input.buffer.parent
      let isInPlace = part != nil && part?.buffer == site.root && part?.channel == first
      boxes.append(
        (
          index, isInPlace ? 0 : input.rows,
          RowOffsets(
            extents: input.shape.dimensions.dropLast(), strides: strides.dropLast(),
            base: first * strides[axis])
        ))
      first += input.shape[axis]
    }
    let ready = boxes
    let rows = boxes.reduce(0) { $0 + $1.rows }
    return PlainStep(site, rows: rows, cost: to.shape.count / max(rows, 1)) { pass, range in
      // SAFETY: the boxes do not overlap and fill the output.
      let y = unsafe pass.output
      var start = 0
      for box in ready {
        let mine = range.clamped(to: start..<start + box.rows)
        let from = pass.site.inputs[box.input]
        let x = unsafe pass.input(box.input)
        for row in mine {
          let r = row - start
          unsafe (y + box.offsets(r)).update(from: x + from.row(r), count: from.width)
        }
        start += box.rows
      }
    }
  }
}
