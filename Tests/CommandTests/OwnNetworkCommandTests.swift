import Foundation
import Testing

/// An emotion network in an ONNX file, on the command line.
struct OwnNetworkCommandTests {
  /// A network that says "happy" with logit 4 and everything else with 0, whatever it sees.
  private static func write(to folder: URL, labels: String) throws -> URL {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let bytes = ModelBytes.model { graph in
      graph.port(11, "picture", [nil, 1, 16, 16])
      graph.tensor("w", [1, 7], [Float](repeating: 0, count: 7))
      graph.tensor("b", [7], [0, 0, 0, 0, 0, 4, 0])
      graph.node("GlobalAveragePool", ["picture"], ["p"])
      graph.node("Flatten", ["p"], ["f"])
      graph.node("Gemm", ["f", "w", "b"], ["y"])
      graph.port(12, "y", [nil, 7])
    }
    let model = folder.appending(path: "own.onnx")
    try Data(bytes).write(to: model)
    try Data(labels.utf8).write(to: folder.appending(path: "own.json"))
    return model
  }
  private static let labels =
    #"{"classes":["fear","anger","disgust","neutral","sadness","joy","surprised"]}"#
  private let folder = FileManager.default.temporaryDirectory.appending(path: "own-\(UUID())")

  @Test func classifyReadsByIt() throws {
    let model = try Self.write(to: folder, labels: Self.labels)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try moodCLI(
      "classify", "--jsonl", "--model", model.path, "Examples/eileen_collins.jpg")
    let answer = try #require(run.objects().first)
    #expect(answer["mood"] as? String == "happy" && answer["source"] as? String == "face")
    let share = exp(4.0) / (exp(4.0) + 6)
    let shares = try #require(answer["probabilities"] as? [String: Double])
    #expect(try abs(#require(shares["happy"]) - share) < 1e-4)
    let explained = try moodCLI(
      "explain", "Examples/eileen_collins.jpg", "--model", model.path, "-o", "/dev/null")
    #expect(explained.exitCode != 0 && explained.errors.contains("ResNetV2"))
  }

  @Test func saysWhatIsWrongWithTheLabels() throws {
    let model = try Self.write(to: folder, labels: #"{"classes":["joy"]}"#)
    defer { try? FileManager.default.removeItem(at: folder) }
    var run = try moodCLI("classify", "--model", model.path, "Examples/eileen_collins.jpg")
    #expect(run.exitCode == 65 && run.errors.contains("classes is joy; it must be angry"))
    run = try moodCLI(
      "classify", "--model", model.path, "--labels", "/nowhere.json", "Examples/eileen_collins.jpg")
    #expect(run.exitCode != 0 && run.errors.contains("/nowhere.json"))
    run = try moodCLI(
      "classify", "--model", model.path, "--weights", "x", "Examples/eileen_collins.jpg")
    #expect(run.exitCode == 64)
  }

  /// 40 faces are happy and 20 sad, so the best temperature makes happy two thirds:
  /// e^(4/t) / (e^(4/t) + 6) = 2/3.
  @Test func calibrateFitsATemperature() throws {
    let model = try Self.write(to: folder, labels: Self.labels)
    defer { try? FileManager.default.removeItem(at: folder) }
    let faces = folder.appending(path: "faces")
    let photo = packageFolder.appending(path: "Examples/eileen_collins.jpg")
    for (mood, count) in [("happy", 40), ("sad", 20)] {
      let place = faces.appending(path: mood)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for number in 0..<count {
        try FileManager.default.createSymbolicLink(
          at: place.appending(path: "\(number).jpg"), withDestinationURL: photo)
      }
    }
    let output = folder.appending(path: "calibrated.json")
    let run = try moodCLI(
      "calibrate", faces.path, "--model", model.path, "-o", output.path, "--json")
    let report = try #require(run.objects().first)
    let wanted = 4 / log(12.0)
    #expect(try abs(#require(report["temperature"] as? Double) - wanted) < 2e-3)
    #expect(try #require(report["ece_before"] as? Double) > 0.2)
    #expect(try #require(report["ece"] as? Double) < 0.05)
    let again = try moodCLI(
      "classify", "--jsonl", "--model", model.path, "--labels", output.path,
      "Examples/eileen_collins.jpg")
    let shares = try #require(again.objects().first?["probabilities"] as? [String: Double])
    #expect(try abs(#require(shares["happy"]) - 2.0 / 3) < 1e-3)
    let evaluated = try moodCLI("evaluate", faces.path, "--model", model.path, "--json")
    #expect(try #require(evaluated.objects().first?["right"] as? Int) == 40)
  }

  @Test func calibrateWantsEnoughFaces() throws {
    let run = try moodCLI("calibrate", "/nowhere")
    #expect(run.exitCode == 66 && run.errors.contains("/nowhere has none of the folders"))
  }
}
