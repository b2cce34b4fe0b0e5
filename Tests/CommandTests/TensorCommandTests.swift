import Foundation
import Tensor
import Testing
import WeightLoader

struct TensorCommandTests {
  /// A path for a file that the test writes.
  private func scratch() -> String {
    FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).safetensors").path
  }

  @Test func infersWhatItPreprocessed() throws {
    let (input, output) = (scratch(), scratch())
    defer { for path in [input, output] { try? FileManager.default.removeItem(atPath: path) } }
    let photo = "Examples/grace_hopper.jpg"
    #expect(try moodCLI("preprocess", photo, "--output", input).exitCode == 0)
    let run = try moodCLI(
      "infer", "--input", input, "--output", output, "--tap", "post_relu", "--tap",
      "conv2_block1_out")
    #expect(run.exitCode == 0 && run.output.isEmpty)
    let file = try SafetensorsFile(path: output)
    #expect(Set(file.names) == ["probabilities", "logits", "post_relu", "conv2_block1_out"])
    let probabilities = try file.tensor("probabilities").elements
    let line = try #require(
      try moodCLI("classify", "--json", "--read-out", "calibrated", photo).objects().first)
    let named = try #require(line["probabilities"] as? [String: Double])
    for (name, value) in zip(
      ["angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"], probabilities)
    {
      #expect(abs((named[name] ?? 9) - Double(value)) < 1e-5)
    }
  }

  @Test func writesRawPixels() throws {
    let path = scratch()
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(
      try moodCLI(
        "preprocess", "Examples/grace_hopper.jpg", "--output", path, "--raw", "--size", "20x10",
        "--filter", "bilinear"
      ).exitCode == 0)
    let file = try SafetensorsFile(path: path)
    #expect(file.shape(of: "input") == [1, 10, 20, 3] && file.elementType(of: "input") == .uint8)
  }

  @Test func refusesTensorsThatDoNotFit() throws {
    let (input, output) = (scratch(), scratch())
    defer { try? FileManager.default.removeItem(atPath: input) }
    var writer = SafetensorsWriter()
    try writer.add("input", Tensor([1, 5, 5, 3]))
    try Data(writer.bytes).write(to: URL(filePath: input))
    let run = try moodCLI("infer", "--input", input, "--output", output)
    #expect(run.exitCode == 65 && run.errors.contains("[1, 5, 5, 3]"))
    #expect(!FileManager.default.fileExists(atPath: output))
    #expect(try moodCLI("infer", "--input", "/nowhere", "--output", output).exitCode == 66)
  }

  @Test func refusesUnknownLayers() throws {
    let input = scratch()
    defer { try? FileManager.default.removeItem(atPath: input) }
    #expect(
      try moodCLI("preprocess", "Examples/grace_hopper.jpg", "--output", input).exitCode == 0)
    let run = try moodCLI("infer", "--input", input, "--output", scratch(), "--tap", "conv9")
    #expect(run.exitCode == 64 && run.errors.contains("conv9"))
  }

  @Test func inspectsAsKerasDoes() throws {
    let summary = try #require(try moodCLI("inspect", "--json").objects().first)
    let layers = try #require(summary["layers"] as? [[String: Any]])
    let stem = try #require(layers.first { $0["name"] as? String == "conv1_conv" })
    #expect(stem["parameters"] as? Int == 9_472)  // Keras's summary()
    let head = ["batch_normalization", "dense", "batch_normalization_1", "dense_1"]
    let backbone = layers.filter { !head.contains($0["name"] as? String ?? "") }
    #expect(backbone.reduce(0) { $0 + ($1["parameters"] as? Int ?? 0) } == 23_564_800)
    let table = try moodCLI("inspect").output
    #expect(table.contains("conv5_block3_out") && table.contains("format_version: 1"))
  }

  @Test func explainsItself() throws {
    for command in ["recommend", "classify", "infer", "preprocess", "inspect", "evaluate"] {
      let help = try moodCLI(command, "--help")
      #expect(help.exitCode == 0 && help.output.contains("EXAMPLES"))
    }
    #expect(try moodCLI("nonsense").exitCode == 64)
  }
}
