import Tensor

/// What a lowered graph comes to: what its outputs do not need is gone, and its outputs have ONNX's
/// names.
struct FinishedGraph {
  var graph = Graph()
  /// The tensors that the graph reads, by name.
  var parameters: [String: Tensor] = [:]

  init(_ lowering: Lowering, outputs: [(name: String, node: Int)]) throws(TensorError) {
    let nodes = lowering.graph.nodes
    var isNeeded = Array(repeating: false, count: nodes.count)
    for output in outputs { isNeeded[output.node] = true }
    for index in nodes.indices.reversed() {
      if case .input = nodes[index].operation { isNeeded[index] = true }
      if isNeeded[index] { for input in nodes[index].inputs { isNeeded[input] = true } }
    }
    var names: [Int: String] = [:]
    for output in outputs where names[output.node] == nil {
      if case .input = nodes[output.node].operation { continue }
      names[output.node] = output.name
    }
    var taken = Set(outputs.map(\.name))
    var moved: [Int: Int] = [:]
    for (index, node) in nodes.enumerated() where isNeeded[index] {
      let name = names[index] ?? Lowering.free(node.name, in: &taken)
      moved[index] = try graph.add(name, node.operation, node.inputs.compactMap { moved[$0] })
      for (variable, tensor) in lowering.parameters[index] ?? [:] {
        parameters["\(name)/\(variable)"] = tensor
      }
    }
    for output in outputs {
      guard let index = moved[output.node] else { continue }
      if names[output.node] == output.name {
        try graph.markOutput(index)
      } else {
        // A second name of a value, or an input that is an output as well.
        let shape = lowering.shapes[output.node]
        try graph.markOutput(graph.add(output.name, .reshape(shape), index))
      }
    }
  }
}
