import Tensor

/// What `inspect` prints of a network: its layers as Keras's `summary()` has them.
struct NetworkSummary: Encodable {
  struct Layer: Encodable {
    let name, type: String
    let outputShape: [Int]
    let parameters, multiplyAdds: Int

    enum CodingKeys: String, CodingKey {
      case name, type, parameters
      case outputShape = "output_shape", multiplyAdds = "multiply_adds"
    }
  }

  var v = 1
  let file: String
  let metadata: [String: String]
  let layers: [Layer]
  let parameters, multiplyAdds: Int

  enum CodingKeys: String, CodingKey {
    case v, file, metadata, layers, parameters
    case multiplyAdds = "multiply_adds"
  }

  /// Describes a graph whose nodes give values of `shapes`.
  init(file: String, metadata: [String: String], graph: Graph, shapes: [Shape]) {
    (self.file, self.metadata) = (file, metadata)
    layers = graph.nodes.indices.map { index in
      Layer(
        name: graph.nodes[index].name, type: graph.nodes[index].operation.typeName,
        outputShape: shapes[index].dimensions,
        parameters: graph.parameters(of: index).reduce(0) { $0 + $1.shape.count },
        multiplyAdds: graph.multiplyAdds(of: index, shapes: shapes))
    }
    parameters = layers.reduce(0) { $0 + $1.parameters }
    multiplyAdds = layers.reduce(0) { $0 + $1.multiplyAdds }
  }

  /// The table for a person.
  var text: String {
    func row(_ cells: [String]) -> String {
      let widths = [28, 24, 18, 12, 15]
      return zip(cells, widths).enumerated().map { index, cell in
        let gap = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
        return index < 2 ? cell.0 + gap : gap + cell.0
      }.joined()
    }
    var lines = [row(["layer", "type", "output", "parameters", "multiply-adds"])]
    for layer in layers {
      let shape = "[N, \(layer.outputShape.map(String.init).joined(separator: ", "))]"
      lines.append(
        row([
          layer.name, layer.type, shape, grouped(layer.parameters), grouped(layer.multiplyAdds),
        ]))
    }
    lines.append(
      row(["total", "", "", grouped(parameters), grouped(multiplyAdds)]))
    lines.append("")
    lines.append(file)
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(key): \(value)")
    }
    return lines.joined(separator: "\n")
  }
}
