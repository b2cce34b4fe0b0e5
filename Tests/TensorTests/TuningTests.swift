import Foundation
import Tensor
import TestSupport
import Testing

struct TuningTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "mood-tuned-\(UInt64.random(in: 0 ... .max))").path
  private let options = EngineOptions(checkedThreads: 2)

  @Test func choosesAndKeepsAnAlgorithm() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var graph = Graph()
    var x = try graph.add("input", .input(channels: 16))
    x = try graph.add("pad", .zeroPadding(Padding(1)), x)
    try graph.add(
      "conv", .convolution(height: 3, width: 3, input: 16, output: 32, stride: 1, bias: true), x)
    let parameters = graph.randomParameters(seed: 1)
    let source: ParameterSource = { parameters[$0] }
    var rounds: [Int] = []
    let choices = try Network(graph, options: options, source: source)
      .tune(batch: 1, height: 14, width: 14, rounds: 2) { rounds.append($0) }
    #expect(rounds == [1, 2])
    let (shape, algorithm) = try #require(choices.first)
    #expect(choices.count == 1 && shape.candidates(options).contains(algorithm))

    let kept = TunedAlgorithms(directory: folder, options: options)
    #expect(kept.choices.isEmpty)
    #expect(kept.add(choices))
    #expect(kept.choices == choices)
    // Another number of threads is another machine.
    let other = EngineOptions(checkedThreads: 1)
    #expect(TunedAlgorithms(directory: folder, options: other).choices.isEmpty)
    #expect(!TunedAlgorithms(directory: "/proc/nowhere", options: options).add(choices))
  }
}
