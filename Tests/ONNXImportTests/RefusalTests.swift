import Foundation
import Tensor
import TestSupport
import Testing

@testable import ONNXImport

/// What is no model, or one that cannot run, is refused as a whole and by name.
struct RefusalTests {
  private func refusal(_ bytes: [UInt8]) -> ONNXError? {
    do throws(ONNXError) {
      _ = try ONNXModel(bytes: bytes)
      return nil
    } catch { return error }
  }

  @Test func everyUnknownOperationIsNamed() {
    let error = refusal(
      ModelBytes.model { graph in
        graph.port(11, "x", [nil, 4])
        graph.node("Einsum", ["x"], ["a"])
        graph.node("Relu", ["a"], ["b"])
        graph.node("Loop", ["b"], ["y"])
        graph.port(12, "y", [nil, 4])
      })
    let reason = "the operation is not supported"
    #expect(
      error
        == .unsupported([
          .init(node: "a", operation: "Einsum", reason: reason),
          .init(node: "y", operation: "Loop", reason: reason),
        ]))
  }

  @Test func aCycleIsNamed() {
    let error = refusal(
      ModelBytes.model { graph in
        graph.port(11, "x", [nil, 4])
        graph.node("Add", ["x", "b"], ["a"])
        graph.node("Relu", ["a"], ["b"])
        graph.port(12, "b", [nil, 4])
      })
    #expect(error == .unorderedNodes(["a"]))
  }

  @Test func freeExtentsMustBeGiven() throws {
    let bytes = ModelBytes.model { graph in
      graph.port(11, "x", [nil, 1, nil, nil])
      graph.node("GlobalAveragePool", ["x"], ["y"])
      graph.port(12, "y", [nil, 1, 1, 1])
    }
    guard case .badInput(name: "x", dimensions: [nil, 1, nil, nil], _) = refusal(bytes) else {
      Issue.record("\(String(describing: refusal(bytes)))")
      return
    }
    let model = try ONNXModel(bytes: bytes, inputShapes: ["x": [1, 1, 2, 2]])
    #expect(
      try model(["x": Tensor([2, 1, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8])])["y"]?.elements == [2.5, 6.5])
    #expect(throws: ONNXError.unknownInput(name: "z", inputs: ["x"])) {
      _ = try ONNXModel(bytes: bytes, inputShapes: ["z": [1]])
    }
  }

  @Test(arguments: [5, 29])
  func otherOperatorSetsAreRefused(version: Int) {
    let bytes = ModelBytes.model(operatorSet: version) { $0.port(12, "y", []) }
    #expect(refusal(bytes) == .operatorSet(version))
  }

  @Test func aTensorOfTooFewBytesIsRefused() {
    let bytes = ModelBytes.model { graph in
      graph.port(11, "x", [nil, 4])
      graph.tensor("w", [1 << 20, 1 << 20], [1])
      graph.node("MatMul", ["x", "w"], ["y"])
      graph.port(12, "y", [nil, 4])
    }
    guard case .badTensor(name: "w", dimensions: _, expected: _) = refusal(bytes) else {
      Issue.record("\(String(describing: refusal(bytes)))")
      return
    }
  }

  @Test func externalDataStaysInTheModelsFolder() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "onnx-\(UInt64.random(in: 0...UInt64.max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func model(_ location: String, _ offset: Int) throws -> ONNXModel {
      let bytes = ModelBytes.model { graph in
        graph.port(11, "x", [nil, 2])
        graph.message(5) { tensor in
          tensor.int(1, 2)
          tensor.int(2, 1)
          tensor.text(8, "w")
          for (key, value) in [("location", location), ("offset", "\(offset)"), ("length", "8")] {
            tensor.message(13) { entry in
              entry.text(1, key)
              entry.text(2, value)
            }
          }
          tensor.int(14, 1)
        }
        graph.node("Add", ["x", "w"], ["y"])
        graph.port(12, "y", [nil, 2])
      }
      let url = folder.appending(path: "model.onnx")
      try Data(bytes).write(to: url)
      return try ONNXModel(contentsOf: url)
    }
    try Data([0, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]).write(
      to: folder.appending(path: "weights.bin"))
    #expect(try model("weights.bin", 4)(["x": Tensor([1, 2], [1, 1])])["y"]?.elements == [2, 3])
    for (location, offset) in [("../weights.bin", 0), ("/etc/passwd", 0), ("weights.bin", 8)] {
      #expect {
        _ = try model(location, offset)
      } throws: {
        if case ONNXError.badExternalData = $0 { true } else { false }
      }
    }
  }

  /// No prefix of a model, and no change of one byte, may end the program.
  @Test func damagedModelsAreRefusedOrRead() {
    var random = SplitMix64(seed: 11)
    let bytes = ModelBytes.model { graph in
      graph.port(11, "x", [nil, 2, 4, 4])
      graph.tensor("w", [2, 1, 3, 3], (0..<18).map { Float($0) })
      graph.tensor("s", [0, -1])
      graph.node(
        "Conv", ["x", "w"], ["c"], ["group": .int(2), "auto_pad": .text("SAME_UPPER")])
      graph.node("Reshape", ["c", "s"], ["r"])
      graph.node("Split", ["r"], ["a", "b"], ["axis": .int(1)])
      graph.node("Concat", ["b", "a"], ["y"], ["axis": .int(-1)])
      graph.port(12, "y", [nil, 32])
    }
    for length in 0..<bytes.count { _ = refusal(Array(bytes[..<length])) }
    for _ in 0..<3000 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        changed[Int.random(in: changed.indices, using: &random)] =
          UInt8.random(in: 0...255, using: &random)
      }
      _ = refusal(changed)
    }
    #expect(refusal(bytes) == nil)
  }
}
