public import Tensor
public import WeightLoader

/// Which places of a picture spoke for a class: gradient times activation at `post_relu`.
///
/// heat[y, x] = Σ_c A[y, x, c] · ∂logit/∂A[y, x, c], A being the last feature map: HiResCAM, Draelos
/// & Carin 2020, <https://arxiv.org/abs/2011.08891>, which keeps where each feature stands. The
/// gradient is exact: behind `post_relu` come only dense layers, batch norms and ReLUs, whose
/// derivatives are their weights, their scales, and 0 or 1.
///
/// ```swift
/// let maps = try ClassActivationMap(weights: file)
/// let output = try network(input, taps: ["post_relu"])
/// if let features = output.taps["post_relu"] {
///   let heat = try maps.heat(features, class: 3)  // [h, w]
/// }
/// ```
public struct ClassActivationMap: Sendable {
  /// A layer of the head as a function that is its own derivative but for a mask.
  private enum Layer {
    /// y = x · scale + shift, over the last axis.
    case affine(scale: [Float], shift: [Float])
    /// `kernel` `[in, out]`.
    case dense(kernel: Tensor, bias: [Float], appliesReLU: Bool)
    case average
    case flatten
  }
  private let layers: [Layer]
  /// How many classes there are.
  public let classCount: Int

  /// Reads the head of a network.
  ///
  /// - Throws: `WeightError` if a tensor is missing or has another shape.
  public init(weights: WeightFile) throws(WeightError) {
    let metadata = weights.metadata
    func tensor(_ name: String, _ shape: Shape?) throws(WeightError) -> Tensor {
      let tensor = try weights.tensors.tensor(name)
      if let shape, tensor.shape != shape {
        throw .shapeMismatch(name: name, expected: shape, found: tensor.shape)
      }
      return tensor
    }
    var layers: [Layer] = []
    var width = 2048
    for layer in metadata.headLayers {
      switch layer {
      case .batchNormalization(let name, let epsilon):
        let gamma = try tensor("\(name)/gamma", [width]).elements
        let beta = try tensor("\(name)/beta", [width]).elements
        let mean = try tensor("\(name)/moving_mean", [width]).elements
        let variance = try tensor("\(name)/moving_variance", [width]).elements
        let scale = gamma.indices.map { gamma[$0] / (variance[$0] + epsilon).squareRoot() }
        layers.append(
          .affine(scale: scale, shift: scale.indices.map { beta[$0] - mean[$0] * scale[$0] }))
      case .flatten:
        width *=
          ((metadata.inputHeight ?? 32) + 31) / 32 * (((metadata.inputWidth ?? 32) + 31) / 32)
        layers.append(.flatten)
      case .globalAveragePooling: layers.append(.average)
      case .dense(let name, let units, let activation):
        layers.append(
          .dense(
            kernel: try tensor("\(name)/kernel", [width, units]),
            bias: try tensor("\(name)/bias", [units]).elements, appliesReLU: activation == .relu))
        width = units
      }
    }
    self.layers = layers
    classCount = metadata.classNames.count
  }

  /// The map of one class for one picture.
  ///
  /// - Parameters:
  ///   - features: `post_relu` of one picture, `[1, h, w, 2048]`.
  ///   - index: The class, in the network's order.
  /// - Returns: `[h, w]`; positive where a place spoke for the class, negative where against.
  /// - Throws: `TensorError` unless the features are of this network's shape and the class exists.
  public func heat(_ features: Tensor, class index: Int) throws(TensorError) -> Tensor {
    let gradient = try gradient(features, class: index).elements
    let (h, w, channels) = (features.shape[1], features.shape[2], features.shape[3])
    return Tensor(
      checked: [h, w],
      (0..<h * w).map { place in
        (place * channels..<(place + 1) * channels)
          .reduce(Float(0)) { $0 + features.elements[$1] * gradient[$1] }
      })
  }

  /// ∂logit/∂features, of the features' shape.
  ///
  /// - Throws: As ``heat(_:class:)`` does.
  public func gradient(_ features: Tensor, class index: Int) throws(TensorError) -> Tensor {
    guard (0..<classCount).contains(index) else {
      throw .unknownClass(index: index, count: classCount)
    }
    try check(features.shape)
    let channels = features.shape[3]
    let pixels = features.shape[1] * features.shape[2]
    var x = features.elements
    var masks: [[Bool]] = []
    for layer in layers {
      switch layer {
      case .affine(let scale, let shift):
        x = x.indices.map { x[$0] * scale[$0 % scale.count] + shift[$0 % scale.count] }
        masks.append([])
      case .flatten: masks.append([])
      case .average:
        x = (0..<channels).map { c in
          (0..<pixels).reduce(Float(0)) { $0 + x[$1 * channels + c] } / Float(pixels)
        }
        masks.append([])
      case .dense(let kernel, let bias, let appliesReLU):
        var sums = bias
        for (row, value) in x.enumerated() where value != 0 {
          for j in sums.indices { sums[j] += value * kernel.elements[row * sums.count + j] }
        }
        masks.append(sums.map { !appliesReLU || $0 > 0 })
        x = appliesReLU ? sums.map { max($0, 0) } : sums
      }
    }
    var gradient = (0..<x.count).map { $0 == index ? Float(1) : 0 }
    for (layer, mask) in zip(layers, masks).reversed() {
      switch layer {
      case .affine(let scale, _):
        gradient = gradient.indices.map { gradient[$0] * scale[$0 % scale.count] }
      case .flatten: break
      case .average:
        gradient = (0..<pixels * channels).map { gradient[$0 % channels] / Float(pixels) }
      case .dense(let kernel, let bias, _):
        let masked = zip(gradient, mask).map { $1 ? $0 : 0 }
        gradient = (0..<kernel.shape[0]).map { row in
          bias.indices.reduce(Float(0)) {
            $0 + kernel.elements[row * bias.count + $1] * masked[$1]
          }
        }
      }
    }
    return Tensor(checked: features.shape, gradient)
  }

  /// Refuses features that are not those of one picture, as the head's first dense layer reads them.
  private func check(_ shape: Shape) throws(TensorError) {
    guard shape.rank == 4, shape[0] == 1, shape[1] > 0, shape[2] > 0, shape[3] == 2048 else {
      throw .inputShape(expected: [1, nil, nil, 2048], found: shape)
    }
    let isAveraged = layers.contains { if case .average = $0 { true } else { false } }
    for case .dense(let kernel, _, _) in layers.prefix(isAveraged ? 0 : layers.count) {
      guard kernel.shape[0] == shape.count else {
        throw .elementCount(shape: [kernel.shape[0]], found: shape.count)
      }
      return
    }
  }
}
