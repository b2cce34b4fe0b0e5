import ResNetV2
import Tensor
import TestSupport
import Testing
import WeightLoader

/// Layers and blocks against what Keras computed.
struct LayerFixtureTests {
  static let options: [EngineOptions] = InstructionSet.allCases.filter { $0 <= .best }.flatMap {
    set in
    Engine.available.flatMap { engine in
      AlgorithmSelection.allCases.map {
        EngineOptions(engine: engine, instructionSet: set, algorithms: $0, checkedThreads: 2)
      }
    }
  }

  private func check(
    _ name: String, _ options: EngineOptions, _ build: (inout Graph, Int, Fixture) throws -> Void
  )
    throws
  {
    let fixture = try Fixture(name)
    var input = try fixture.tensor("input")
    let expected = try fixture.tensor("output")
    // Vectors are images of one pixel.
    if input.shape.rank == 2 { input = try input.reshaped([input.shape[0], 1, 1, input.shape[1]]) }
    var graph = Graph()
    let x = try graph.add("input", .input(channels: input.shape[3]))
    try build(&graph, x, fixture)
    let network = try Network(graph, options: options, source: try fixture.parameters(for: graph))
    let result = try network(input)
    expectClose(try result.reshaped(expected.shape), expected, relative: 1e-5, "\(name) \(options)")
  }

  @Test(
    arguments: ["conv2d_3x3", "conv2d_3x3_stride2", "conv2d_7x7_stride2", "conv2d_1x1"], options)
  func convolves(_ name: String, _ options: EngineOptions) throws {
    try check(name, options) { graph, x, fixture in
      let kernel = try fixture.tensor("conv/kernel").shape
      let padded = try graph.add("pad", .zeroPadding(Padding(try fixture.number("padding"))), x)
      try graph.add(
        "conv",
        .convolution(
          height: kernel[0], width: kernel[1], input: kernel[2], output: kernel[3],
          stride: try fixture.number("stride"), bias: fixture.file.names.contains("conv/bias")),
        padded)
    }
  }

  @Test(arguments: options)
  func normalizes(_ options: EngineOptions) throws {
    try check("batch_normalization", options) { graph, x, _ in
      try graph.add("bn", .batchNormalization(channels: 32, epsilon: 1.001e-5), x)
    }
    try check("batch_normalization_head", options) { graph, x, _ in
      try graph.add("bn", .batchNormalization(channels: 64, epsilon: 1e-3), x)
    }
  }

  @Test(arguments: ["max_pooling_zero_pad", "max_pooling_shortcut"], options)
  func pools(_ name: String, _ options: EngineOptions) throws {
    try check(name, options) { graph, x, fixture in
      let padded = try graph.add("pad", .zeroPadding(Padding(try fixture.number("padding"))), x)
      try graph.add(
        "pool",
        .maxPooling(window: try fixture.number("pool"), stride: try fixture.number("stride")),
        padded)
    }
  }

  @Test(arguments: options)
  func averages(_ options: EngineOptions) throws {
    try check("global_average_pooling", options) { graph, x, _ in
      try graph.add("gap", .globalAveragePooling, x)
    }
  }

  @Test(arguments: options)
  func computesDenseLayers(_ options: EngineOptions) throws {
    try check("dense_relu", options) { graph, x, _ in
      let flat = try graph.add("flatten", .flatten, x)
      try graph.add("relu", .relu, try graph.add("dense", .dense(input: 48, output: 64), flat))
    }
  }

  @Test(
    arguments: [("block_projection", 1, 32), ("block_identity", 2, 64), ("block_strided", 3, 64)],
    options)
  func computesBlocks(_ block: (name: String, number: Int, channels: Int), _ options: EngineOptions)
    throws
  {
    try check(block.name, options) { graph, x, _ in
      _ = try Architecture.appendBlock(
        to: &graph, x, name: "conv2_block\(block.number)", input: block.channels, width: 16,
        stride: block.number == 3 ? 2 : 1, projects: block.number == 1)
    }
  }
}
