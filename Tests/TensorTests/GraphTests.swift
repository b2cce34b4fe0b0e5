import Tensor
import TestSupport
import Testing

/// Fusions: small graphs whose layers meet as they do in the networks, on every engine.
struct GraphTests {
  static let options: [EngineOptions] = InstructionSet.allCases.filter { $0 <= .best }.flatMap {
    set in
    Engine.available.map {
      EngineOptions(engine: $0, instructionSet: set, checkedThreads: 2)
    }
  }

  /// Two residual blocks with a projection, an identity shortcut and a strided one, and a head.
  private func residual() throws -> Graph {
    var graph = Graph()
    func norm(_ name: String, _ channels: Int, _ x: Int) throws -> Int {
      try graph.add(name, .batchNormalization(channels: channels, epsilon: 1.001e-5), x)
    }
    func conv(_ name: String, _ kernel: Int, _ input: Int, _ output: Int, _ stride: Int, _ x: Int)
      throws -> Int
    {
      try graph.add(
        name,
        .convolution(
          height: kernel, width: kernel, input: input, output: output, stride: stride,
          bias: kernel == 1), x)
    }
    var x = try graph.add("input", .input(channels: 3))
    x = try graph.add("stem_pad", .zeroPadding(Padding(3)), x)
    x = try conv("stem", 7, 3, 32, 2, x)
    x = try graph.add("pool_pad", .zeroPadding(Padding(1)), x)
    x = try graph.add("pool", .maxPooling(window: 3, stride: 2), x)
    var channels = 32
    for block in 0..<3 {
      let name = "b\(block)"
      let strided = block == 2
      let active = try graph.add("\(name)_relu", .relu, try norm("\(name)_bn", channels, x))
      var shortcut = x
      if block == 0 {
        shortcut = try conv("\(name)_0", 1, channels, 64, 1, active)
      } else if strided {
        shortcut = try graph.add("\(name)_pool", .maxPooling(window: 1, stride: 2), x)
      }
      var y = try conv("\(name)_1", 1, channels, 32, 1, active)
      y = try graph.add("\(name)_1_relu", .relu, try norm("\(name)_1_bn", 32, y))
      y = try graph.add("\(name)_2_pad", .zeroPadding(Padding(1)), y)
      y = try conv("\(name)_2", 3, 32, 32, strided ? 2 : 1, y)
      y = try graph.add("\(name)_2_relu", .relu, try norm("\(name)_2_bn", 32, y))
      y = try conv("\(name)_3", 1, 32, 64, 1, y)
      x = try graph.add("\(name)_out", .add, shortcut, y)
      channels = 64
    }
    x = try graph.add("post_relu", .relu, try norm("post_bn", 64, x))
    return graph
  }

  private func check(
    _ graph: Graph, _ input: Tensor, _ options: EngineOptions, keeping: [String]
  ) throws {
    let parameters = graph.randomParameters(seed: 11)
    let source: ParameterSource = { parameters[$0] }
    let expected = try Reference.run(graph, input, source)
    let values = try Network(graph, options: options, source: source)
      .run(input, keeping: keeping)
    #expect(values.count == Set(keeping + [graph.nodes.last?.name ?? ""]).count)
    for (name, value) in values {
      if let expected = expected[name] { expectClose(value, expected, relative: 3e-5, name) }
    }
  }

  @Test(arguments: options)
  func runsBlocksAsDefined(_ options: EngineOptions) throws {
    var generator = SplitMix64(seed: 1)
    let input = Tensor.random([2, 29, 34, 3], in: 0...1, using: &generator)
    try check(residual(), input, options, keeping: [])
  }

  @Test(arguments: options)
  func keepsAnyLayer(_ options: EngineOptions) throws {
    var generator = SplitMix64(seed: 2)
    let input = Tensor.random([1, 33, 32, 3], in: 0...1, using: &generator)
    let graph = try residual()
    try check(graph, input, options, keeping: graph.nodes.map(\.name))
    try check(graph, input, options, keeping: ["b1_out", "b2_pool", "b0_1_bn", "pool_pad"])
  }

  @Test(arguments: options, [false, true])
  func runsHeads(_ options: EngineOptions, _ pools: Bool) throws {
    var graph = Graph()
    var x = try graph.add("input", .input(channels: 48))
    x = try graph.add("bn", .batchNormalization(channels: 48, epsilon: 1e-3), x)
    x = try pools ? graph.add("gap", .globalAveragePooling, x) : graph.add("flatten", .flatten, x)
    let count = pools ? 48 : 48 * 6
    x = try graph.add("dense", .dense(input: count, output: 64), x)
    x = try graph.add("dense_relu", .relu, x)
    x = try graph.add("bn_1", .batchNormalization(channels: 64, epsilon: 1e-3), x)
    try graph.add("dense_1", .dense(input: 64, output: 7), x)
    var generator = SplitMix64(seed: 3)
    let input = Tensor.random([5, 2, 3, 48], using: &generator)
    try check(graph, input, options, keeping: [])
    try check(graph, input, options, keeping: ["bn", "dense", "bn_1"])
  }

  @Test(arguments: options)
  func runsLayersThatNothingTakesIn(_ options: EngineOptions) throws {
    var graph = Graph()
    let input = try graph.add("input", .input(channels: 32))
    var x = try graph.add("pad", .zeroPadding(Padding(top: 2, bottom: 0, left: 1, right: 3)), input)
    x = try graph.add("pool", .maxPooling(window: 2, stride: 1), x)
    x = try graph.add("bn", .batchNormalization(channels: 32, epsilon: 1e-3), x)
    let relu = try graph.add("relu", .relu, x)
    try graph.add("sum", .add, relu, x)
    var generator = SplitMix64(seed: 4)
    try check(graph, .random([2, 5, 4, 32], using: &generator), options, keeping: ["pad"])
  }

  @Test func namesItsParameters() throws {
    let shapes = Dictionary(
      uniqueKeysWithValues: try residual().parameters.map { ($0.name, $0.shape) })
    #expect(shapes["stem/kernel"] == [7, 7, 3, 32])
    #expect(shapes["b0_0/bias"] == [64] && shapes["stem/bias"] == nil)
    #expect(shapes["post_bn/moving_variance"] == [64])
  }
}
