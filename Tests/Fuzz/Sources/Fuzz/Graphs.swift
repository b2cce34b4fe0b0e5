import Tensor

func fuzzValues(_ random: inout InputGenerator) throws {
  let extents = (0..<Int.random(in: 0...5, using: &random)).map { _ in
    random.extent(0...6, wildOnceIn: 12)
  }
  let found = try attempt { try Shape(extents) }
  _ = try attempt { try EngineOptions(threads: random.extent(1...4, wildOnceIn: 3)) }
  let convolution = try attempt {
    try ConvolutionShape(
      kernelHeight: random.one(of: [1, 3, 3, random.extent(1...7)]),
      kernelWidth: random.one(of: [1, 3, 3, random.extent(1...7)]),
      stride: random.extent(1...2),
      input: random.one(of: [16, 64, 1 << 20, random.extent(1...99)]),
      output: random.one(of: [32, 64, 1 << 20, random.extent(1...99)]),
      height: random.one(of: [14, 56, 1 << 20, random.extent(1...99)]),
      width: random.one(of: [14, 56, 1 << 20, random.extent(1...99)]),
      images: random.one(of: [1, 8, 1 << 16, random.extent(1...9)]), hasPlainEpilogue: true)
  }
  if let convolution {
    let engine = random.one(of: Engine.allCases)
    if convolution.candidates(EngineOptions(engine: engine)).isEmpty {
      throw Wrong(what: "no algorithm for \(convolution)")
    }
  }
  guard let shape = found, shape.count < 1 << 16 else { return }
  let elements = random.floats(max(0, shape.count + random.one(of: [0, 0, 0, -1, 1])))
  guard let tensor = try attempt({ try Tensor(shape, elements) }) else { return }
  _ = tensor.description
  _ = try attempt { try tensor.reshaped([tensor.elements.count]) }
  _ = try attempt { try tensor.reshaped([2, 3]) }
  let temperature: Float = random.one(of: [1, 0.5, 0, -1, .nan, .infinity, 1e-30])
  _ = try attempt { try tensor.softmax(temperature: temperature) }
}

/// A graph of a few random layers, mostly of extents that fit each other.
private func graph(_ random: inout InputGenerator) throws -> Graph {
  var graph = Graph()
  // What the layers give, to make most of the following ones fit: channels, or nil if it is flat.
  var channels: [Int?] = []
  let first = random.extent(1...40, wildOnceIn: 60)
  guard try attempt({ try graph.add("input", .input(channels: first)) }) != nil else {
    return graph
  }
  channels.append(first)
  for number in 0..<Int.random(in: 1...9, using: &random) {
    let name = random.once(in: 60) ? "input" : "layer\(number)"
    var x =
      random.once(in: 4) ? Int.random(in: 0..<channels.count, using: &random) : channels.count - 1
    if random.once(in: 80) { x = random.one(of: [-1, channels.count, Int.max]) }
    let depth = channels.indices.contains(x) ? channels[x] : 4
    let input = random.once(in: 30) ? random.extent(1...40) : depth ?? random.extent(1...40)
    let output = random.one(of: [1, 3, 16, 17, 32, 33, 48, 64, random.extent(1...70)])
    let epsilon: Float = random.once(in: 60) ? .nan : 1e-3
    let side = random.one(of: [1, 1, 1, 2, 3, 3, random.extent(1...5)])
    let other = Int.random(in: 0..<channels.count, using: &random)
    let choices: [(Operation, [Int], Int?)] = [
      (
        .convolution(
          height: side, width: random.once(in: 8) ? random.extent(1...4) : side, input: input,
          output: output, stride: random.one(of: [1, 1, 1, 2, random.extent(1...3)]),
          bias: random.once(in: 2)), [x], output
      ),
      (
        .convolution(
          height: 3, width: 3, input: input, output: output, stride: 1, bias: true), [x], output
      ),
      (
        .convolution(
          height: 1, width: 1, input: input, output: output, stride: 1, bias: true), [x], output
      ),
      (.zeroPadding(Padding(random.extent(0...2))), [x], depth),
      (.zeroPadding(Padding(1)), [x], depth),
      (
        .zeroPadding(
          Padding(
            top: random.extent(0...3), bottom: random.extent(0...3), left: random.extent(0...3),
            right: random.extent(0...3))), [x], depth
      ),
      (.depthwiseConvolution(channels: input), [x], depth),
      (.batchNormalization(channels: input, epsilon: epsilon), [x], depth),
      (.batchNormalization(channels: input, epsilon: epsilon), [x], depth),
      (.relu, [x], depth), (.relu, [x], depth),
      (.add, [x, other], depth), (.add, [other, x], depth), (.add, [x, x], depth),
      (.maxPooling(window: random.extent(1...3), stride: random.extent(1...3)), [x], depth),
      (.maxPooling(window: 1, stride: 2), [x], depth),
      (.maxPooling(window: 2, stride: 2), [x], depth),
      (.upsampleNearest2x, [x], depth),
      (.globalAveragePooling, [x], depth), (.flatten, [x], nil),
      (.dense(input: input, output: output), [x], output),
    ]
    let (operation, inputs, depthAfter) = random.one(of: choices)
    let added = try attempt {
      switch inputs.count {
      case 1: try graph.add(name, operation, inputs[0])
      default: try graph.add(name, operation, inputs[0], inputs[1])
      }
    }
    if added != nil { channels.append(depthAfter) }
  }
  return graph
}

func fuzzGraph(_ random: inout InputGenerator) throws {
  var graph = try graph(&random)
  let height = random.extent(1...24), width = random.extent(1...24)
  // Behind a flattened map a dense layer of the right size, as a network's head has it.
  if let shapes = try attempt({ try graph.outputShapes(height: height, width: width) }),
    let last = shapes.last, last.rank == 1, random.once(in: 2)
  {
    _ = try attempt {
      try graph.add("head", .dense(input: last[0], output: 5), graph.nodes.count - 1)
    }
  }
  var tensors: [String: Tensor] = [:]
  for (name, shape) in graph.parameters {
    guard shape.count < 1 << 18 else { return }
    let isScale = name.hasSuffix("variance") || name.hasSuffix("gamma")
    tensors[name] = try Tensor(shape, random.floats(shape.count, isScale ? 0.5...1.5 : -0.5...0.5))
  }
  // A tensor of another shape, or none, must be an error and never a read beyond its end.
  let isWrong = random.once(in: 5)
  if isWrong, let name = tensors.keys.sorted().first {
    let shape = tensors[name]?.shape.dimensions ?? []
    let shrunk = random.one(of: [
      [], [0], Array(shape.dropLast()), shape.map { max(0, $0 - 1) }, shape.reversed() + [2],
    ])
    tensors[name] = random.once(in: 4) ? nil : Tensor(try Shape(shrunk))
  }
  let known = tensors
  let engine = random.one(of: [Engine.vector, .openblas, .auto])
  let set = random.one(of: InstructionSet.allCases)
  guard
    let options = try attempt({
      try EngineOptions(
        engine: engine, instructionSet: set,
        algorithms: random.one(of: AlgorithmSelection.allCases),
        threads: random.one(of: [1, 2, 3]))
    }),
    let network = try attempt({ try Network(graph, options: options) { known[$0] } })
  else { return }
  var keeping: [String] = []
  while random.once(in: 3) {
    keeping.append(random.once(in: 12) ? "nowhere" : random.one(of: graph.nodes.map(\.name)))
  }
  var channels = 0
  if case .input(let shape) = graph.nodes.first?.operation { channels = (shape.last ?? nil) ?? 0 }
  var extents = [random.one(of: [1, 1, 2, 3]), height, width, channels]
  if random.once(in: 20) { extents[Int.random(in: 0..<4, using: &random)] &+= 1 }
  if random.once(in: 20) { extents.removeLast() }
  guard let shape = try attempt({ try Shape(extents) }), shape.count < 1 << 18 else {
    return
  }
  let input = try Tensor(shape, random.floats(shape.count))
  guard
    let values = try attempt({ try network.run(input, keeping: keeping) })
  else { return }
  // The other engine, which shares no kernel with it, must say the same.
  guard
    let other = try attempt({
      try Network(
        graph,
        options: EngineOptions(engine: network.options.engine == .openblas ? .vector : .openblas)
      ) { known[$0] }
    }), let expected = try attempt({ try other.run(input, keeping: keeping) })
  else { throw Wrong(what: "only one engine runs\n\(described(graph)) \(input.shape)") }
  for (name, value) in values {
    guard let wanted = expected[name], wanted.shape == value.shape else {
      throw Wrong(what: "\(name) has shape \(value.shape)\n\(described(graph)) \(input.shape)")
    }
    let largest = wanted.elements.reduce(Float(0)) { max($0, abs($1)) }
    for (a, b) in zip(value.elements, wanted.elements) where !(abs(a - b) <= 1e-5 + 1e-4 * largest)
    {
      throw Wrong(
        what: "\(name) holds \(a), not \(b), of at most \(largest)\n\(described(graph)) "
          + "\(input.shape) keeping \(keeping) \(options)")
    }
  }
}

private func described(_ graph: Graph) -> String {
  graph.nodes.enumerated().map { "\($0) \($1.name): \($1.operation) of \($1.inputs)\n" }.joined()
}
