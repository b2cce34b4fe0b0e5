import Tensor
import TestSupport
import Testing

/// Results are the same bits for any number of threads, place in a batch and number of passes at once.
struct ReproducibilityTests {
  private static func graph() throws -> Graph {
    var graph = Graph()
    var x = try graph.add("input", .input(channels: 3))
    x = try graph.add("pad", .zeroPadding(Padding(1)), x)
    x = try graph.add(
      "a", .convolution(height: 3, width: 3, input: 3, output: 64, stride: 2, bias: true), x)
    x = try graph.add("a_relu", .relu, x)
    x = try graph.add("b_pad", .zeroPadding(Padding(1)), x)
    x = try graph.add(
      "b", .convolution(height: 3, width: 3, input: 64, output: 64, stride: 1, bias: true), x)
    x = try graph.add("b_relu", .relu, x)
    x = try graph.add(
      "c", .convolution(height: 1, width: 1, input: 64, output: 256, stride: 1, bias: true), x)
    x = try graph.add("flatten", .flatten, x)
    try graph.add("d", .dense(input: 14 * 13 * 256, output: 7), x)
    return graph
  }

  private func network(_ engine: Engine, threads: Int) throws -> Network {
    let graph = try Self.graph()
    let parameters = graph.randomParameters(seed: 2)
    return try Network(graph, options: EngineOptions(engine: engine, checkedThreads: threads)) {
      parameters[$0]
    }
  }

  private func images(_ count: Int) -> Tensor {
    var generator = SplitMix64(seed: 9)
    return .random([count, 28, 26, 3], in: 0...1, using: &generator)
  }

  @Test(arguments: Engine.available, [2, 3, 7])
  func threadsDoNotMatter(_ engine: Engine, _ threads: Int) throws {
    let input = images(3)
    #expect(
      try network(engine, threads: 1)(input) == network(engine, threads: threads)(input))
  }

  private func expectSame(_ first: ArraySlice<Float>, _ second: ArraySlice<Float>, _ engine: Engine)
  {
    if engine == .openblas,
      OpenBLAS.betterKernels != nil || ["Haswell", "Zen"].contains(OpenBLAS.kernels)
    {
      // These kernels round a row by its place in the matrix.
      #expect(zip(first, second).allSatisfy { abs($0 - $1) < 1e-5 })
    } else {
      #expect(first.elementsEqual(second))
    }
  }

  @Test(arguments: Engine.available)
  func thePlaceInABatchDoesNotMatter(_ engine: Engine) throws {
    let network = try network(engine, threads: 2)
    // Two groups, of eight and of three; each image has another place the second time.
    let input = images(11)
    let size = input.elements.count / 11
    var elements = Array(input.elements[(4 * size)...])
    elements += input.elements[..<(4 * size)]
    let turned = try Tensor(input.shape, elements)
    let results = try [input, turned].map { try network($0).elements }
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
    var x = try graph.add("input", .input(channels: 256))
    x = try graph.add("pad", .zeroPadding(Padding(1)), x)
    try graph.add(
      "conv", .convolution(height: 3, width: 3, input: 256, output: 256, stride: 1, bias: true), x)
    let parameters = graph.randomParameters(seed: 3)
    func network(_ isBatchInvariant: Bool) throws -> Network {
      var options = try EngineOptions(engine: .vector, threads: 2)
      options.isBatchInvariant = isBatchInvariant
      return try Network(graph, options: options) { parameters[$0] }
    }
    var generator = SplitMix64(seed: 9)
    let input = Tensor.random([count, 6, 6, 256], in: 0...1, using: &generator)
    let size = 6 * 6 * 256
    let together = try #require(network(true).run(input)["conv"]).elements
    for image in 0..<count {
      let range = image * size..<(image + 1) * size
      let alone = try Tensor([1, 6, 6, 256], Array(input.elements[range]))
      let result = try #require(network(true).run(alone)["conv"]).elements
      #expect(result.elementsEqual(together[range]))
    }
    let usual = try #require(network(false).run(input)["conv"]).elements
    #expect(count < 4 || !usual.elementsEqual(together), "the option makes no difference")
  }

  /// Where one image and several have the same algorithms.
  @Test(arguments: Engine.available)
  func companyDoesNotMatter(_ engine: Engine) throws {
    let network = try network(engine, threads: 2)
    let input = images(5)
    let size = input.elements.count / 5
    let together = try network(input).elements
    for image in 0..<5 {
      let alone = try Tensor(
        [1, 28, 26, 3], Array(input.elements[image * size..<(image + 1) * size]))
      let result = try network(alone).elements
      expectSame(result[...], together[image * 7..<(image + 1) * 7], engine)
    }
  }

  @Test func manyMayRunAtOnce() async throws {
    let network = try network(.auto, threads: 2)
    let input = images(2)
    let expected = try network(input)
    let results = await withTaskGroup { group in
      for _ in 0..<16 { group.addTask { try? network(input) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.count == 16 && results.allSatisfy { $0 == expected })
  }

  @Test func denormalsAreHarmless() throws {
    let network = try network(.auto, threads: 2)
    let tiny = Tensor([1, 28, 26, 3], repeating: Float.leastNonzeroMagnitude * 1000)
    let result = try network(tiny)
    let zero = try network(Tensor([1, 28, 26, 3]))
    expectClose(result, zero, relative: 1e-6)
    // Flushing ends with the pass.
    #expect(Float.leastNormalMagnitude / 2 != 0)
  }
}
