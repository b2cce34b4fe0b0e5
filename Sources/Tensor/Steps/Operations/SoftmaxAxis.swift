import KernelTypes

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

extension Operation {
  /// eˣ over its sum along an axis.
  public static func softmax(axis: Int) -> Operation {
    .plain(PlainLayer(Softmax(axis: axis, isLogarithm: false)))
  }

  /// The logarithm of the softmax along an axis.
  public static func logSoftmax(axis: Int) -> Operation {
    .plain(PlainLayer(Softmax(axis: axis, isLogarithm: true)))
  }
}

/// Softmax or its logarithm along one axis; the maximum is subtracted first.
package struct Softmax: PlainOperation {
  package let axis: Int
  package let isLogarithm: Bool
  package var typeName: String { isLogarithm ? "LogSoftmax" : "Softmax" }

  package func check(_ check: LayerCheck) throws(TensorError) { try check.axes([axis]) }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    try check.rank(inputs[0], atLeast: axis + 1)
    return inputs[0].dimensions
  }

  package func step(_ site: StepSite) -> any Step {
    let (from, to) = (site.inputs[0], site.output)
    if axis == to.shape.rank - 1 && !isLogarithm {
      return PlainStep(site, costPerElement: 4) { pass, rows in
        for row in rows {
          // SAFETY: both rows are whole vectors.
          unsafe pass.site.kernels.softmaxRow(
            pass.input(0) + from.row(row), pass.output + to.row(row), to.width)
        }
      }
    }
    // Every line along the axis, wherever the other axes are.
    let others = (0..<to.shape.rank).filter { $0 != axis }
    func lines(_ value: Operand) -> RowOffsets {
      RowOffsets(
        extents: others.map { value.shape[$0] }[...], strides: others.map { value.strides[$0] }[...]
      )
    }
    let (read, write) = (lines(from), lines(to))
    let (stride, target) = (from.strides[axis], to.strides[axis])
    let count = to.shape[axis]
    return PlainStep(site, rows: to.shape.count / count, cost: 8 * count) {
      [isLogarithm] pass, rows in
      // SAFETY: the lines are those of both values.
      let (x, y) = unsafe (pass.input(0), pass.output)
      for row in rows {
        let (a, b) = unsafe (x + read(row), y + write(row))
        var largest = -Float.infinity
        for i in 0..<count { unsafe largest = max(largest, a[i * stride]) }
        var sum = Float(0)
        for i in 0..<count {
          let value = unsafe expf(a[i * stride] - largest)
          sum += value
          if !isLogarithm { unsafe b[i * target] = value }
        }
        if isLogarithm {
          let shift = largest + logf(sum)
          for i in 0..<count { unsafe b[i * target] = a[i * stride] - shift }
        } else {
          let factor = 1 / sum
          for i in 0..<count { unsafe b[i * target] *= factor }
        }
      }
    }
  }
}
