public import Tensor

/// What a graph computes by the definition of each layer: loops in `Double`, nothing folded.
public enum Reference {
  /// The value of every layer, by name, each with the batch axis in front.
  ///
  /// - Throws: `TensorError` unless the graph's layers fit each other and the input, and no tensor
  ///   lacks.
  public static func run(
    _ graph: Graph, _ input: Tensor, _ parameters: ParameterSource
  ) throws(TensorError) -> [String: Tensor] { try run(graph, [input], parameters) }

  /// The same for a graph of several inputs, in their order.
  ///
  /// - Throws: As for one input.
  public static func run(
    _ graph: Graph, _ inputs: [Tensor], _ parameters: ParameterSource
  ) throws(TensorError) -> [String: Tensor] {
    let shapes = try graph.outputShapes(
      inputs: inputs.map { Shape(checked: Array($0.shape.dimensions.dropFirst())) })
    let batch = inputs.first?.shape[0] ?? 1
    var given = inputs[...]
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
      case .input: values.append(given.removeFirst().elements.map { Double($0) })
      case .convolution(let c):
        values.append(
          try convolve(
            sources[0], batch, from, to, c, weights("kernel"),
            c.hasBias ? weights("bias") : Array(repeating: 0, count: c.output)))
      case .dense(let channels, let output, let bias):
        let (kernel, offset) = try (
          weights("kernel"), bias ? weights("bias") : Array(repeating: 0, count: output)
        )
        values.append(
          (0..<sources[0].count / channels * output).map { position in
            let (row, j) = position.quotientAndRemainder(dividingBy: output)
            return (0..<channels).reduce(offset[j]) {
              $0 + sources[0][row * channels + $1] * kernel[$1 * output + j]
            }
          })
      case .batchNormalization(let channels, let epsilon):
        let (gamma, beta) = try (weights("gamma"), weights("beta"))
        let (mean, variance) = try (weights("moving_mean"), weights("moving_variance"))
        values.append(
          sources[0].enumerated().map { position, value in
            let c = position % channels
            let deviation = (variance[c] + Double(epsilon)).squareRoot()
            return (value - mean[c]) / deviation * gamma[c] + beta[c]
          })
      case .unary(let function): values.append(sources[0].map { function.definition($0) })
      case .binary(let function):
        let (x, y) = (
          Value(graph, shapes, node.inputs[0], sources[0]),
          Value(graph, shapes, node.inputs[1], sources[1])
        )
        values.append(
          places(batch, to).map { function.definition(x.broadcast($0), y.broadcast($0)) })
      case .maxPooling(let pooling):
        values.append(
          Self.pool(Value(graph, shapes, node.inputs[0], sources[0]), batch, to, pooling.window) {
            taken, _, _ in taken.reduce(-.infinity, Swift.max)
          })
      case .reshape: values.append(sources[0])
      case .plain(let layer):
        let inputs = node.inputs.map { Value(graph, shapes, $0, values[$0]) }
        values.append(
          try plain(layer.operation, inputs, batch, to) { name throws(TensorError) in
            try weights(name)
          })
      }
    }
    var named: [String: Tensor] = [:]
    for (index, node) in graph.nodes.enumerated() {
      named[node.name] = try Tensor(
        Shape([batch] + shapes[index].dimensions), values[index].map { Float($0) })
    }
    return named
  }

  private static func convolve(
    _ x: [Double], _ batch: Int, _ from: [Int], _ to: [Int], _ c: Convolution,
    _ kernel: [Double], _ bias: [Double]
  ) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(batch * to.reduce(1, *))
    let (w, read, written) = (c.window, c.input / c.groups, c.output / c.groups)
    for image in 0..<batch {
      for y in 0..<to[0] {
        for x0 in 0..<to[1] {
          var sums = bias
          for row in 0..<w.height {
            for column in 0..<w.width {
              let py = y * w.strideHeight + row * w.dilationHeight - w.padding.top
              let px = x0 * w.strideWidth + column * w.dilationWidth - w.padding.left
              guard (0..<from[0]).contains(py), (0..<from[1]).contains(px) else { continue }
              let pixel = (image * from[0] + py) * from[1] + px
              let tap = (row * w.width + column) * read
              for j in 0..<c.output {
                let group = j / written
                for k in 0..<read {
                  sums[j] +=
                    x[pixel * c.input + group * read + k] * kernel[(tap + k) * c.output + j]
                }
              }
            }
          }
          result += sums
        }
      }
    }
    return result
  }
}
