extension Operation {
  /// Products of matrices, `[…, M, K]` · `[…, K, N]`, the axes in front broadcast.
  public static var matmul: Operation { .plain(PlainLayer(MatMul())) }
}

/// Products of matrices that both come from layers.
package struct MatMul: PlainOperation {
  package var inputCount: ClosedRange<Int> { 2...2 }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    let (a, b) = (inputs[0], inputs[1])
    try check.rank(a, atLeast: 2)
    try check.rank(b, atLeast: 2)
    guard a[a.rank - 1] == b[b.rank - 2] else {
      throw .unequalShapes(layer: check.name, first: a, second: b)
    }
    let front = try check.broadcast(
      Shape(checked: a.dimensions.dropLast(2)), Shape(checked: b.dimensions.dropLast(2)))
    return front + [a[a.rank - 2], b[b.rank - 1]]
  }

  package func step(_ site: StepSite) -> any Step {
    let (first, second, to) = (site.inputs[0], site.inputs[1], site.output)
    let rank = to.shape.rank
    let (rows, depth) = (to.shape[rank - 2], first.width)
    // The matrices of both sides that each of the output's takes, by the axes in front.
    func matrices(_ side: Operand) -> RowOffsets {
      let missing = rank - side.shape.rank
      var strides = Array(repeating: 0, count: missing) + side.strides
      for axis in 0..<side.shape.rank where side.shape[axis] == 1 { strides[missing + axis] = 0 }
      return RowOffsets(
        extents: to.shape.dimensions.dropLast(2), strides: strides.dropLast(2))
    }
    let (left, right) = (matrices(first), matrices(second))
    let (leftStride, rightStride) = (first.buffer.pixelStride, second.buffer.pixelStride)
    return PlainStep(site, costPerElement: depth) { pass, range in
      // SAFETY: rows and columns are those of the matrices.
      let (x, w, y) = unsafe (pass.input(0), pass.input(1), pass.output)
      for row in range {
        let (matrix, line) = row.quotientAndRemainder(dividingBy: rows)
        let a = unsafe x + left(matrix) + line * leftStride
        let b = unsafe w + right(matrix)
        let c = unsafe y + to.row(row)
        unsafe c.update(repeating: 0, count: to.width)
        for k in 0..<depth {
          let (factor, line) = unsafe (a[k], b + k * rightStride)
          for j in 0..<to.width { unsafe c[j] += factor * line[j] }
        }
      }
    }
  }
}
