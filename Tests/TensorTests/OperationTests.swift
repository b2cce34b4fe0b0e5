import Tensor
import TestSupport
import Testing

/// Every operation by itself, on every engine, against its definition.
struct OperationTests {
  /// An operation on values of some shapes.
  struct Case: Sendable, CustomTestStringConvertible {
    let operation: Tensor::Operation
    let shapes: [Shape]
    /// What the inputs' elements lie between.
    var range: ClosedRange<Float> = -2...2
    var relative: Float = 3e-6

    var testDescription: String { "\(operation) of \(shapes)" }
  }

  static func check(_ test: Case, _ options: EngineOptions, batch: Int = 2) throws {
    var graph = Graph()
    let batch = test.shapes.isEmpty ? 1 : batch
    let inputs = try test.shapes.enumerated().map { index, shape in
      try graph.add("x\(index)", .input(shape: shape.dimensions.map { $0 }))
    }
    try graph.add("y", test.operation, inputs)
    var random = SplitMix64(seed: 9)
    let parameters = graph.randomParameters(seed: 4)
    let tensors = test.shapes.map {
      Tensor.random(
        Shape(checked: [batch] + $0.dimensions), in: test.range, using: &random)
    }
    let source: ParameterSource = { parameters[$0] }
    let expected = try #require(try Reference.run(graph, tensors, source)["y"])
    let network = try Network(graph, options: options, source: source)
    let values = try network.run(
      Dictionary(uniqueKeysWithValues: tensors.enumerated().map { ("x\($0)", $1) }))
    let value = try #require(values["y"])
    expectClose(value, expected, relative: test.relative, "\(test.testDescription) \(options)")
  }

  static let shapes: [Shape] = [[], [5], [3, 7], [4, 5, 19], [2, 3, 2, 9], [2, 1, 3, 2, 2, 3]]

  static let unary: [UnaryFunction] = [
    .relu, .leakyRelu(slope: 0.1), .clip(min: -0.5, max: 0.75), .clip(min: 0, max: 6), .sigmoid,
    .hardSigmoid(alpha: 0.2, beta: 0.5), .hardSwish, .silu, .tanh, .elu(alpha: 1.5),
    .selu(alpha: 1.6, gamma: 1.05), .celu(alpha: 0.7), .gelu, .geluTanh, .erf, .softplus,
    .softsign, .mish, .thresholdedRelu(alpha: 0.3), .exp, .reciprocal, .abs, .negate, .floor,
    .ceil, .round, .sign, .sin, .cos,
  ]

  @Test(arguments: GraphTests.options) func computesUnaryFunctions(_ options: EngineOptions) throws
  {
    for function in Self.unary {
      for shape in Self.shapes {
        try Self.check(Case(operation: .unary(function), shapes: [shape]), options)
      }
      try Self.check(
        Case(operation: .unary(function), shapes: [[3, 40]], range: -100...20), options)
    }
    for function in [UnaryFunction.log, .sqrt] {
      try Self.check(
        Case(operation: .unary(function), shapes: [[4, 5, 19]], range: 0.1...9), options)
    }
  }

  static let pairs: [(Shape, Shape)] = [
    ([4, 5, 19], [4, 5, 19]), ([4, 5, 19], [19]), ([4, 5, 19], [1, 1, 19]),
    ([1, 1, 19], [4, 5, 19]),
    ([4, 5, 19], []), ([], [4, 5, 19]), ([4, 5, 19], [4, 5, 1]), ([4, 1, 19], [5, 1]),
    ([3], [2, 3, 2, 3]), ([2, 1, 3, 2, 2, 3], [2, 1, 1, 2, 1]), ([7], [7]), ([1], [7]), ([], []),
    ([14, 14, 64], [1, 1, 64]),
  ]

  @Test(arguments: GraphTests.options, BinaryFunction.allCases)
  func computesBinaryFunctions(_ options: EngineOptions, _ function: BinaryFunction) throws {
    for (a, b) in Self.pairs {
      let test = Case(operation: .binary(function), shapes: [a, b], range: 0.5...3)
      try Self.check(test, options)
    }
    guard function != .power else { return }
    try Self.check(Case(operation: .binary(function), shapes: [[4, 5, 19], [19]]), options)
  }

  static let others: [Case] =
    [
      .constant([2, 3, 5]), .constant([]), .constant([1, 1, 40]),
    ].map { Case(operation: $0, shapes: []) }
    + [
      Case(operation: .prelu(slope: [19]), shapes: [[4, 5, 19]]),
      Case(operation: .prelu(slope: []), shapes: [[4, 5, 19]]),
      Case(operation: .prelu(slope: [4, 1, 1]), shapes: [[4, 5, 19]]),
      Case(operation: .prelu(slope: [5, 19]), shapes: [[4, 5, 19]]),
      Case(operation: .softmax(axis: 0), shapes: [[4, 5, 19]]),
      Case(operation: .softmax(axis: 1), shapes: [[4, 5, 19]]),
      Case(operation: .softmax(axis: 2), shapes: [[4, 5, 19]], range: -90...90),
      Case(operation: .softmax(axis: 0), shapes: [[1000]]),
      Case(operation: .logSoftmax(axis: 1), shapes: [[3, 40]], range: -90...90),
      Case(operation: .logSoftmax(axis: 1), shapes: [[2, 3, 2, 9]]),
      Case(operation: .layerNormalization(shape: [19], epsilon: 1e-5), shapes: [[4, 5, 19]]),
      Case(operation: .layerNormalization(shape: [64], epsilon: 1e-6), shapes: [[7, 64]]),
      Case(operation: .layerNormalization(shape: [5, 19], epsilon: 1e-5), shapes: [[4, 5, 19]]),
      Case(operation: .layerNormalization(shape: [19], epsilon: 0), shapes: [[19]]),
      Case(
        operation: .localResponseNormalization(size: 5, alpha: 0.1, beta: 0.75, bias: 2),
        shapes: [[4, 5, 19]]),
      Case(
        operation: .localResponseNormalization(size: 4, alpha: 0.1, beta: 0.5, bias: 1),
        shapes: [[2, 3]]),
      Case(operation: .concatenate(axis: 2), shapes: [[4, 5, 19], [4, 5, 3], [4, 5, 32]]),
      Case(operation: .concatenate(axis: 2), shapes: [[4, 5, 32], [4, 5, 64]]),
      Case(operation: .concatenate(axis: 0), shapes: [[4, 5, 19], [1, 5, 19]]),
      Case(operation: .concatenate(axis: 0), shapes: [[4], [1], [9]]),
      Case(operation: .concatenate(axis: 1), shapes: [[2, 3, 2, 9], [2, 1, 2, 9]]),
      Case(operation: .slice([Slice(count: 4), Slice(start: 1, count: 3)]), shapes: [[4, 5]]),
      Case(
        operation: .slice([
          Slice(start: 3, count: 2, step: -2), Slice(count: 3, step: 2),
          Slice(start: 18, count: 6, step: -3),
        ]), shapes: [[4, 5, 19]]),
      Case(operation: .slice([]), shapes: [[]]),
      Case(operation: .transpose([2, 0, 1]), shapes: [[4, 5, 19]]),
      Case(operation: .transpose([1, 0, 2]), shapes: [[4, 5, 19]]),
      Case(operation: .transpose([3, 1, 0, 2]), shapes: [[2, 3, 4, 9]]),
      Case(operation: .transpose([5, 4, 3, 2, 1, 0]), shapes: [[2, 1, 3, 2, 2, 3]]),
      Case(operation: .transpose([]), shapes: [[]]),
      Case(operation: .reshape([19, 20]), shapes: [[4, 5, 19]]),
      Case(operation: .reshape([0, -1]), shapes: [[4, 5, 19]]),
      Case(operation: .reshape([-1]), shapes: [[4, 5, 19]]),
      Case(operation: .reshape([1, 1, 5]), shapes: [[5]]),
      Case(operation: .reshape([20, 19]), shapes: [[4, 5, 19]]),
      Case(operation: .reshape([]), shapes: [[1, 1]]),
      Case(operation: .broadcast(to: [4, 5, 19]), shapes: [[5, 1]]),
      Case(operation: .broadcast(to: [1, 1, 3]), shapes: [[2, 3, 1]]),
      Case(operation: .matmul, shapes: [[5, 7], [7, 3]]),
      Case(operation: .matmul, shapes: [[3, 50, 64], [3, 64, 50]]),
      Case(operation: .matmul, shapes: [[2, 3, 5, 40], [3, 40, 17]]),
      Case(operation: .matmul, shapes: [[2, 1, 5, 7], [1, 3, 7, 33]]),
      Case(operation: .matmul, shapes: [[1, 300], [300, 1]]),
      Case(operation: .dense(input: 19, output: 7, bias: false), shapes: [[4, 5, 19]]),
      Case(operation: .dense(input: 9, output: 40), shapes: [[2, 3, 2, 9]]),
      Case(operation: .dense(input: 64, output: 33), shapes: [[50, 64]]),
      Case(operation: .dense(input: 5, output: 2), shapes: [[5]]),
      Case(operation: .batchNormalization(channels: 9, epsilon: 1e-3), shapes: [[2, 3, 2, 9]]),
      Case(operation: .globalAveragePooling, shapes: [[7, 7, 40]]),
      Case(
        operation: .pad(before: [1, 2, 0], after: [0, 3, 0], mode: .constant(0)),
        shapes: [[4, 5, 19]]),
    ]
    + [PadMode.constant(-1.5), .reflect, .edge, .wrap].flatMap { mode in
      [
        Case(
          operation: .pad(before: [1, 0, 2], after: [3, 2, 1], mode: mode), shapes: [[4, 5, 19]]),
        Case(operation: .pad(before: [2], after: [2], mode: mode), shapes: [[5]]),
      ]
    }
    + Reduction.allCases.flatMap { reduction in
      [
        ([0], [7]), ([0, 1], [4, 5, 19]), ([2], [4, 5, 19]), ([1, 3], [2, 3, 2, 9]), ([], [3, 7]),
      ]
      .flatMap { axes, shape in
        [false, true].map { keeps in
          Case(
            operation: .reduce(reduction, axes: axes, keepsAxes: keeps), shapes: [shape],
            range: 0.5...2)
        }
      }
    }

  @Test(arguments: GraphTests.options) func computesTheOthers(_ options: EngineOptions) throws {
    for test in Self.others { try Self.check(test, options) }
  }

  static let windows: [(Pooling, Shape)] = [
    (Pooling(height: 2, width: 2, strideHeight: 2, strideWidth: 2), [9, 8, 19]),
    (
      Pooling(height: 3, width: 3, strideHeight: 2, strideWidth: 2, padding: Padding(1)),
      [14, 13, 32]
    ),
    (
      Pooling(
        height: 3, width: 3, strideHeight: 2, strideWidth: 2, padding: Padding(1), ceil: true),
      [14, 14, 5]
    ),
    (
      Pooling(height: 2, width: 2, strideHeight: 3, strideWidth: 3, padding: Padding(), ceil: true),
      [7, 8, 5]
    ),
    (
      Pooling(
        height: 2, width: 5, strideHeight: 1, strideWidth: 3, dilationHeight: 3, dilationWidth: 2,
        padding: Padding(top: 1, bottom: 3, left: 4, right: 2)), [8, 12, 40]
    ),
    (Pooling(height: 1, width: 3), [1, 9, 6]),
    (Pooling(height: 7, width: 7), [7, 7, 64]),
  ]

  @Test(arguments: GraphTests.options) func computesPools(_ options: EngineOptions) throws {
    for (pooling, shape) in Self.windows {
      for operation: Tensor::Operation in [
        .maxPooling(pooling), .averagePooling(pooling, countsPadding: false),
        .averagePooling(pooling, countsPadding: true),
      ] { try Self.check(Case(operation: operation, shapes: [shape]), options) }
    }
  }

  static let convolutions: [(Convolution, Shape)] = [
    (Convolution(height: 3, width: 3, input: 19, output: 24, padding: Padding(1)), [9, 8, 19]),
    (
      Convolution(
        height: 3, width: 2, input: 8, output: 16, strideHeight: 2, strideWidth: 3,
        padding: Padding(top: 0, bottom: 2, left: 1, right: 0)), [11, 13, 8]
    ),
    (
      Convolution(
        height: 3, width: 3, input: 32, output: 32, dilationHeight: 2, dilationWidth: 3,
        padding: Padding(2)), [12, 15, 32]
    ),
    (
      Convolution(
        height: 3, width: 3, input: 64, output: 64, groups: 4, padding: Padding(1), bias: false),
      [7, 7, 64]
    ),
    (
      Convolution(
        height: 3, width: 3, input: 24, output: 48, strideHeight: 2, strideWidth: 2, groups: 3,
        padding: Padding(1)), [9, 10, 24]
    ),
    (Convolution(height: 1, width: 1, input: 12, output: 60, groups: 6), [5, 6, 12]),
    (Convolution(height: 1, width: 1, input: 24, output: 144), [14, 14, 24]),
    (
      Convolution(height: 1, width: 7, input: 16, output: 24, padding: Padding(left: 3, right: 3)),
      [5, 17, 16]
    ),
    (
      Convolution(height: 1, width: 1, input: 64, output: 40, strideHeight: 2, strideWidth: 2),
      [9, 9, 64]
    ),
  ]
  static let depthwise: [(Convolution, Shape)] = {
    var all: [(Convolution, Shape)] = []
    for side in [3, 5, 7, 2] {
      for (stride, dilation) in [(1, 1), (2, 1), (1, 2), (3, 1)] {
        for channels in [19, 32, 72] {
          let padding = Padding(
            top: side / 2, bottom: side / 2, left: side / 2, right: (side - 1) / 2)
          let convolution = Convolution(
            height: side, width: side == 7 ? 5 : side, input: channels, output: channels,
            strideHeight: stride, strideWidth: stride, dilationHeight: dilation,
            dilationWidth: dilation, groups: channels, padding: padding, bias: channels != 32)
          all.append((convolution, Shape(checked: [15, 17, channels])))
        }
      }
    }
    return all
  }()

  @Test(arguments: GraphTests.options) func computesConvolutions(_ options: EngineOptions) throws {
    for (convolution, shape) in Self.convolutions + Self.depthwise {
      try Self.check(
        Case(operation: .convolution(convolution), shapes: [shape], relative: 2e-5), options)
    }
  }

  @Test(arguments: GraphTests.options) func computesResizes(_ options: EngineOptions) throws {
    let coordinates: [Resize.Coordinates] = [
      .halfPixel, .halfPixelSymmetric, .pytorchHalfPixel, .asymmetric, .alignCorners,
    ]
    let modes: [Resize.Mode] = [
      .linear, .nearest(.floor), .nearest(.ceil), .nearest(.roundPreferFloor),
      .nearest(.roundPreferCeil),
    ]
    for coordinate in coordinates {
      for mode in modes {
        for resize in [
          Resize(scaleHeight: 2, scaleWidth: 3, mode: mode, coordinates: coordinate),
          Resize(height: 7, width: 4, mode: mode, coordinates: coordinate),
          Resize(height: 1, width: 9, mode: mode, coordinates: coordinate),
        ] {
          try Self.check(
            Case(operation: .resize(resize), shapes: [[4, 6, 19]], relative: 1e-5), options)
        }
      }
    }
  }

  @Test(arguments: GraphTests.options) func givesSeveralOutputs(_ options: EngineOptions) throws {
    var graph = Graph()
    let x = try graph.add("x", .input(shape: [4, nil, 19]))
    let c = try graph.add("c", .constant([19]))
    let sum = try graph.add("sum", .add, x, c)
    let up = try graph.add("up", .upsampleNearest2x, sum)
    let flat = try graph.add("flat", .flatten, up)
    let relu = try graph.add("relu", .relu, flat)
    try graph.markOutput(relu)
    try graph.markOutput(sum)
    try graph.markOutput(c)
    let parameters = graph.randomParameters(seed: 1)
    var random = SplitMix64(seed: 2)
    let input = Tensor.random([3, 4, 6, 19], using: &random)
    let expected = try Reference.run(graph, input) { parameters[$0] }
    let network = try Network(graph, options: options) { parameters[$0] }
    let values = try network.run(input)
    #expect(Set(values.keys) == ["relu", "sum", "c"])
    for (name, value) in values {
      expectClose(value, try #require(expected[name]), relative: 1e-6, name)
    }
    #expect(try network(input) == values["relu"])
  }
}
