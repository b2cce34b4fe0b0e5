import ResNetV2
import Tensor
import TestSupport
import Testing
import WeightLoader

/// What is planned for the networks, without running them.
struct PlanTests {
  private func plan(_ batch: Int, _ height: Int, _ width: Int, keeping: [String] = []) throws
    -> Plan
  {
    let graph = try Architecture.resNet50V2.graph(head: [], inputHeight: nil, inputWidth: nil)
    return try Plan(
      graph: graph, batch: batch, inputs: [graph.imageShape(height: height, width: width)],
      options: EngineOptions(checkedThreads: 2), keeping: keeping)
  }

  @Test(arguments: [(1, 224, 224), (8, 224, 224), (3, 96, 112), (2, 33, 70), (1, 1, 1)])
  func buffersInUseTogetherLieApart(_ batch: Int, _ height: Int, _ width: Int) throws {
    for keeping in [[], ["conv2_block1_out", "conv3_block4_out", "conv4_block2_2_relu"]] {
      let plan = try plan(batch, height, width, keeping: keeping)
      func root(_ index: Int) -> Int { plan.buffers[index].replaces.map { root($0) } ?? index }
      let used = plan.buffers.indices.filter { plan.buffers[$0].lastStep >= 0 }
      for a in used {
        #expect(plan.buffers[a].offset + plan.buffers[a].count <= plan.arenaCount)
        for b in used where b > a && root(a) != root(b) {
          let (x, y) = (plan.buffers[a], plan.buffers[b])
          let together = x.firstStep <= y.lastStep && y.firstStep <= x.lastStep
          let overlap = x.offset < y.offset + y.count && y.offset < x.offset + x.count
          #expect(!(together && overlap), "buffers \(a) and \(b)")
        }
      }
    }
  }

  @Test func activationsAreSmall() throws {
    #expect(try plan(1, 224, 224).arenaBytes < 20_000_000)
    #expect(try plan(8, 224, 224).arenaBytes < 60_000_000)
  }

  @Test func foldsEverythingIntoConvolutions() throws {
    // 53 convolutions, the input, and the first pool with its batch norm.
    let plan = try plan(1, 224, 224)
    #expect(plan.steps.count == 55 && plan.convolutionShapes.count == 53)
    #expect(plan.convolutionShapes.filter { $0.allowsWinograd }.count == 13)
  }

  @Test(arguments: [
    (Architecture.resNet50V2, 25_613_800), (.resNet101V2, 44_675_560), (.resNet152V2, 60_380_648),
  ])
  func hasKerassParametersWithTop(_ architecture: Architecture, _ count: Int) throws {
    let graph = try architecture.graph(
      head: [
        .globalAveragePooling(name: "avg_pool"),
        .dense(name: "predictions", units: 1000, activation: .softmax),
      ], inputHeight: nil, inputWidth: nil)
    #expect(graph.parameters.reduce(0) { $0 + $1.shape.count } == count)
    #expect(try graph.outputShapes(height: 224, width: 224).last == [1000])
  }

  @Test func readsTheHeadInOrder() throws {
    let graph = try Architecture.resNet50V2.graph(
      head: [
        .batchNormalization(name: "bn", epsilon: 1e-3), .flatten(name: "flat"),
        .dense(name: "dense", units: 64, activation: .relu),
        .dense(name: "dense_1", units: 7, activation: .softmax),
      ], inputHeight: 96, inputWidth: 70)
    #expect(
      graph.nodes.suffix(6).map(\.name)
        == ["post_relu", "bn", "flat", "dense", "dense_relu", "dense_1"])
    #expect(graph.parameters.first { $0.name == "dense/kernel" }?.shape == [3 * 3 * 2048, 64])
    #expect(Architecture(rawValue: "ResNet101V2") == .resNet101V2)
  }
}
