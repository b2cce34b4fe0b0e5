/// A reshape that has to move elements: rows are kept at whole vectors, so another last axis is
/// another place in memory.
package struct ReshapeCopy: PlainOperation {
  package let dimensions: [Int]
  package var typeName: String { "Reshape" }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    dimensions
  }

  package func step(_ site: StepSite) -> any Step {
    let (from, to) = (site.inputs[0], site.output)
    // Parts of the output's elements: a single row may be all of it.
    let blocks = min(to.shape.count, 64)
    return PlainStep(site, rows: blocks, cost: to.shape.count / blocks) { pass, range in
      // SAFETY: both values have the same number of elements, and runs end with their rows.
      let (x, y) = unsafe (pass.input(0), pass.output)
      var i = part(range.lowerBound, of: blocks, to.shape.count).lowerBound
      let end = part(range.upperBound - 1, of: blocks, to.shape.count).upperBound
      while i < end {
        let (fromRow, fromColumn) = i.quotientAndRemainder(dividingBy: from.width)
        let (toRow, toColumn) = i.quotientAndRemainder(dividingBy: to.width)
        let run = min(from.width - fromColumn, to.width - toColumn, end - i)
        unsafe (y + to.row(toRow) + toColumn).update(
          from: x + from.row(fromRow) + fromColumn, count: run)
        i += run
      }
    }
  }
}
