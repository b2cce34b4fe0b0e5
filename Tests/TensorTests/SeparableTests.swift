import Tensor
import TestSupport
import Testing

/// Depthwise convolutions, chains of rows and doubled maps against their definitions.
struct SeparableTests {
  static let engines = [
    EngineOptions(engine: .vector, threads: 2), EngineOptions(engine: .openblas, threads: 2),
    EngineOptions(engine: .vector, instructionSet: .avx2, threads: 1),
    EngineOptions(engine: .vector, instructionSet: .portable, threads: 3),
  ]

  /// A stem, a separable layer with a pool, another one, and a sum with a doubled map.
  static func graph(_ channels: Int) -> Graph {
    var graph = Graph()
    var x = graph.add("input", .input(channels: 3))
    x = graph.add("pad", .zeroPadding(Padding(1)), x)
    x = graph.add(
      "stem", .convolution(height: 3, width: 3, input: 3, output: 16, stride: 2, bias: true), x)
    x = graph.add("stem_relu", .relu, x)
    x = graph.add(
      "a_pw", .convolution(height: 1, width: 1, input: 16, output: channels, stride: 1, bias: true),
      x)
    x = graph.add("a_pad", .zeroPadding(Padding(1)), x)
    x = graph.add("a_dw", .depthwiseConvolution(channels: channels), x)
    x = graph.add("a_relu", .relu, x)
    let pooled = graph.add("a_pool", .maxPooling(window: 2, stride: 2), x)
    x = graph.add(
      "b_pw",
      .convolution(height: 1, width: 1, input: channels, output: channels, stride: 1, bias: true),
      pooled)
    x = graph.add("b_pad", .zeroPadding(Padding(1)), x)
    x = graph.add("b_dw", .depthwiseConvolution(channels: channels), x)
    let half = graph.add("b_pool", .maxPooling(window: 2, stride: 2), x)
    let doubled = graph.add("doubled", .doubling, half)
    _ = graph.add("sum", .add, pooled, doubled)
    return graph
  }

  @Test(arguments: engines, [16, 48, 64])
  func matchesTheDefinition(_ engine: EngineOptions, channels: Int) throws {
    for (height, width) in [(48, 40), (8, 88), (120, 16)] {
      var random = SplitMix64(seed: 3)
      let graph = Self.graph(channels)
      var weights: [String: Tensor] = [:]
      for (name, shape) in graph.parameters {
        weights[name] = Tensor(
          shape, (0..<shape.count).map { _ in Float.random(in: -0.5...0.5, using: &random) })
      }
      let bytes = (0..<height * width * 3).map { _ in UInt8.random(in: 0...255, using: &random) }
      let known = weights
      let source: ParameterSource = { known[$0] ?? Tensor([0]) }
      let network = Network(graph, options: engine, source: source)
      let floats = Tensor([1, height, width, 3], bytes.map { Float($0) })

      let expected = Reference.run(graph, floats, source)
      let run = network.run(bytes: bytes.span, height: height, width: width)
      let fused = try #require(run)
      // What is kept is not fused.
      let layers = ["a_pw", "a_dw", "a_pool", "b_dw", "sum"]
      let apart = try #require(network.run(floats, keeping: Array(layers.dropLast())))
      for (values, names) in [(fused, ["sum"]), (apart, layers)] {
        for name in names {
          let (found, wanted) = (try #require(values[name]), try #require(expected[name]))
          expectClose(found, wanted, relative: 1e-5, name)
        }
      }
    }
  }
}
