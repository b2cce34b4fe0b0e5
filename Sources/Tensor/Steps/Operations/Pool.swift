import KernelTypes

extension Operation {
  /// The mean of each window; with `countsPadding` what stands around the image counts as zeros.
  public static func averagePooling(_ pooling: Pooling, countsPadding: Bool) -> Operation {
    .plain(PlainLayer(Pool(pooling: pooling, kind: .average(countsPadding: countsPadding))))
  }
}

/// A pool over windows of any kind; padding is no value of its own.
package struct Pool: PlainOperation {
  package enum Kind: Hashable, Sendable {
    case maximum
    case average(countsPadding: Bool)
  }
  package let pooling: Pooling
  package let kind: Kind

  package var typeName: String { kind == .maximum ? "MaxPooling2D" : "AveragePooling2D" }

  package func check(_ check: LayerCheck) throws(TensorError) { try pooling.check(check) }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  {
    let x = try check.image(inputs[0])
    return try pooling.window.outputExtents(check, x) + [x[2]]
  }

  package func step(_ site: StepSite) -> any Step {
    let (from, to) = (site.inputs[0].buffer, site.output)
    let (window, width) = (pooling.window, to.shape[1])
    let taps = window.height * window.width
    /// The taps of one axis that lie in the image.
    @Sendable func inside(
      _ start: Int, _ taps: Int, _ dilation: Int, _ extent: Int
    ) -> Range<Int> {
      let first = start >= 0 ? 0 : (-start + dilation - 1) / dilation
      let end = start >= extent ? 0 : min(taps, (extent - 1 - start) / dilation + 1)
      return first..<max(first, end)
    }
    return PlainStep(site, costPerElement: min(taps, 1 << 20)) { [kind] pass, rows in
      // SAFETY: windows are cut at the image's borders.
      let (x, y) = unsafe (pass.input(0), pass.output)
      let channels = to.buffer.vectorChannels(pass.site.kernels)
      for row in rows {
        let (line, column) = row.quotientAndRemainder(dividingBy: width)
        let top = line * window.strideHeight - window.padding.top
        let left = column * window.strideWidth - window.padding.left
        let down = inside(top, window.height, window.dilationHeight, from.height)
        let across = inside(left, window.width, window.dilationWidth, from.width)
        let b = unsafe y + to.row(row)
        unsafe b.update(repeating: kind == .maximum ? -.infinity : 0, count: channels)
        for tapY in down {
          for tapX in across {
            let a =
              unsafe x
              + from.pixel(
                top + tapY * window.dilationHeight, left + tapX * window.dilationWidth)
            unsafe pass.site.kernels.combineRow(
              kind == .maximum ? .maximum : .add, b, 0, false, a, 0, false, b, 0, 1, channels)
          }
        }
        if case .average(let countsPadding) = kind {
          // What the last window of a rounded-up count has beyond the padding never counts.
          let p = window.padding
          let padded = (
            inside(
              top + p.top, window.height, window.dilationHeight, from.height + p.top + p.bottom),
            inside(left + p.left, window.width, window.dilationWidth, from.width + p.left + p.right)
          )
          let count =
            countsPadding ? padded.0.count * padded.1.count : down.count * across.count
          let factor = 1 / Float(max(count, 1))
          for c in 0..<channels { unsafe b[c] *= factor }
        }
      }
    }
  }
}
