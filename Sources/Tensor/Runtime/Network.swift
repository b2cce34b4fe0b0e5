private import Synchronization

/// A network ready to run: a graph, its weights, and a plan for each input shape met so far.
///
/// Safe to share: several threads may run it at once. The first pass of a shape plans and packs
/// weights, later ones only compute.
///
/// ```swift
/// let network = try Network(graph) { name in weights[name] }  // "conv/kernel" and so on
/// let maps = try network(images)  // the last layer's output
/// ```
public final class Network: Sendable {
  /// The layers.
  public let graph: Graph
  /// What it runs on; nothing is left to `auto`.
  public let options: EngineOptions
  /// Algorithms that were found faster on this machine than the default ones.
  package let choices: [ConvolutionShape: Algorithm]
  let source: ParameterSource
  private let cache: WeightCache?
  private let plans = Mutex<[Key: CompiledPlan]>([:])
  private let packed = Mutex<[String: PackedConvolution]>([:])

  /// Most plans that are kept; one more, and all are made anew when they are needed.
  private static let planLimit = 16

  private struct Key: Hashable {
    let batch: Int
    let inputs: [Shape]
    let keeping: [String]
  }

  /// Creates a network from its layers and a source of their weights.
  ///
  /// Nothing is read from `source` before the first pass.
  ///
  /// - Parameters:
  ///   - graph: The layers.
  ///   - options: What to run on.
  ///   - choices: Algorithms that take the place of the default ones where they can.
  ///   - source: The weights by name, `layer/variable`; see ``Graph/parameters``.
  /// - Throws: ``TensorError/emptyGraph``, or ``TensorError/engineUnavailable(_:)``.
  public convenience init(
    _ graph: Graph, options: EngineOptions = .init(), choices: [ConvolutionShape: Algorithm] = [:],
    source: @escaping ParameterSource
  ) throws(TensorError) {
    try self.init(graph, options: options, choices: choices, cache: nil, source: source)
  }

  /// Creates a network whose packed weights are kept between runs of a program.
  ///
  /// - Throws: As ``init(_:options:choices:source:)`` does.
  package init(
    _ graph: Graph, options: EngineOptions = .init(), choices: [ConvolutionShape: Algorithm] = [:],
    cache: WeightCache?, source: @escaping ParameterSource
  ) throws(TensorError) {
    if graph.nodes.isEmpty { throw .emptyGraph }
    let options = options.resolved
    guard Engine.available.contains(options.engine) else {
      throw .engineUnavailable(options.engine)
    }
    self.graph = graph
    self.cache = cache
    self.choices = choices
    self.options = options
    self.source = source
  }

  /// Runs the network.
  ///
  /// - Parameter input: The only input, `[N, H, W, C]` for images, scaled as the network was trained.
  /// - Returns: The value of the first output, with the batch axis in front.
  /// - Throws: As ``run(_:keeping:)`` does.
  public func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    let values = try run(input)
    guard let first = graph.outputs.first, let value = values[graph.nodes[first].name] else {
      throw .emptyGraph
    }
    return value
  }

  /// Runs the network and keeps what some of its layers give.
  ///
  /// - Parameters:
  ///   - input: The only input, `[N, H, W, C]` for images, scaled as the network was trained.
  ///   - keeping: Layers whose values are wanted beside the outputs'.
  /// - Returns: The value of each layer of `keeping` and of each output, by name, each with the
  ///   batch axis in front.
  /// - Throws: ``TensorError`` if the input's shape is not one that the network takes, a name is no
  ///   layer, or a weight is missing or of another shape than its layer's.
  public func run(
    _ input: Tensor, keeping: [String] = []
  ) throws(TensorError) -> [String: Tensor] {
    let expected = inputShape(0)
    let shape = input.shape
    guard graph.inputs.count == 1 else {
      throw .inputNames(expected: inputNames, found: [])
    }
    guard shape.rank == expected.count + 1, shape[0] >= 1,
      zip(shape.dimensions.dropFirst(), expected).allSatisfy({ $0 == $1 ?? $0 })
    else { throw .inputShape(expected: [nil] + expected, found: shape) }
    let compiled = try compile(
      batch: shape[0], inputs: [Shape(checked: Array(shape.dimensions.dropFirst()))],
      keeping: keeping)
    return try compiled.run(input.elements.span) { Self.values($0, compiled.plan) }
  }

  /// Runs a network of any number of inputs.
  ///
  /// - Parameters:
  ///   - inputs: The value of each input layer, by name, with the batch axis in front.
  ///   - keeping: Layers whose values are wanted beside the outputs'.
  /// - Returns: The value of each output and of each layer of `keeping`, by name, each with the
  ///   batch axis in front.
  /// - Throws: ``TensorError`` as for one input, and if an input lacks or has another number of
  ///   images than the others.
  public func run(
    _ inputs: [String: Tensor], keeping: [String] = []
  ) throws(TensorError) -> [String: Tensor] {
    let names = inputNames
    guard Set(names) == Set(inputs.keys) else {
      throw .inputNames(expected: names, found: inputs.keys.sorted())
    }
    var tensors: [Tensor] = []
    for (index, name) in names.enumerated() {
      guard let tensor = inputs[name] else { continue }
      let expected = inputShape(index)
      let shape = tensor.shape
      guard shape.rank == expected.count + 1, shape[0] >= 1,
        zip(shape.dimensions.dropFirst(), expected).allSatisfy({ $0 == $1 ?? $0 })
      else { throw .inputShape(expected: [nil] + expected, found: shape) }
      tensors.append(tensor)
    }
    let batches = inputs.mapValues { $0.shape[0] }
    guard Set(batches.values).count <= 1 else { throw .unequalBatches(batches) }
    let compiled = try compile(
      batch: batches.values.first ?? 1,
      inputs: tensors.map { Shape(checked: Array($0.shape.dimensions.dropFirst())) },
      keeping: keeping)
    return try compiled.run(tensors) { Self.values($0, compiled.plan) }
  }

  private var inputNames: [String] { graph.inputs.map { graph.nodes[$0].name } }

  /// The shape of an input for one image; nil is any extent.
  private func inputShape(_ index: Int) -> [Int?] {
    guard graph.inputs.indices.contains(index),
      case .input(let shape) = graph.nodes[graph.inputs[index]].operation
    else { return [] }
    return shape
  }

  /// Runs the network on one image of bytes, which it sees as the numbers 0…255.
  ///
  /// - `bytes`: `[H, W, C]`.
  /// - Returns: As for a tensor of one image.
  /// - Throws: As ``run(_:keeping:)`` does, and ``TensorError/elementCount(shape:found:)`` unless
  ///   there are as many bytes as the image has.
  package func run(
    bytes: Span<UInt8>, height: Int, width: Int, keeping: [String] = []
  ) throws(TensorError) -> [String: Tensor] {
    let compiled = try compile(batch: 1, height: height, width: width, keeping: keeping)
    return try compiled.run(bytes: bytes) { Self.values($0, compiled.plan) }
  }

  private static func values(_ workspace: Workspace, _ plan: Plan) -> [String: Tensor] {
    var values: [String: Tensor] = [:]
    for output in plan.outputs { values[output.name] = workspace.value(output, plan) }
    return values
  }

  /// The plan for images of that size, for a network of one input.
  ///
  /// - Throws: ``TensorError`` as ``run(_:keeping:)`` does.
  package func compile(
    batch: Int, height: Int, width: Int, keeping: [String] = []
  ) throws(TensorError) -> CompiledPlan {
    try compile(
      batch: batch, inputs: [graph.imageShape(height: height, width: width)], keeping: keeping)
  }

  /// The plan for inputs of these shapes, with weights packed; made at its first use.
  ///
  /// - Throws: ``TensorError`` as ``run(_:keeping:)`` does.
  package func compile(
    batch: Int, inputs: [Shape], keeping: [String] = []
  ) throws(TensorError) -> CompiledPlan {
    let key = Key(batch: batch, inputs: inputs, keeping: keeping)
    if let known = plans.withLock({ $0[key] }) { return known }
    let plan = try Plan(
      graph: graph, batch: batch, inputs: inputs, options: options,
      keeping: keeping, choices: choices)
    let compiled = try CompiledPlan(plan, weights: packedWeights(for: plan))
    return plans.withLock { plans in
      if let known = plans[key] { return known }
      // A plan holds the memory of its passes: pictures of ever new sizes must not add up.
      if plans.count >= Self.planLimit { plans.removeAll() }
      plans[key] = compiled
      return compiled
    }
  }

  /// The packed weights of each step; what earlier plans packed is used again.
  private func packedWeights(for plan: Plan) throws(TensorError) -> [[PackedConvolution]] {
    let packings = plan.steps.map {
      WeightPacking.packings(of: $0, graph: graph, options: plan.options)
    }
    let known = packed.withLock { $0 }
    var missing: [WeightPacking] = []
    var keys = Set(known.keys)
    for packing in packings.joined() where keys.insert(packing.key).inserted {
      missing.append(packing)
    }
    let buffer = try filledBuffer(missing)
    var result = known
    var offset = WeightCache.headerBytes / MemoryLayout<Float>.stride
    for packing in missing {
      result[packing.key] = PackedConvolution(
        buffer, offset: offset, weightCount: packing.weightCount, columns: packing.columns)
      offset += packing.count
    }
    let all = result
    packed.withLock { $0.merge(all) { old, _ in old } }
    return packings.map { $0.compactMap { all[$0.key] } }
  }

  /// A cache file's header and the packed weights behind it, read from the cache or made.
  private func filledBuffer(_ packings: [WeightPacking]) throws(TensorError) -> AlignedBuffer {
    let total = packings.reduce(0) { $0 + $1.count }
    let layout = WeightPacking.layout(of: packings)
    if total > 0, let buffer = cache?.load(layout, count: total, threads: options.threads) {
      return buffer
    }
    let start = WeightCache.headerBytes / MemoryLayout<Float>.stride
    let buffer = try AlignedBuffer(count: start + total)
    var offset = start
    var work: [(packing: WeightPacking, target: PackedConvolution)] = []
    for packing in packings {
      let target = PackedConvolution(
        buffer, offset: offset, weightCount: packing.weightCount, columns: packing.columns)
      work.append((packing, target))
      offset += packing.count
    }
    // The largest first: the last to finish is then a small one.
    let jobs = work.enumerated().sorted { $0.element.packing.count > $1.element.packing.count }
    let failures = Mutex<[Int: TensorError]>([:])
    ThreadPool.shared(threads: options.threads).forEach(jobs.count) { [source] index in
      let (layer, (packing, target)) = jobs[index]
      do throws(TensorError) {
        try packing.pack(from: source, into: target)
      } catch {
        failures.withLock { $0[layer] = error }
      }
    }
    if let first = failures.withLock({ $0.min { $0.key < $1.key } }) { throw first.value }
    if total > 0 { cache?.store(layout, buffer, threads: options.threads) }
    return buffer
  }
}
