private import Synchronization

/// A network ready to run: a graph, its weights, and a plan for each input shape met so far.
///
/// Safe to share: several threads may run it at once. The first pass of a shape plans and packs
/// weights, later ones only compute.
public final class Network: Sendable {
  /// The layers.
  public let graph: Graph
  /// What it runs on; nothing is left to `auto`.
  public let options: EngineOptions
  /// Algorithms that were found faster on this machine than the default ones.
  public let choices: [ConvolutionCase: Algorithm]
  let source: ParameterSource
  private let cache: WeightCache?
  private let plans = Mutex<[Key: CompiledPlan]>([:])
  private let packed = Mutex<[String: PackedConvolution]>([:])

  /// Most plans that are kept; one more, and all are made anew when they are needed.
  private static let planLimit = 16

  private struct Key: Hashable {
    let batch, height, width: Int
    let keeping: [String]
  }

  /// Creates a network from its layers and a source of their weights.
  ///
  /// Nothing is read from `source` before the first pass.
  ///
  /// - `choices`: Algorithms that take the place of the default ones where they can.
  /// - `cache`: Where packed weights are kept between runs of a program; nil for nowhere.
  public init(
    _ graph: Graph, options: EngineOptions = .init(), choices: [ConvolutionCase: Algorithm] = [:],
    cache: WeightCache? = nil, source: @escaping ParameterSource
  ) {
    self.graph = graph
    self.cache = cache
    self.choices = choices
    self.options = options.resolved
    self.source = source
  }

  /// Runs the network.
  ///
  /// - Parameters:
  ///   - input: `[N, H, W, C]`, scaled as the network was trained.
  ///   - keeping: Layers whose values are wanted beside the last one's.
  /// - Returns: The value of each layer of `keeping` and of the last layer, by name, each with the
  ///   batch axis in front; nil if H or W is too small for the network.
  /// - Precondition: `input` has four axes and at least one image, and each name is a layer.
  public func run(_ input: Tensor, keeping: [String] = []) -> [String: Tensor]? {
    precondition(input.shape.rank == 4, "input \(input.shape) is not [N, H, W, C]")
    guard
      let compiled = compile(
        batch: input.shape[0], height: input.shape[1], width: input.shape[2], keeping: keeping)
    else { return nil }
    return compiled.run(input.elements.span) { Self.values($0, compiled.plan) }
  }

  /// Runs the network on one image of bytes, which it sees as the numbers 0…255.
  ///
  /// - `bytes`: `[H, W, C]`.
  /// - Returns: As for a tensor of one image.
  /// - Precondition: There are as many bytes as the image has, and each name is a layer.
  public func run(
    bytes: Span<UInt8>, height: Int, width: Int, keeping: [String] = []
  ) -> [String: Tensor]? {
    compile(batch: 1, height: height, width: width, keeping: keeping).map { compiled in
      compiled.run(bytes: bytes) { Self.values($0, compiled.plan) }
    }
  }

  private static func values(_ workspace: Workspace, _ plan: Plan) -> [String: Tensor] {
    var values: [String: Tensor] = [:]
    for output in plan.outputs { values[output.name] = workspace.value(output, plan) }
    return values
  }

  /// The plan for an input shape, with weights packed; made at its first use.
  ///
  /// - Returns: nil if the images are too small for the network.
  package func compile(
    batch: Int, height: Int, width: Int, keeping: [String] = []
  ) -> CompiledPlan? {
    let key = Key(batch: batch, height: height, width: width, keeping: keeping)
    if let known = plans.withLock({ $0[key] }) { return known }
    guard
      let plan = Plan(
        graph: graph, batch: batch, height: height, width: width, options: options,
        keeping: keeping, choices: choices)
    else { return nil }
    let compiled = CompiledPlan(plan, weights: packedWeights(for: plan))
    return plans.withLock { plans in
      if let known = plans[key] { return known }
      // A plan holds the memory of its passes: pictures of ever new sizes must not add up.
      if plans.count >= Self.planLimit { plans.removeAll() }
      plans[key] = compiled
      return compiled
    }
  }

  /// The packed weights of each step; what earlier plans packed is used again.
  private func packedWeights(for plan: Plan) -> [[PackedConvolution]] {
    let packings = plan.steps.map {
      WeightPacking.packings(of: $0, graph: graph, options: plan.options)
    }
    let known = packed.withLock { $0 }
    var missing: [WeightPacking] = []
    var keys = Set(known.keys)
    for packing in packings.joined() where keys.insert(packing.key).inserted {
      missing.append(packing)
    }
    let buffer = filledBuffer(missing)
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
  private func filledBuffer(_ packings: [WeightPacking]) -> AlignedBuffer {
    let total = packings.reduce(0) { $0 + $1.count }
    let layout = WeightPacking.layout(of: packings)
    if total > 0, let buffer = cache?.load(layout, count: total, threads: options.threads) {
      return buffer
    }
    let start = WeightCache.headerBytes / MemoryLayout<Float>.stride
    let buffer = AlignedBuffer(count: start + total)
    var offset = start
    var work: [(packing: WeightPacking, target: PackedConvolution)] = []
    for packing in packings {
      let target = PackedConvolution(
        buffer, offset: offset, weightCount: packing.weightCount, columns: packing.columns)
      work.append((packing, target))
      offset += packing.count
    }
    // The largest first: the last to finish is then a small one.
    let jobs = work.sorted { $0.packing.count > $1.packing.count }
    ThreadPool.shared(threads: options.threads).forEach(jobs.count) { [source] index in
      jobs[index].packing.pack(from: source, into: jobs[index].target)
    }
    if total > 0 { cache?.store(layout, buffer, threads: options.threads) }
    return buffer
  }
}
