public import Tensor
public import WeightLoader

/// A ResNet50V2, 101V2 or 152V2 with its weights, ready to run.
///
/// Safe to share between threads; several may run it at once. The first call with an input shape
/// plans the pass and packs weights, later ones only compute.
///
/// ```swift
/// let network = try ResNetV2(weights: WeightFile(path: "mood.safetensors"))
/// let probabilities = network(pixels).probabilities  // [N, 64, 64, 3] → [N, 7]
/// ```
public final class ResNetV2: Sendable {
  /// What the weight file says of the network: input size, scaling, classes, head.
  public let metadata: ModelMetadata
  /// The compiled network.
  public let network: Network

  /// What one pass gives.
  public struct Output: Sendable {
    /// Sums of the last layer, `[N, classes]`; the features, `[N, h, w, 2048]` or `[N, 2048]`, if
    /// the file has no classes.
    public let logits: Tensor
    /// softmax(logits / temperature), `[N, classes]`; nil if the last layer has no softmax.
    public let probabilities: Tensor?
    /// The layers that were asked for, by name.
    public let taps: [String: Tensor]
  }

  /// Loads a network; nothing is kept if anything is wrong with the file.
  ///
  /// Every tensor is checked here, and read when a first pass packs it. What is packed is kept in
  /// `cacheDirectory`, so that the next program that loads these weights need not read them. What
  /// `mood-cli tune` found fastest is looked for there as well.
  ///
  /// - `cacheDirectory`: Where packed weights are kept between runs; nil for nowhere.
  /// - Throws: `WeightError` if a tensor is missing, unknown, of another shape or not finite.
  public convenience init(
    weights: WeightFile, options: EngineOptions = .init(),
    cacheDirectory: String? = WeightCache.userDirectory
  ) throws(WeightError) {
    let graph = try Self.graph(weights.metadata)
    let (tensors, threads) = (weights.tensors, options.threads)
    try tensors.check(exactly: graph.parameters, threads: threads)
    let cache = cacheDirectory.map {
      WeightCache(directory: $0, weights: tensors.contentHash(threads: threads))
    }
    self.init(
      metadata: weights.metadata,
      network: Network(
        graph, options: options,
        choices: cacheDirectory.map {
          TunedAlgorithms(directory: $0, options: options).choices
        } ?? [:], cache: cache
      ) { name in
        do { return try tensors.tensor(name) } catch { preconditionFailure("\(name): \(error)") }
      })
  }

  /// Creates a network whose weights come from elsewhere, for benchmarks and tests.
  ///
  /// - Throws: `WeightError.badMetadata` for an unknown architecture.
  public convenience init(
    metadata: ModelMetadata, options: EngineOptions = .init(), source: @escaping ParameterSource
  ) throws(WeightError) {
    self.init(
      metadata: metadata,
      network: Network(try Self.graph(metadata), options: options, source: source))
  }

  private init(metadata: ModelMetadata, network: Network) {
    self.metadata = metadata
    self.network = network
  }

  private static func graph(_ metadata: ModelMetadata) throws(WeightError) -> Graph {
    guard let architecture = Architecture(rawValue: metadata.architecture) else {
      throw .badMetadata(
        key: "architecture", value: metadata.architecture,
        expected: Architecture.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return architecture.graph(
      head: metadata.headLayers, inputHeight: metadata.inputHeight,
      inputWidth: metadata.inputWidth)
  }

  /// Names of the layers that can be tapped, in order.
  public var layerNames: [String] { network.graph.nodes.map(\.name) }

  /// How many threads a pass runs on.
  package var threads: Int { network.options.threads }

  /// Whether the network takes images of that size.
  public func accepts(height: Int, width: Int) -> Bool {
    (metadata.inputHeight ?? height) == height && (metadata.inputWidth ?? width) == width
      && height > 0 && width > 0
      && network.graph.outputShapes(height: height, width: width) != nil
  }

  /// Runs the network.
  ///
  /// - Parameters:
  ///   - input: `[N, H, W, 3]`, scaled as the network was trained: see `ModelMetadata.preprocess`.
  ///   - taps: Layers whose values are wanted too, named as in Keras.
  /// - Returns: Logits, probabilities where the network has classes, and the tapped layers.
  /// - Precondition: `input` has at least one image of a size that ``accepts(height:width:)``
  ///   allows, and every tap is one of ``layerNames``.
  /// - Complexity: 3.5 G multiply–adds an image of 224×224 for 50 layers.
  public func callAsFunction(_ input: Tensor, taps: [String] = []) -> Output {
    precondition(
      input.shape.rank == 4 && input.shape[3] == 3
        && accepts(height: input.shape[1], width: input.shape[2]),
      "input \(input.shape) does not fit the network")
    guard let values = network.run(input, keeping: taps), let last = layerNames.last,
      let logits = values[last]
    else { preconditionFailure("\(input.shape) was accepted") }
    return Output(
      logits: logits,
      probabilities: hasSoftmax ? logits.softmax(temperature: metadata.temperature ?? 1) : nil,
      taps: values.filter { taps.contains($0.key) })
  }

  private var hasSoftmax: Bool {
    if case .dense(_, _, .softmax) = metadata.headLayers.last { true } else { false }
  }
}
