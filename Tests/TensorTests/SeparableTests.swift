import Tensor
import TestSupport
import Testing

/// Depthwise convolutions, fused rows and upsampled maps against their definitions.
struct SeparableTests {
  static let engines =
    Engine.available.map { EngineOptions(engine: $0, checkedThreads: 2) } + [
      EngineOptions(engine: .vector, instructionSet: .avx2, checkedThreads: 1),
      EngineOptions(engine: .vector, instructionSet: .portable, checkedThreads: 3),
    ]

  /// A stem, a separable layer with a pool, another one, and a sum with an upsampled map.
  static func graph(_ channels: Int) throws -> Graph {
    var graph = Graph()
    var x = try graph.add("input", .input(channels: 3))
    x = try graph.add("pad", .zeroPadding(Padding(1)), x)
    x = try graph.add(
      "stem", .convolution(height: 3, width: 3, input: 3, output: 16, stride: 2, bias: true), x)
    x = try graph.add("stem_relu", .relu, x)
    x = try graph.add(
      "a_pw", .convolution(height: 1, width: 1, input: 16, output: channels, stride: 1, bias: true),
      x)
    x = try graph.add("a_pad", .zeroPadding(Padding(1)), x)
    x = try graph.add("a_dw", .depthwiseConvolution(channels: channels), x)
    x = try graph.add("a_relu", .relu, x)
    let pooled = try graph.add("a_pool", .maxPooling(window: 2, stride: 2), x)
    x = try graph.add(
      "b_pw",
      .convolution(height: 1, width: 1, input: channels, output: channels, stride: 1, bias: true),
      pooled)
    x = try graph.add("b_pad", .zeroPadding(Padding(1)), x)
    x = try graph.add("b_dw", .depthwiseConvolution(channels: channels), x)
    let half = try graph.add("b_pool", .maxPooling(window: 2, stride: 2), x)
    let upsampled = try graph.add("upsampled", .upsampleNearest2x, half)
    _ = try graph.add("sum", .add, pooled, upsampled)
    return graph
  }

  @Test(arguments: engines, [16, 48, 64])
  func matchesTheDefinition(_ engine: EngineOptions, channels: Int) throws {
    for (height, width) in [(48, 40), (8, 88), (120, 16)] {
      var random = SplitMix64(seed: 3)
      let graph = try Self.graph(channels)
      var weights: [String: Tensor] = [:]
      for (name, shape) in graph.parameters {
        weights[name] = Tensor(
          checked: shape,
          (0..<shape.count).map { _ in Float.random(in: -0.5...0.5, using: &random) })
      }
      let bytes = (0..<height * width * 3).map { _ in UInt8.random(in: 0...255, using: &random) }
      let known = weights
      let source: ParameterSource = { known[$0] }
      let network = try Network(graph, options: engine, source: source)
      let floats = try Tensor([1, height, width, 3], bytes.map { Float($0) })

      let expected = try Reference.run(graph, floats, source)
      let fused = try network.run(bytes: bytes.span, height: height, width: width)
      // What is kept is not fused.
      let layers = ["a_pw", "a_dw", "a_pool", "b_dw", "sum"]
      let apart = try network.run(floats, keeping: Array(layers.dropLast()))
      for (values, names) in [(fused, ["sum"]), (apart, layers)] {
        for name in names {
          let (found, wanted) = (try #require(values[name]), try #require(expected[name]))
          expectClose(found, wanted, relative: 1e-5, name)
        }
      }
    }
  }
}
