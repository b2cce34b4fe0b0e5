import MoodRecommend
import ResNetV2
import Tensor
import WeightLoader

/// Weights that keep activations of a healthy size; the same in every run.
enum RandomWeights {
  /// A source for the network that `metadata` describes.
  static func source(for metadata: ModelMetadata) throws -> ParameterSource {
    let graph = try (Architecture(rawValue: metadata.architecture) ?? .resNet50V2).graph(
      head: metadata.headLayers, inputHeight: metadata.inputHeight,
      inputWidth: metadata.inputWidth)
    let shapes = Dictionary(uniqueKeysWithValues: graph.parameters.map { ($0.name, $0.shape) })
    return { name in
      let shape = shapes[name] ?? [0]
      let seed = name.utf8.reduce(UInt64(14_695_981_039_346_656_037)) {
        ($0 ^ UInt64($1)) &* 1_099_511_628_211  // FNV-1a
      }
      var generator = SplitMix64(seed: seed)
      func values(_ middle: Float, _ spread: Float) -> Tensor {
        Tensor(
          checked: shape,
          (0..<shape.count).map { _ in
            middle + spread * (Float(generator.next() >> 40) * 0x1p-23 - 1)
          })
      }
      if name.hasSuffix("kernel") {
        let fan = Float(shape.count / (shape.dimensions.last ?? 1))
        // A block's last convolution is weak, so that the sum over many blocks stays moderate.
        return values(0, (6 / fan).squareRoot() * (name.hasSuffix("_3_conv/kernel") ? 0.2 : 1))
      }
      let isScale = name.hasSuffix("gamma") || name.hasSuffix("moving_variance")
      return isScale ? values(1, 0.3) : values(0, 0.1)
    }
  }
}
