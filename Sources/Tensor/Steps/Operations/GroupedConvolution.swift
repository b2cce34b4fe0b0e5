/// A convolution in groups, from its definition.
package struct GroupedConvolution: PlainOperation {
  package let convolution: Convolution
  package var typeName: String { "Conv2D" }
  package var parameters: [(variable: String, dimensions: [Int])] { convolution.parameters }

  package func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int] {
    let x = try check.image(inputs[0], channels: convolution.input)
    return try convolution.window.outputExtents(check, x) + [convolution.output]
  }

  package func step(_ site: StepSite) -> any Step {
    let (from, to, c) = (site.inputs[0].buffer, site.output, convolution)
    let (read, written) = (c.input / c.groups, c.output / c.groups)
    let w = c.window
    return PlainStep(site, costPerElement: w.height * w.width * read) { pass, rows in
      // SAFETY: taps outside of the image are left out; weights are those of the tap and the group.
      let (x, y, kernel) = unsafe (pass.input(0), pass.output, pass.site.parameter(0))
      for row in rows {
        let (line, column) = row.quotientAndRemainder(dividingBy: to.shape[1])
        let b = unsafe y + to.row(row)
        if c.hasBias {
          unsafe b.update(from: pass.site.parameter(1), count: c.output)
        } else {
          unsafe b.update(repeating: 0, count: c.output)
        }
        for tap in 0..<w.height * w.width {
          let py = line * w.strideHeight - w.padding.top + tap / w.width * w.dilationHeight
          let px = column * w.strideWidth - w.padding.left + tap % w.width * w.dilationWidth
          guard (0..<from.height).contains(py), (0..<from.width).contains(px) else { continue }
          let a = unsafe x + from.pixel(py, px)
          for input in 0..<c.input {
            let group = input / read
            let weights =
              unsafe kernel
              + (c.isDepthwise ? tap * c.input + input : (tap * read + input % read) * c.output + group * written)
            for o in 0..<written { unsafe b[group * written + o] += a[input] * weights[o] }
          }
        }
      }
    }
  }
}
