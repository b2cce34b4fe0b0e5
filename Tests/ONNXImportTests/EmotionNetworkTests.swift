import Foundation
import ImageDecoding
import MoodVision
import Testing

@testable import ONNXImport

/// An emotion network in an ONNX file, as `MoodReader` reads moods by it.
struct EmotionNetworkTests {
  /// The means of a picture's channels, times a matrix, plus a bias; contempt stands last.
  static func bytes(input: [Int?], softmax: Bool = false) -> [UInt8] {
    let channels = [input[1], input[3]].compactMap { $0 }.first { [1, 3].contains($0) } ?? 3
    let isChannelsFirst = input[1] == channels
    return ModelBytes.model { graph in
      graph.port(11, "picture", input)
      graph.tensor("w", [channels, 8], (0..<8 * channels).map { Float($0 % 5) - 2 })
      graph.tensor("b", [8], [0, 1, 0, -1, 0, 2, 0, 9])
      var name = "picture"
      if !isChannelsFirst {
        graph.node("Transpose", [name], ["t"], ["perm": .ints([0, 3, 1, 2])])
        name = "t"
      }
      graph.node("GlobalAveragePool", [name], ["p"])
      graph.node("Flatten", ["p"], ["f"])
      graph.node("Gemm", ["f", "w", "b"], [softmax ? "z" : "y"])
      if softmax { graph.node("Softmax", ["z"], ["y"], ["axis": .int(1)]) }
      graph.port(12, "y", [input[0], 8])
    }
  }
  static let labels = MoodLabels(classes: [
    "neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt",
  ])

  private func file(_ bytes: [UInt8]) throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).onnx")
    try Data(bytes).write(to: url)
    return url
  }

  @Test(arguments: [
    [1, 3, 16, 16], [nil, 3, 16, 16], [nil, 16, 16, 3], [nil, 3, nil, nil], [1, 1, 16, 16],
  ])
  func readsMoodsWhateverItsLayout(_ input: [Int?]) throws {
    let url = try file(Self.bytes(input: input))
    defer { try? FileManager.default.removeItem(at: url) }
    var labels = Self.labels
    labels.inputSize = [16]
    let classifier = try MoodClassifier(onnx: url, labels: labels)
    #expect(classifier.inputHeight == 16 && classifier.inputWidth == 16)
    let pictures = try [40, 200].map { grey in
      try RGBImage(width: 16, height: 16, pixels: [UInt8](repeating: grey, count: 16 * 16 * 3))
    }
    let answers = try classifier.classify(crops: pictures)
    let channels = input.contains(1) && input[1] == 1 ? 1 : 3
    for (answer, grey) in zip(answers, [40, 200]) {
      let moods: [Mood] = [.neutral, .happy, .surprise, .sad, .angry, .disgust, .fear]
      for (output, mood) in moods.enumerated() {
        let bias: Float = [0, 1, 0, -1, 0, 2, 0][output]
        let sum = (0..<channels).reduce(bias) {
          $0 + Float(grey) / 255 * (Float(($1 * 8 + output) % 5) - 2)
        }
        #expect(abs(answer.logits[mood.index] - sum) < 1e-4, "\(input) \(mood)")
      }
    }
  }

  @Test func seesThatTheFileEndsInSoftmax() throws {
    let (open, closed) = try (
      file(Self.bytes(input: [nil, 3, 16, 16])),
      file(Self.bytes(input: [nil, 3, 16, 16], softmax: true))
    )
    defer { for url in [open, closed] { try? FileManager.default.removeItem(at: url) } }
    let picture = try RGBImage(
      width: 16, height: 16, pixels: [UInt8](repeating: 90, count: 16 * 16 * 3))
    let a = try MoodClassifier(onnx: open, labels: Self.labels).classify(crops: [picture])[0]
    let b = try MoodClassifier(onnx: closed, labels: Self.labels).classify(crops: [picture])[0]
    for mood in Mood.allCases {
      #expect(abs(a.distribution[mood] - b.distribution[mood]) < 1e-5)
    }
  }

  @Test func saysThatTheSizeIsOpen() throws {
    let url = try file(Self.bytes(input: [nil, 3, nil, nil]))
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(throws: ONNXError.self) { _ = try MoodClassifier(onnx: url, labels: Self.labels) }
  }

  @Test func aReaderFindsTheFaceFirst() throws {
    let url = try file(Self.bytes(input: [nil, 3, 16, 16]))
    defer { try? FileManager.default.removeItem(at: url) }
    let reader = try MoodReader(onnx: url, labels: Self.labels)
    let reading = try reader.read(contentsOf: URL(filePath: "Examples/eileen_collins.jpg"))
    #expect(reading.source == .face && reading.faces.count == 1)
  }
}
