package import Tensor
package import WeightLoader

extension Architecture {
  /// The whole network as a weight file's metadata describe it, ending with the logits.
  ///
  /// A dense layer's activation is a layer of its own, `<name>_relu`. The softmax of the last one
  /// is left out: ``ResNetV2`` applies it with the file's temperature.
  ///
  /// - Throws: `TensorError` if two layers have one name, or an extent makes no sense.
  package func graph(
    head: [HeadLayer], inputHeight: Int?, inputWidth: Int?
  ) throws(TensorError) -> Graph {
    var graph = Graph()
    var x = try appendBackbone(to: &graph)
    var count = 2048
    for layer in head {
      switch layer {
      case .batchNormalization(let name, let epsilon):
        x = try graph.add(name, .batchNormalization(channels: count, epsilon: epsilon), x)
      case .flatten(let name):
        // Five halvings, each rounded up. The metadata hold a size where there is a Flatten.
        count *= ((inputHeight ?? 32) + 31) / 32 * (((inputWidth ?? 32) + 31) / 32)
        x = try graph.add(name, .flatten, x)
      case .globalAveragePooling(let name):
        x = try graph.add(name, .globalAveragePooling, x)
      case .dense(let name, let units, let activation):
        x = try graph.add(name, .dense(input: count, output: units), x)
        count = units
        if activation == .relu { x = try graph.add("\(name)_relu", .relu, x) }
      }
    }
    return graph
  }
}
