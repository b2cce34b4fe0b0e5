public import Tensor

/// What a graph computes by the definition of each layer: loops in `Double`, nothing folded.
public enum Reference {
  /// The value of every layer, by name, each with the batch axis in front.
  ///
  /// - Throws: `TensorError` unless the graph's layers fit each other and the input, and no tensor
  ///   lacks.
  public static func run(
    _ graph: Graph, _ input: Tensor, _ parameters: ParameterSource
  ) throws(TensorError) -> [String: Tensor] {
    let shapes = try graph.outputShapes(height: input.shape[1], width: input.shape[2])
    let batch = input.shape[0]
    var values: [[Double]] = []
    for (index, node) in graph.nodes.enumerated() {
      func weights(_ variable: String) throws(TensorError) -> [Double] {
        let name = "\(node.name)/\(variable)"
        guard let tensor = parameters(name) else { throw .missingParameter(name: name) }
        return tensor.elements.map { Double($0) }
      }
      let sources = node.inputs.map { values[$0] }
      let from = node.inputs.first.map { shapes[$0].dimensions } ?? []
      let to = shapes[index].dimensions
      switch node.operation {
      case .input: values.append(input.elements.map { Double($0) })
      case .zeroPadding(let padding):
        values.append(pad(sources[0], batch, from, to, padding))
      case .convolution(let h, let w, let channels, let output, let stride, let bias):
        values.append(
          try convolve(
            sources[0], batch, from, to, weights("kernel"),
            bias ? weights("bias") : Array(repeating: 0, count: output), h, w, channels, stride))
      case .depthwiseConvolution(let channels):
        values.append(
          try depthwise(sources[0], batch, from, to, weights("kernel"), weights("bias"), channels))
      case .upsampleNearest2x:
        values.append(
          (0..<batch * to[0] * to[1]).flatMap { pixel in
            let (row, column) = pixel.quotientAndRemainder(dividingBy: to[1])
            let first = (row / 2 * from[1] + column / 2) * from[2]
            return sources[0][first..<first + from[2]]
          })
      case .dense(let channels, let output):
        values.append(
          try convolve(
            sources[0], batch, [1, 1, channels], [1, 1, output], weights("kernel"),
            weights("bias"), 1, 1, channels, 1))
      case .batchNormalization(let channels, let epsilon):
        let (gamma, beta) = try (weights("gamma"), weights("beta"))
        let (mean, variance) = try (weights("moving_mean"), weights("moving_variance"))
        values.append(
          sources[0].enumerated().map { position, value in
            let c = position % channels
            let deviation = (variance[c] + Double(epsilon)).squareRoot()
            return (value - mean[c]) / deviation * gamma[c] + beta[c]
          })
      case .relu: values.append(sources[0].map { max($0, 0) })
      case .add: values.append(zip(sources[0], sources[1]).map { $0 + $1 })
      case .maxPooling(let window, let stride):
        values.append(pool(sources[0], batch, from, to, window, stride))
      case .globalAveragePooling:
        let (pixels, channels) = (from[0] * from[1], from[2])
        values.append(
          (0..<batch * channels).map { position in
            let (image, c) = position.quotientAndRemainder(dividingBy: channels)
            return (0..<pixels).reduce(0) {
              $0 + sources[0][(image * pixels + $1) * channels + c]
            } / Double(pixels)
          })
      case .flatten: values.append(sources[0])
      }
    }
    var named: [String: Tensor] = [:]
    for (index, node) in graph.nodes.enumerated() {
      named[node.name] = try Tensor(
        Shape([batch] + shapes[index].dimensions), values[index].map { Float($0) })
    }
    return named
  }

  private static func pad(
    _ x: [Double], _ batch: Int, _ from: [Int], _ to: [Int], _ padding: Padding
  ) -> [Double] {
    var result = [Double](repeating: 0, count: batch * to.reduce(1, *))
    for image in 0..<batch {
      for y in 0..<from[0] {
        for i in 0..<from[1] * from[2] {
          result[((image * to[0] + y + padding.top) * to[1] + padding.left) * to[2] + i] =
            x[(image * from[0] + y) * from[1] * from[2] + i]
        }
      }
    }
    return result
  }

  private static func convolve(
    _ x: [Double], _ batch: Int, _ from: [Int], _ to: [Int], _ kernel: [Double], _ bias: [Double],
    _ height: Int, _ width: Int, _ channels: Int, _ stride: Int
  ) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(batch * to.reduce(1, *))
    let output = to[2]
    for image in 0..<batch {
      for y in 0..<to[0] {
        for x0 in 0..<to[1] {
          var sums = bias
          for row in 0..<height {
            for column in 0..<width {
              let pixel = ((image * from[0] + y * stride + row) * from[1] + x0 * stride + column)
              let tap = (row * width + column) * channels
              for c in 0..<channels {
                let value = x[pixel * channels + c]
                for j in 0..<output { sums[j] += value * kernel[(tap + c) * output + j] }
              }
            }
          }
          result += sums
        }
      }
    }
    return result
  }

  private static func depthwise(
    _ x: [Double], _ batch: Int, _ from: [Int], _ to: [Int], _ kernel: [Double], _ bias: [Double],
    _ channels: Int
  ) -> [Double] {
    (0..<batch * to.reduce(1, *)).map { position in
      let (pixel, c) = position.quotientAndRemainder(dividingBy: channels)
      let (line, column) = pixel.quotientAndRemainder(dividingBy: to[1])
      let (image, row) = line.quotientAndRemainder(dividingBy: to[0])
      return (0..<9).reduce(bias[c]) { sum, tap in
        let pixel = (image * from[0] + row + tap / 3) * from[1] + column + tap % 3
        return sum + x[pixel * channels + c] * kernel[tap * channels + c]
      }
    }
  }

  private static func pool(
    _ x: [Double], _ batch: Int, _ from: [Int], _ to: [Int], _ window: Int, _ stride: Int
  ) -> [Double] {
    var result: [Double] = []
    for image in 0..<batch {
      for y in 0..<to[0] {
        for x0 in 0..<to[1] {
          for c in 0..<to[2] {
            var largest = -Double.infinity
            for row in 0..<window {
              for column in 0..<window {
                let pixel = (image * from[0] + y * stride + row) * from[1] + x0 * stride + column
                largest = max(largest, x[pixel * from[2] + c])
              }
            }
            result.append(largest)
          }
        }
      }
    }
    return result
  }
}
