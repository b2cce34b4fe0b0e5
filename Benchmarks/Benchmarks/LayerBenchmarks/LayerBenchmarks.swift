import Benchmark
import Tensor

/// Layers beside the convolutions, and a bottleneck whose layers are fused, on all threads.
let benchmarks: @Sendable () -> Void = {
  func measure(_ name: String, _ input: Tensor, _ build: (inout Graph, Int) throws -> Void) throws {
    var graph = Graph()
    let x = try graph.add("input", .input(channels: input.shape[3]))
    try build(&graph, x)
    let shapes = Dictionary(uniqueKeysWithValues: graph.parameters.map { ($0.name, $0.shape) })
    let network = try Network(graph) { Tensor(shapes[$0] ?? [0], repeating: 0.01) }
    Benchmark(
      name,
      configuration: .init(metrics: [.wallClock], warmupIterations: 3, maxDuration: .seconds(1))
    ) { benchmark in
      for _ in benchmark.scaledIterations { blackHole(try network(input)) }
    }
  }
  do {
    let large = Tensor([1, 56, 56, 256], repeating: 0.5)
    try measure("max pooling 3×3, stride 2", Tensor([1, 114, 114, 64], repeating: 0.5)) {
      graph, x in
      try graph.add("pool", .maxPooling(window: 3, stride: 2), x)
    }
    try measure("batch norm and ReLU", large) { graph, x in
      try graph.add(
        "relu", .relu, graph.add("bn", .batchNormalization(channels: 256, epsilon: 1e-3), x))
    }
    try measure("global average pooling", Tensor([1, 7, 7, 2048], repeating: 0.5)) { graph, x in
      try graph.add("gap", .globalAveragePooling, x)
    }
    try measure("dense 100352 → 64", Tensor([1, 7, 7, 2048], repeating: 0.5)) { graph, x in
      try graph.add("dense", .dense(input: 100_352, output: 64), graph.add("flat", .flatten, x))
    }
    try measure("bottleneck 256 → 64 → 64 → 256, fused", large) { graph, input in
      func norm(_ name: String, _ channels: Int, _ x: Int) throws -> Int {
        let y = try graph.add(
          "\(name)_bn", .batchNormalization(channels: channels, epsilon: 1e-3), x)
        return try graph.add("\(name)_relu", .relu, y)
      }
      func conv(_ name: String, _ side: Int, _ from: Int, _ to: Int, _ x: Int) throws -> Int {
        try graph.add(
          name,
          .convolution(height: side, width: side, input: from, output: to, stride: 1, bias: true), x
        )
      }
      var x = try norm("1", 64, conv("1_conv", 1, 256, 64, norm("0", 256, input)))
      x = try graph.add("pad", .zeroPadding(Padding(1)), x)
      x = try norm("2", 64, conv("2_conv", 3, 64, 64, x))
      try graph.add("out", .add, input, try conv("3_conv", 1, 64, 256, x))
    }
  } catch { print("the benchmark's own graph is refused: \(error)") }
}
