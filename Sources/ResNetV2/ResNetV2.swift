public import Tensor
public import WeightLoader

/// A ResNet50V2, 101V2 or 152V2 with its weights, ready to run.
///
/// Safe to share between threads; several may run it at once. The first call with an input shape
/// plans the pass and packs weights, later ones only compute.
///
/// ```swift
/// let network = try ResNetV2(weights: WeightFile(path: "Weights/mood.safetensors"))
/// let probabilities = try network(pixels).probabilities  // [N, 96, 96, 3] → [N, 7]
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
  /// - Parameters:
  ///   - weights: The file.
  ///   - options: What to run on.
  ///   - cacheDirectory: Where packed weights are kept between runs; nil for nowhere.
  /// - Throws: `WeightError` if a tensor is missing, unknown, of another shape or not finite, or the
  ///   engine refuses the layers or the options.
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
    let choices = cacheDirectory.map { TunedAlgorithms(directory: $0, options: options).choices }
    try self.init(
      metadata: weights.metadata, graph, options, choices: choices ?? [:], cache: cache
    ) { name in
      // Names and shapes were checked; what cannot be read any more is missing to the engine.
      do { return try tensors.tensor(name) } catch { return nil }
    }
  }

  /// Creates a network whose weights come from elsewhere, for benchmarks and tests.
  ///
  /// - Parameters:
  ///   - metadata: What the network is.
  ///   - options: What to run on.
  ///   - source: The weights by name, `layer/variable`.
  /// - Throws: `WeightError.badMetadata` for an unknown architecture or a size out of range, and
  ///   `WeightError.refusedByEngine` for a head that makes no network.
  public convenience init(
    metadata: ModelMetadata, options: EngineOptions = .init(), source: @escaping ParameterSource
  ) throws(WeightError) {
    try self.init(
      metadata: metadata, Self.graph(metadata), options, choices: [:], cache: nil, source: source)
  }

  private init(
    metadata: ModelMetadata, _ graph: Graph, _ options: EngineOptions,
    choices: [ConvolutionShape: Algorithm], cache: WeightCache?, source: @escaping ParameterSource
  ) throws(WeightError) {
    self.metadata = metadata
    do throws(TensorError) {
      network = try Network(
        graph, options: options, choices: choices, cache: cache, source: source)
    } catch { throw .refusedByEngine(error) }
  }

  private static func graph(_ metadata: ModelMetadata) throws(WeightError) -> Graph {
    guard let architecture = Architecture(rawValue: metadata.architecture) else {
      throw .badMetadata(
        key: "architecture", value: metadata.architecture,
        expected: Architecture.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let range = ModelMetadata.inputExtents
    for extent in [metadata.inputHeight, metadata.inputWidth] {
      guard let extent, !range.contains(extent) else { continue }
      throw .badMetadata(
        key: "input_shape", value: "\(extent)",
        expected: "\(range.lowerBound) to \(range.upperBound)")
    }
    do throws(TensorError) {
      return try architecture.graph(
        head: metadata.headLayers, inputHeight: metadata.inputHeight,
        inputWidth: metadata.inputWidth)
    } catch { throw .refusedByEngine(error) }
  }

  /// Names of the layers that can be tapped, in order.
  public var layerNames: [String] { network.graph.nodes.map(\.name) }

  /// How many threads a pass runs on.
  package var threads: Int { network.options.threads }

  /// Whether the network takes images of that size.
  public func accepts(height: Int, width: Int) -> Bool {
    guard (metadata.inputHeight ?? height) == height, (metadata.inputWidth ?? width) == width
    else { return false }
    do { return try !network.graph.outputShapes(height: height, width: width).isEmpty } catch {
      return false
    }
  }

  /// Runs the network.
  ///
  /// - Parameters:
  ///   - input: `[N, H, W, 3]`, scaled as the network was trained: see `ModelMetadata.preprocess`.
  ///   - taps: Layers whose values are wanted too, named as in Keras.
  /// - Returns: Logits, probabilities where the network has classes, and the tapped layers.
  /// - Throws: `TensorError` if the input is of another shape than the weights', too small or too
  ///   large, or a tap is none of ``layerNames``.
  /// - Complexity: 3.5 G multiply–adds per image of 224×224 for 50 layers.
  public func callAsFunction(_ input: Tensor, taps: [String] = []) throws(TensorError) -> Output {
    let shape = input.shape
    guard shape.rank == 4, shape[3] == 3, (metadata.inputHeight ?? shape[1]) == shape[1],
      (metadata.inputWidth ?? shape[2]) == shape[2]
    else {
      throw .inputShape(
        expected: [nil, metadata.inputHeight, metadata.inputWidth, 3], found: shape)
    }
    let values = try network.run(input, keeping: taps)
    guard let last = layerNames.last, let logits = values[last] else { throw .emptyGraph }
    return Output(
      logits: logits,
      probabilities: hasSoftmax ? try logits.softmax(temperature: metadata.temperature ?? 1) : nil,
      taps: values.filter { taps.contains($0.key) })
  }

  private var hasSoftmax: Bool {
    if case .dense(_, _, .softmax) = metadata.headLayers.last { true } else { false }
  }
}
