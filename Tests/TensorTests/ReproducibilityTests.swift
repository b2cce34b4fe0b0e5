import Tensor
import TestSupport
import Testing

/// Results are the same bits for any number of threads, place in a batch and number of passes at once.
struct ReproducibilityTests {
  private static let graph: Graph = {
    var graph = Graph()
    var x = graph.add("input", .input(channels: 3))
    x = graph.add("pad", .zeroPadding(Padding(1)), x)
    x = graph.add(
      "a", .convolution(height: 3, width: 3, input: 3, output: 64, stride: 2, bias: true), x)
    x = graph.add("a_relu", .relu, x)
    x = graph.add("b_pad", .zeroPadding(Padding(1)), x)
    x = graph.add(
      "b", .convolution(height: 3, width: 3, input: 64, output: 64, stride: 1, bias: true), x)
    x = graph.add("b_relu", .relu, x)
    x = graph.add(
      "c", .convolution(height: 1, width: 1, input: 64, output: 256, stride: 1, bias: true), x)
    x = graph.add("flatten", .flatten, x)
    graph.add("d", .dense(input: 14 * 13 * 256, output: 7), x)
    return graph
  }()

  private func network(_ engine: Engine, threads: Int) -> Network {
    let parameters = Self.graph.randomParameters(seed: 2)
    return Network(Self.graph, options: EngineOptions(engine: engine, threads: threads)) {
      parameters[$0] ?? Tensor([0], [])
    }
  }

  private func images(_ count: Int) -> Tensor {
    var generator = SplitMix64(seed: 9)
    return .random([count, 28, 26, 3], in: 0...1, using: &generator)
  }

  @Test(arguments: [Engine.vector, .openblas], [2, 3, 7])
  func threadsDoNotMatter(_ engine: Engine, _ threads: Int) {
    let input = images(3)
    #expect(network(engine, threads: 1).run(input) == network(engine, threads: threads).run(input))
  }

  private func expectSame(_ first: ArraySlice<Float>, _ second: ArraySlice<Float>, _ engine: Engine)
  {
    if engine == .openblas, OpenBLAS.betterKernels != nil || OpenBLAS.kernels == "Haswell" {
      // These kernels round a row by its place in the matrix.
      #expect(zip(first, second).allSatisfy { abs($0 - $1) < 1e-5 })
    } else {
      #expect(first.elementsEqual(second))
    }
  }

  @Test(arguments: [Engine.vector, .openblas])
  func thePlaceInABatchDoesNotMatter(_ engine: Engine) throws {
    let network = network(engine, threads: 2)
    // Two groups, of eight and of three; each image has another place the second time.
    let input = images(11)
    let size = input.elements.count / 11
    var elements = Array(input.elements[(4 * size)...])
    elements += input.elements[..<(4 * size)]
    let turned = Tensor(input.shape, elements)
    let results = try [input, turned].map { try #require(network.run($0)?["d"]).elements }
    for image in 0..<11 {
      let place = (image + 7) % 11
      expectSame(
        results[0][image * 7..<(image + 1) * 7], results[1][place * 7..<(place + 1) * 7], engine)
    }
  }

  @Test(arguments: [2, 5, 8, 11])
  func anyBatchHasTheSameBitsIfAsked(_ count: Int) throws {
    // 6×6 outputs: four images or more would take another tile for the 3×3 convolution.
    var graph = Graph()
    var x = graph.add("input", .input(channels: 256))
    x = graph.add("pad", .zeroPadding(Padding(1)), x)
    graph.add(
      "conv", .convolution(height: 3, width: 3, input: 256, output: 256, stride: 1, bias: true), x)
    let parameters = graph.randomParameters(seed: 3)
    func network(_ isBatchInvariant: Bool) -> Network {
      var options = EngineOptions(engine: .vector, threads: 2)
      options.isBatchInvariant = isBatchInvariant
      return Network(graph, options: options) { parameters[$0] ?? Tensor([0], []) }
    }
    var generator = SplitMix64(seed: 9)
    let input = Tensor.random([count, 6, 6, 256], in: 0...1, using: &generator)
    let size = 6 * 6 * 256
    let together = try #require(network(true).run(input)?["conv"]).elements
    for image in 0..<count {
      let range = image * size..<(image + 1) * size
      let alone = Tensor([1, 6, 6, 256], Array(input.elements[range]))
      let result = try #require(network(true).run(alone)?["conv"]).elements
      #expect(result.elementsEqual(together[range]))
    }
    let usual = try #require(network(false).run(input)?["conv"]).elements
    #expect(count < 4 || !usual.elementsEqual(together), "the option makes no difference")
  }

  /// Where one image and several have the same algorithms.
  @Test(arguments: [Engine.vector, .openblas])
  func companyDoesNotMatter(_ engine: Engine) throws {
    let network = network(engine, threads: 2)
    let input = images(5)
    let size = input.elements.count / 5
    let together = try #require(network.run(input)?["d"]).elements
    for image in 0..<5 {
      let alone = Tensor([1, 28, 26, 3], Array(input.elements[image * size..<(image + 1) * size]))
      let result = try #require(network.run(alone)?["d"]).elements
      expectSame(result[...], together[image * 7..<(image + 1) * 7], engine)
    }
  }

  @Test func manyMayRunAtOnce() async throws {
    let network = network(.auto, threads: 2)
    let input = images(2)
    let expected = network.run(input)
    let results = await withTaskGroup { group in
      for _ in 0..<16 { group.addTask { network.run(input) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.count == 16 && results.allSatisfy { $0 == expected })
  }

  @Test func denormalsAreHarmless() throws {
    let network = network(.auto, threads: 2)
    let tiny = Tensor([1, 28, 26, 3], repeating: Float.leastNonzeroMagnitude * 1000)
    let result = try #require(network.run(tiny)?["d"])
    let zero = try #require(network.run(Tensor([1, 28, 26, 3]))?["d"])
    expectClose(result, zero, relative: 1e-6)
    // Flushing ends with the pass.
    #expect(Float.leastNormalMagnitude / 2 != 0)
  }
}
