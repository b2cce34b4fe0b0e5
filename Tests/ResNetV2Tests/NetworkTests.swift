import Foundation
import ResNetV2
import Tensor
import TestSupport
import Testing
import WeightLoader

struct NetworkTests {
  private static let weights = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Weights/mood.safetensors").standardized.path

  /// The made images that the fixture's script describes, as the network is fed them.
  private func input(_ fixture: Fixture, _ metadata: ModelMetadata) throws -> Tensor {
    let side = try #require(metadata.inputHeight)
    let pixels = try fixture.file.bytes(of: "pixels")
    let images = try (0..<2).flatMap { image in
      try metadata.preprocess(
        Array(pixels[image * side * side..<(image + 1) * side * side]), height: side, width: side
      ).elements
    }
    return try Tensor([2, side, side, 3], images)
  }

  @Test(arguments: LayerFixtureTests.options)
  func theShippedNetworkMatchesKerasStageByStage(_ options: EngineOptions) throws {
    let fixture = try Fixture("shipped_network")
    let file = try WeightFile(path: Self.weights)
    #expect(
      fixture.file.metadata["source_sha256"] == file.metadata.sourceSHA256,
      "make the fixture again: the weights are others")
    let network = try ResNetV2(weights: file, options: options, cacheDirectory: nil)
    let taps = [
      "conv2_block3_out", "conv3_block4_out", "conv4_block6_out", "conv5_block3_out", "post_relu",
    ]
    let output = try network(input(fixture, file.metadata), taps: taps)
    for tap in taps {
      let value = try #require(output.taps[tap]).elements
      let largest = try fixture.tensor("\(tap)/abs_max").elements[0]
      let sample = try fixture.tensor("\(tap)/sample")
      let every = value.count / 64
      let mine = try Tensor([64], (0..<64).map { value[$0 * every] })
      expectClose(mine, sample, relative: 0, absolute: 1e-4 * largest, tap)
      let mean = value.reduce(0.0) { $0 + Double($1) } / Double(value.count)
      #expect(
        abs(mean - Double(try fixture.tensor("\(tap)/mean").elements[0])) < 1e-5 * Double(largest))
    }
    expectClose(output.logits, try fixture.tensor("logits"), relative: 1e-4, "logits")
    let temperature = file.metadata.temperature ?? 1
    expectClose(
      try #require(output.probabilities),
      try fixture.tensor("logits").softmax(temperature: temperature),
      relative: 0, absolute: 1e-5, "probabilities")
  }

  @Test(arguments: [
    (Architecture.resNet50V2, 23_564_800), (.resNet101V2, 42_626_560), (.resNet152V2, 58_331_648),
  ])
  func hasKerassParameters(_ architecture: Architecture, _ count: Int) throws {
    let graph = try architecture.graph(head: [], inputHeight: nil, inputWidth: nil)
    #expect(graph.parameters.reduce(0) { $0 + $1.shape.count } == count)
    let shapes = try graph.outputShapes(height: 224, width: 224)
    #expect(shapes.last == [7, 7, 2048])
    #expect(try graph.outputShapes(height: 33, width: 65).last == [2, 3, 2048])
  }

  @Test func takesAnySizeWithoutFlatten() throws {
    let metadata = ModelMetadata(
      architecture: "ResNet50V2", inputHeight: nil, inputWidth: nil, classNames: ["a", "b", "c"],
      headLayers: [
        .globalAveragePooling(name: "avg_pool"),
        .dense(name: "predictions", units: 3, activation: .softmax),
      ])
    let graph = try Architecture.resNet50V2.graph(
      head: metadata.headLayers, inputHeight: nil, inputWidth: nil)
    let parameters = graph.randomParameters(seed: 1)
    let network = try ResNetV2(metadata: metadata) { parameters[$0] }
    var generator = SplitMix64(seed: 1)
    for (height, width) in [(32, 32), (33, 50), (64, 31)] {
      #expect(network.accepts(height: height, width: width))
      let output = try network(.random([2, height, width, 3], in: 0...1, using: &generator))
      #expect(output.probabilities?.shape == [2, 3])
      #expect(output.logits.elements.allSatisfy { $0.isFinite })
    }
    #expect(!network.accepts(height: 0, width: 5))
  }

  @Test func refusesUnknownArchitecturesAndTensors() throws {
    let metadata = ModelMetadata(
      architecture: "VGG", inputHeight: nil, inputWidth: nil, classNames: [], headLayers: [])
    #expect(throws: WeightError.self) {
      try ResNetV2(metadata: metadata) { _ in nil }
    }
  }
}
