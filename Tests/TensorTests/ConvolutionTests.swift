import Synchronization
import Tensor
import TestSupport
import Testing

/// Every way to compute a convolution, against the definition.
struct ConvolutionTests {
  /// An engine on an instruction set with one algorithm.
  struct Way: Sendable, CustomTestStringConvertible {
    let engine: Engine
    let instructionSet: InstructionSet
    let algorithm: Algorithm

    var testDescription: String { "\(engine) \(instructionSet) \(algorithm)" }

    static let all: [Way] = InstructionSet.allCases.filter { $0 <= .best }.flatMap { set in
      Engine.available.flatMap { engine in
        let plain: Algorithm = engine == .vector ? .direct : .im2col
        let all: [Algorithm] = [
          plain, .winograd2, .winograd2Split, .winograd4, .winograd4Split, .winograd5Split,
          .winograd6,
        ]
        return all.map {
          Way(engine: engine, instructionSet: set, algorithm: $0)
        }
      }
    }
  }

  /// A convolution behind its padding, and what follows it.
  struct Layer: Sendable, CustomTestStringConvertible {
    var height = 7, width = 7, batch = 1
    var kernel = 3, stride = 1, padding = 1
    var input = 32, output = 32
    var appliesReLU = true

    var testDescription: String {
      "\(batch)×\(height)×\(width)×\(input) → \(output), \(kernel)×\(kernel) stride \(stride)"
    }

    /// The network's layers with fewer channels, and shapes that fit no tile or panel.
    static let all: [Layer] = [
      Layer(height: 28, width: 28, input: 16, output: 32),
      Layer(height: 14, width: 14, batch: 2, input: 64, output: 64),
      Layer(batch: 3, input: 64, output: 96),
      Layer(height: 14, width: 14, stride: 2, input: 32, output: 64),
      Layer(height: 15, width: 13, stride: 2, input: 48, output: 33),
      Layer(height: 33, width: 31, kernel: 7, stride: 2, padding: 3, input: 3, output: 64),
      Layer(height: 14, width: 14, kernel: 1, padding: 0, input: 64, output: 256),
      Layer(batch: 2, kernel: 1, padding: 0, input: 256, output: 64, appliesReLU: false),
      Layer(kernel: 1, padding: 0, input: 512, output: 32),
      Layer(height: 1, width: 1, input: 32, output: 32),
      Layer(height: 1, width: 1, kernel: 1, padding: 0, input: 1, output: 1),
      Layer(height: 5, width: 9, input: 1, output: 1),
      Layer(height: 2, width: 3, batch: 5, input: 16, output: 64),
      Layer(height: 5, width: 5, kernel: 5, padding: 0, input: 20, output: 7),
      Layer(height: 11, width: 6, batch: 2, input: 48, output: 160, appliesReLU: false),
      Layer(height: 9, width: 17, batch: 2, input: 16, output: 32),
      Layer(height: 13, width: 4, kernel: 3, padding: 0, input: 17, output: 50),
    ]
  }

  /// Results by the definition, by layer: slow loops, needed once for all ways.
  private static let references = Mutex<[String: Tensor]>([:])

  @Test(arguments: Way.all, Layer.all)
  func matchesTheDefinition(_ way: Way, _ layer: Layer) throws {
    var graph = Graph()
    var x = try graph.add("input", .input(channels: layer.input))
    if layer.padding > 0 { x = try graph.add("pad", .zeroPadding(Padding(layer.padding)), x) }
    x = try graph.add(
      "conv",
      .convolution(
        height: layer.kernel, width: layer.kernel, input: layer.input, output: layer.output,
        stride: layer.stride, bias: true), x)
    x = try graph.add("norm", .batchNormalization(channels: layer.output, epsilon: 1e-3), x)
    if layer.appliesReLU { x = try graph.add("relu", .relu, x) }
    let parameters = graph.randomParameters(seed: 3)
    let source: ParameterSource = { parameters[$0] }
    let options = EngineOptions(
      engine: way.engine, instructionSet: way.instructionSet, checkedThreads: 2)

    let shape = try Network(graph, options: options, source: source)
      .compile(batch: layer.batch, height: layer.height, width: layer.width).plan
      .convolutionShapes.first
    guard let shape, shape.candidates(options).contains(way.algorithm) else { return }
    let network = try Network(
      graph, options: options, choices: [shape: way.algorithm], source: source)

    var generator = SplitMix64(seed: 5)
    let input = Tensor.random(
      [layer.batch, layer.height, layer.width, layer.input], using: &generator)
    let last = layer.appliesReLU ? "relu" : "norm"
    let expected = try Self.references.withLock { references in
      if let known = references[layer.testDescription] { return known }
      let made = try #require(try Reference.run(graph, input, source)[last])
      references[layer.testDescription] = made
      return made
    }
    let result = try network(input)
    // Large tiles lose some digits; everything else rounds as sums of that length do.
    let relative: Float =
      [.winograd4, .winograd4Split, .winograd5Split, .winograd6].contains(way.algorithm)
      ? 2e-5 : 3e-6
    expectClose(result, expected, relative: relative, way.testDescription)
  }

  @Test func offersWinogradForStrideOneOnly() {
    var shape = ConvolutionShape(
      kernel: (3, 3), stride: 1, input: 64, output: 64, height: 56, width: 56,
      images: 1, hasPlainEpilogue: true)
    #expect(shape.candidates(EngineOptions(engine: .vector)).contains(.winograd4))
    #expect(
      shape.candidates(EngineOptions(engine: .vector, algorithms: .strict)) == [.direct])
    #expect(
      shape.candidates(EngineOptions(engine: .openblas, algorithms: .strict)) == [.im2col])
    shape.stride = 2
    #expect(shape.candidates(EngineOptions(engine: .vector)) == [.direct])
  }
}
