import Tensor
import TestSupport
import Testing

@testable import ONNXImport

/// Small models through the importer, against what they mean.
struct ModelTests {
  /// [N, 2, 4, 5] → Conv 3×3 → Relu → MaxPool → Flatten → Gemm, as exporters write it.
  private static func small(_ filters: [Float], _ weights: [Float]) -> [UInt8] {
    ModelBytes.model { graph in
      graph.port(11, "x", [nil, 2, 4, 5])
      graph.tensor("w", [3, 2, 3, 3], filters)
      graph.tensor("g", [2, 12], weights)
      graph.node("Conv", ["x", "w"], ["c"], ["pads": .ints([1, 1, 1, 1])])
      graph.node("Relu", ["c"], ["r"])
      graph.node(
        "MaxPool", ["r"], ["p"], ["kernel_shape": .ints([2, 2]), "strides": .ints([2, 2])])
      // The arithmetic of x.view(x.size(0), -1).
      graph.node("Shape", ["p"], ["s"])
      graph.tensor("zero", [0])
      graph.tensor("rest", [-1])
      graph.node("Gather", ["s", "zero"], ["n"])
      graph.node("Concat", ["n", "rest"], ["t"], ["axis": .int(0)])
      graph.node("Reshape", ["p", "t"], ["f"])
      graph.node("Gemm", ["f", "g"], ["y"], ["transB": .int(1)])
      graph.port(12, "y", [nil, 2])
    }
  }

  @Test(arguments: [1, 3])
  func aNetworkComputesWhatItsFileSays(batch: Int) throws {
    var random = SplitMix64(seed: 5)
    let filters = Tensor.random([3, 2, 3, 3], using: &random)
    let weights = Tensor.random([2, 12], using: &random)
    let x = Tensor.random(try Shape([batch, 2, 4, 5]), using: &random)
    let model = try ONNXModel(bytes: Self.small(filters.elements, weights.elements))
    #expect(model.inputs == [.init(name: "x", shape: [nil, 2, 4, 5])])
    #expect(model.outputs == [.init(name: "y", shape: [nil, 2])])
    let y = try #require(try model(["x": x])["y"])

    // The definition, in loops, in ONNX's order.
    var expected: [Float] = []
    for n in 0..<batch {
      func pixel(_ c: Int, _ h: Int, _ w: Int) -> Double {
        (0..<4).contains(h) && (0..<5).contains(w)
          ? Double(x.elements[((n * 2 + c) * 4 + h) * 5 + w]) : 0
      }
      var flat: [Double] = []
      for o in 0..<3 {
        func sum(_ h: Int, _ w: Int) -> Double {
          var sum = 0.0
          for c in 0..<2 {
            for i in 0..<3 {
              for j in 0..<3 {
                sum +=
                  Double(filters.elements[((o * 2 + c) * 3 + i) * 3 + j])
                  * pixel(c, h + i - 1, w + j - 1)
              }
            }
          }
          return max(0, sum)
        }
        for h in 0..<2 {
          for w in 0..<2 {
            flat.append(
              max(
                sum(2 * h, 2 * w), sum(2 * h, 2 * w + 1), sum(2 * h + 1, 2 * w),
                sum(2 * h + 1, 2 * w + 1)))
          }
        }
      }
      for row in 0..<2 {
        expected.append(
          Float((0..<12).reduce(0.0) { $0 + Double(weights.elements[row * 12 + $1]) * flat[$1] }))
      }
    }
    expectClose(y, try Tensor(Shape([batch, 2]), expected), relative: 1e-5)
  }

  /// Exporters for NHWC wrap every layer in Transpose; none of it is to be computed.
  @Test func aTransposeAroundALayerIsNotComputed() throws {
    let model = try ONNXModel(
      bytes: ModelBytes.model { graph in
        graph.port(11, "x", [nil, 4, 4, 1])
        graph.tensor("w", [2, 1, 1, 1], [2, 3])
        graph.node("Transpose", ["x"], ["t"], ["perm": .ints([0, 3, 1, 2])])
        graph.node("Conv", ["t", "w"], ["c"])
        graph.node("Transpose", ["c"], ["y"], ["perm": .ints([0, 2, 3, 1])])
        graph.port(12, "y", [nil, 4, 4, 2])
      })
    #expect(model.network.graph.nodes.map(\.name) == ["x", "y"])
    let x = try Tensor([1, 4, 4, 1], (0..<16).map { Float($0) })
    let y = try model(["x": x])["y"]
    #expect(y?.elements == (0..<16).flatMap { [2 * Float($0), 3 * Float($0)] })
  }

  /// An output without axes beside one with a batch.
  @Test func aScalarConstantMayBeAnOutput() throws {
    let model = try ONNXModel(
      bytes: ModelBytes.model { graph in
        graph.port(11, "x", [1, 2])
        graph.tensor("s", [], [7])
        graph.node("Identity", ["s"], ["c"])
        graph.node("Relu", ["x"], ["y"])
        graph.port(12, "y", [1, 2])
        graph.port(12, "c", [])
      })
    let outputs = try model(["x": Tensor([1, 2], [-1, 2])])
    #expect(outputs["y"]?.elements == [0, 2] && outputs["c"]?.elements == [7])
  }

  @Test func axisZeroIsAnAxisLikeOthersWhereTheGraphUsesItSo() throws {
    let model = try ONNXModel(
      bytes: ModelBytes.model { graph in
        graph.port(11, "x", [2, 3])
        graph.node("Transpose", ["x"], ["t"], ["perm": .ints([1, 0])])
        graph.node("Relu", ["t"], ["y"])
        graph.port(12, "y", [3, 2])
      })
    #expect(!model.isBatched)
    let y = try model(["x": Tensor([2, 3], [1, 2, 3, 4, 5, -6])])["y"]
    #expect(y == (try Tensor([3, 2], [1, 4, 2, 5, 3, 0])))
  }

  @Test func piecesOfSiLUBecomeOneNode() throws {
    let model = try ONNXModel(
      bytes: ModelBytes.model { graph in
        graph.port(11, "x", [nil, 4])
        graph.node("Sigmoid", ["x"], ["s"])
        graph.node("Mul", ["x", "s"], ["y"])
        graph.port(12, "y", [nil, 4])
      })
    #expect(model.network.graph.nodes.map(\.operation) == [.input(shape: [4]), .unary(.silu)])
  }
}
