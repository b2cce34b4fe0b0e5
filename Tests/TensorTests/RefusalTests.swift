import Tensor
import TestSupport
import Testing

/// What a caller can do wrong with values and options, and the error that names it.
struct ValueRefusalTests {
  @Test func refusesExtentsThatCountNothing() {
    #expect(throws: TensorError.invalidShape([2, -1])) { try Shape([2, -1]) }
    #expect(throws: TensorError.invalidShape([.max, 2])) { try Shape([.max, 2]) }
    #expect(throws: TensorError.invalidShape([0, -1])) { try Shape([0, -1]) }
  }

  @Test func refusesElementsThatDoNotFillTheShape() {
    #expect(throws: TensorError.elementCount(shape: [2, 2], found: 1)) { try Tensor([2, 2], [1]) }
    #expect(throws: TensorError.elementCount(shape: [3], found: 2)) {
      try Tensor([2]).reshaped([3])
    }
  }

  @Test func refusesTemperaturesThatScaleNothing() throws {
    for temperature: Float in [0, -1, .nan, .infinity] {
      #expect(
        throws: TensorError.invalidOption(
          name: "temperature", value: "\(temperature)", expected: "a finite number above 0")
      ) { try Tensor([2]).softmax(temperature: temperature) }
    }
    #expect(throws: TensorError.scalar) { try Tensor([]).softmax() }
    #expect(try Tensor([2, 0]).softmax().elements.isEmpty)
  }

  @Test(arguments: [0, -1, 1025, Int.max])
  func refusesNumbersOfThreads(_ threads: Int) throws {
    #expect(
      throws: TensorError.invalidOption(
        name: "threads", value: "\(threads)", expected: "1 to 1024")
    ) { try EngineOptions(threads: threads) }
    #expect(try EngineOptions(threads: nil) == EngineOptions())
  }

  @Test(arguments: [0, -1, 1 << 20 + 1, Int.max, Int.min])
  func refusesConvolutionsOfNoExtent(_ extent: Int) {
    #expect(
      throws: TensorError.invalidOption(
        name: "height", value: "\(extent)", expected: "1 to 1048576")
    ) {
      try ConvolutionShape(
        kernelHeight: 3, kernelWidth: 3, stride: 1, input: 64, output: 64, height: extent,
        width: 8, images: 1, hasPlainEpilogue: true)
    }
  }

  @Test func literalsTrap() async {
    await #expect(processExitsWith: .failure) { _ = [-1] as Shape }
  }
}

/// What a caller can do wrong with a graph.
struct GraphRefusalTests {
  private func graph(channels: Int = 3) throws -> Graph {
    var graph = Graph()
    try graph.add("input", .input(channels: channels))
    return graph
  }

  @Test func refusesLayersThatCannotStand() throws {
    var graph = try graph()
    #expect(throws: TensorError.duplicateLayer(name: "input")) { try graph.add("input", .relu, 0) }
    #expect(throws: TensorError.inputCount(layer: "b", expected: 1, found: 0)) {
      try graph.add("b", .relu)
    }
    #expect(throws: TensorError.inputCount(layer: "b", expected: 2, found: 1)) {
      try graph.add("b", .add, 0)
    }
    for index in [1, -1, Int.max] {
      #expect(throws: TensorError.unknownInput(layer: "b", index: index)) {
        try graph.add("b", .relu, index)
      }
    }
    #expect(graph.nodes.count == 1)
  }

  @Test func refusesExtentsThatNoLayerHas() throws {
    let wrong: [(Operation, property: String)] = [
      (.zeroPadding(Padding(top: -1)), "padding before axis 0"),
      (.zeroPadding(Padding(right: .max)), "padding after axis 1"),
      (
        .convolution(height: 0, width: 1, input: 3, output: 1, stride: 1, bias: true),
        "filter height"
      ),
      (
        .convolution(height: 1, width: -1, input: 3, output: 1, stride: 1, bias: true),
        "filter width"
      ),
      (
        .convolution(height: 1, width: 1, input: 0, output: 1, stride: 1, bias: true),
        "input channels"
      ),
      (
        .convolution(height: 1, width: 1, input: 3, output: .max, stride: 1, bias: true),
        "output channels"
      ),
      (.convolution(height: 1, width: 1, input: 3, output: 1, stride: 0, bias: true), "stride"),
      (.depthwiseConvolution(channels: 0), "input channels"),
      (.batchNormalization(channels: 0, epsilon: 1), "channels"),
      (.batchNormalization(channels: 3, epsilon: .nan), "epsilon"),
      (.batchNormalization(channels: 3, epsilon: -1), "epsilon"),
      (.maxPooling(window: 0, stride: 1), "window height"),
      (.maxPooling(window: 1, stride: 0), "stride"), (.dense(input: 0, output: 1), "input"),
      (.dense(input: 1, output: 0), "output"),
    ]
    for (operation, property) in wrong {
      var graph = try graph()
      do {
        try graph.add("x", operation, 0)
        Issue.record("accepted \(operation)")
      } catch {
        guard case .invalidLayer("x", property, _, _) = error else {
          Issue.record("\(operation): \(error)")
          continue
        }
      }
    }
    var empty = Graph()
    #expect(throws: TensorError.self) { try empty.add("x", .input(channels: -1)) }
    #expect(throws: TensorError.layerTooLarge(layer: "x", dimensions: [1 << 20, 1 << 20])) {
      var graph = try graph()
      try graph.add("x", .dense(input: 1 << 20, output: 1 << 20), 0)
    }
    #expect(throws: TensorError.self) {
      var graph = try graph()
      try graph.add(
        "x",
        .convolution(
          height: 1 << 20, width: 1 << 20, input: 1 << 20, output: 1 << 20, stride: 1, bias: true),
        0)
    }
  }

  /// The error of a graph of an input of 3 channels and these layers, each reading the one before.
  private func failure(
    _ layers: [(String, Operation)], height: Int = 8, width: Int = 8, keeping: [String] = []
  ) throws -> TensorError? {
    var graph = try graph()
    for (name, operation) in layers {
      let last = graph.nodes.count - 1
      if operation == .add {
        try graph.add(name, operation, last, last - 1)
      } else {
        try graph.add(name, operation, last)
      }
    }
    let network = try Network(graph) { _ in nil }
    do {
      _ = try network.run(Tensor([1, height, width, 3]), keeping: keeping)
      return nil
    } catch { return error }
  }

  @Test func namesTheLayerThatDoesNotFit() throws {
    let conv = Operation.convolution(
      height: 3, width: 5, input: 3, output: 4, stride: 1, bias: false)
    #expect(
      try failure([("c", conv)], height: 4, width: 4)
        == .inputTooSmall(layer: "c", height: 4, width: 4, minimumHeight: 3, minimumWidth: 5))
    #expect(
      try failure([("p", .maxPooling(window: 9, stride: 1))])
        == .inputTooSmall(layer: "p", height: 8, width: 8, minimumHeight: 9, minimumWidth: 9))
    #expect(
      try failure([("c", conv), ("d", conv)])
        == .layerInput(layer: "d", expected: [nil, nil, 3], found: [6, 4, 4]))
    #expect(
      try failure([("dw", .depthwiseConvolution(channels: 4))])
        == .layerInput(layer: "dw", expected: [nil, nil, 4], found: [8, 8, 3]))
    #expect(
      try failure([("bn", .batchNormalization(channels: 4, epsilon: 0))])
        == .layerInput(layer: "bn", expected: [nil, nil, 4], found: [8, 8, 3]))
    #expect(
      try failure([("f", .flatten), ("d", .dense(input: 191, output: 2))])
        == .layerInput(layer: "d", expected: [191], found: [192]))
    #expect(
      try failure([("d", .dense(input: 4, output: 2))])
        == .layerInput(layer: "d", expected: [nil, nil, 4], found: [8, 8, 3]))
    #expect(
      try failure([("g", .globalAveragePooling), ("h", .globalAveragePooling)])
        == .layerInput(layer: "h", expected: [nil, nil, nil], found: [3]))
    #expect(
      try failure([("p", .maxPooling(window: 2, stride: 2)), ("s", .add)])
        == .unequalShapes(layer: "s", first: [4, 4, 3], second: [8, 8, 3]))
  }

  @Test func refusesOutputsOfMoreThanTheLimit() throws {
    let padding = Operation.zeroPadding(Padding(1 << 20))
    #expect(
      try failure([("p", padding)])
        == .layerTooLarge(layer: "p", dimensions: [8 + 2 << 20, 8 + 2 << 20, 3]))
    let upsamplings = (0..<70).map { ("u\($0)", Operation.upsampleNearest2x) }
    guard case .layerTooLarge = try failure(upsamplings) else {
      Issue.record("accepted seventy upsamplings")
      return
    }
  }
}

/// What a caller can do wrong with a network.
struct NetworkRefusalTests {
  private static let options = Engine.available.map { EngineOptions(engine: $0) }

  private func graph() throws -> Graph {
    var graph = Graph()
    var x = try graph.add("input", .input(channels: 1))
    x = try graph.add("pad", .zeroPadding(Padding(1)), x)
    x = try graph.add(
      "conv", .convolution(height: 3, width: 3, input: 1, output: 16, stride: 1, bias: true), x)
    try graph.add("norm", .batchNormalization(channels: 16, epsilon: 1e-3), x)
    return graph
  }

  @Test(.enabled(if: !OpenBLAS.isAvailable)) func refusesAnEngineThatTheBuildLacks() throws {
    #expect(throws: TensorError.engineUnavailable(.openblas)) {
      try Network(graph(), options: EngineOptions(engine: .openblas)) { _ in nil }
    }
    let network = try Network(graph(), options: EngineOptions(instructionSet: .portable)) { _ in nil
    }
    #expect(network.options.engine == .vector)
  }

  @Test func refusesAnEmptyGraph() {
    #expect(throws: TensorError.emptyGraph) { try Network(Graph()) { _ in nil } }
  }

  /// Once an over-read of the heap: the source's tensor is smaller than the graph's.
  @Test(arguments: options)
  func refusesParametersOfAnotherShape(_ options: EngineOptions) throws {
    let graph = try graph()
    let input = Tensor([1, 8, 8, 1])
    for (name, shape) in graph.parameters {
      for wrong in [[], [0], [3, 3, 1, 4], [1, 3, 3, 16], [17]] as [Shape] {
        let network = try Network(graph, options: options) {
          Tensor($0 == name ? wrong : graph.shape(of: $0))
        }
        for _ in 0..<2 {
          #expect(
            throws: TensorError.parameterShape(name: name, expected: shape, found: wrong)
          ) { try network(input) }
        }
      }
      let network = try Network(graph, options: options) {
        $0 == name ? nil : Tensor(graph.shape(of: $0))
      }
      #expect(throws: TensorError.missingParameter(name: name)) { try network(input) }
    }
  }

  @Test func refusesInputsOfAnotherShape() throws {
    let graph = try graph()
    let network = try Network(graph) { Tensor(graph.shape(of: $0)) }
    for shape in [[], [4], [8, 8, 1], [1, 8, 8, 2], [0, 8, 8, 1], [1, 1, 8, 8, 1]] as [Shape] {
      #expect(throws: TensorError.inputShape(expected: [nil, nil, nil, 1], found: shape)) {
        try network(Tensor(shape))
      }
    }
    for shape in [[1, 0, 8, 1], [1, 8, 0, 1]] as [Shape] {
      #expect(
        throws: TensorError.inputTooSmall(
          layer: "input", height: shape[1], width: shape[2], minimumHeight: 1, minimumWidth: 1)
      ) { try network(Tensor(shape)) }
    }
  }

  @Test func namesSimilarLayers() throws {
    let graph = try graph()
    let network = try Network(graph) { Tensor(graph.shape(of: $0)) }
    #expect(throws: TensorError.unknownLayer(name: "conv_1", similar: ["conv"])) {
      try network.run(Tensor([1, 8, 8, 1]), keeping: ["norm", "conv_1"])
    }
    #expect(throws: TensorError.unknownLayer(name: "", similar: [])) {
      try network.run(Tensor([1, 8, 8, 1]), keeping: [""])
    }
  }

  @Test func refusesBytesBatchesAndRounds() throws {
    let graph = try graph()
    let network = try Network(graph) { Tensor(graph.shape(of: $0)) }
    #expect(throws: TensorError.elementCount(shape: [1, 8, 8, 1], found: 63)) {
      try network.run(bytes: [UInt8](repeating: 0, count: 63).span, height: 8, width: 8)
    }
    for batch in [0, -1, 65_537, Int.max] {
      #expect(
        throws: TensorError.invalidOption(
          name: "batch", value: "\(batch)", expected: "1 to 65536")
      ) { try network.tune(batch: batch, height: 8, width: 8, rounds: 1) }
    }
    #expect(
      throws: TensorError.invalidOption(name: "rounds", value: "0", expected: "1 or more")
    ) { try network.tune(batch: 1, height: 8, width: 8, rounds: 0) }
    for (height, width) in [(-1, 8), (8, Int.min), (Int.max, 8), (1 << 20, 1 << 20)] {
      #expect(throws: TensorError.self) { try graph.outputShapes(height: height, width: width) }
      #expect(throws: TensorError.self) {
        try network.tune(batch: 1, height: height, width: width, rounds: 1)
      }
    }
  }

  /// 16 × 16 M pixels of 1 channel are allowed by themselves, but not 16 channels of them.
  @Test func refusesImagesThatNoBufferHolds() throws {
    let network = try Network(graph()) { _ in nil }
    do {
      _ = try network.compile(batch: 1, height: 1 << 14, width: 1 << 14)
      Issue.record("accepted")
    } catch {
      guard case .layerTooLarge("conv", _) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func refusesMemoryThatThereIsNot() {
    #expect(throws: TensorError.self) { try AlignedBuffer(count: 1 << 58) }
  }

  @Test func saysWhatIsWrongInOneSentence() {
    let errors: [(TensorError, String)] = [
      (
        .parameterShape(name: "conv/kernel", expected: [3, 3, 1, 16], found: [3, 3, 1, 4]),
        "\"conv/kernel\" has shape [3, 3, 1, 4]; its layer needs [3, 3, 1, 16]"
      ),
      (
        .inputShape(expected: [nil, 96, 96, 3], found: [1, 64, 64, 3]),
        "the input has shape [1, 64, 64, 3]; the network takes [any, 96, 96, 3]"
      ),
      (
        .unknownLayer(name: "conv5_out", similar: ["conv5_block1_out"]),
        "no layer is named \"conv5_out\"; similar are conv5_block1_out"
      ),
    ]
    for (error, text) in errors { #expect(error.description == text) }
  }
}

extension Graph {
  /// The shape of a parameter.
  func shape(of name: String) -> Shape { parameters.first { $0.name == name }?.shape ?? [0] }
}
