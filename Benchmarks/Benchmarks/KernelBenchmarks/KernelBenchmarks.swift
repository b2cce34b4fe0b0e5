import Benchmark
import Tensor

/// The network's convolutions, one by one: every algorithm on every instruction set, one thread.
let benchmarks: @Sendable () -> Void = {
  let shapes = [
    (size: 56, kernel: 1, input: 64, output: 256), (56, 3, 64, 64), (28, 1, 512, 128),
    (28, 3, 128, 128), (14, 1, 1024, 256), (14, 3, 256, 256), (7, 1, 512, 2048), (7, 3, 512, 512),
  ]
  for shape in shapes {
    for set in InstructionSet.allCases where set <= .best {
      for engine in Engine.available {
        guard let options = try? EngineOptions(engine: engine, instructionSet: set, threads: 1),
          let layer = try? ConvolutionShape(
            kernelHeight: shape.kernel, kernelWidth: shape.kernel, stride: 1, input: shape.input,
            output: shape.output, height: shape.size, width: shape.size, images: 1,
            hasPlainEpilogue: true)
        else { continue }
        for algorithm in layer.candidates(options) where !algorithm.rawValue.hasSuffix("Split") {
          do { try measure(layer, algorithm, options) } catch { print("\(algorithm): \(error)") }
        }
      }
    }
  }
}

/// One layer as a network of its own; its copies in and out are part of the time.
func measure(_ layer: ConvolutionShape, _ algorithm: Algorithm, _ options: EngineOptions) throws {
  var graph = Graph()
  var x = try graph.add("input", .input(channels: layer.input))
  if layer.kernelHeight == 3 { x = try graph.add("pad", .zeroPadding(Padding(1)), x) }
  try graph.add(
    "conv",
    .convolution(
      height: layer.kernelHeight, width: layer.kernelWidth, input: layer.input,
      output: layer.output, stride: 1, bias: true), x)
  let shapes = Dictionary(uniqueKeysWithValues: graph.parameters.map { ($0.name, $0.shape) })
  let network = try Network(graph, options: options, choices: [layer: algorithm]) {
    Tensor(shapes[$0] ?? [0], repeating: 0.01)
  }
  let input = Tensor(
    try Shape([1, layer.height, layer.width, layer.input]), repeating: 0.5)
  let size = "\(layer.height)×\(layer.width)"
  Benchmark(
    "\(layer.kernelHeight)×\(layer.kernelWidth) \(size) \(layer.input) → \(layer.output), "
      + "\(algorithm) \(options.instructionSet ?? .portable)",
    configuration: .init(metrics: [.wallClock], warmupIterations: 3, maxDuration: .seconds(1))
  ) { benchmark in
    for _ in benchmark.scaledIterations { blackHole(try network(input)) }
  }
}
