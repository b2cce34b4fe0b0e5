import Foundation
import ImageDecoding
import MoodVision
import ResNetV2
import Tensor
import TestSupport
import Testing
import WeightLoader

struct ReadOutTests {
  /// Outputs in another order than `Mood.allCases`, as a file may have them.
  private static let classes = Mood.allCases.reversed().map(\.rawValue)
  private static let adjustment: [Float] = [0.5, -1, 2, 0, 0.25, 3, -0.75]

  /// A network whose logits are all the same, with these adjustments.
  private func classifier(_ adjustment: [Float]?) throws -> MoodClassifier {
    var metadata = ModelMetadata(
      architecture: "ResNet50V2", inputHeight: 32, inputWidth: 32, classNames: Self.classes,
      headLayers: [
        .globalAveragePooling(name: "p"), .dense(name: "d", units: 7, activation: .softmax),
      ])
    metadata.logitAdjustment = adjustment
    metadata.temperature = 2.5
    let graph = try Architecture.resNet50V2.graph(
      head: metadata.headLayers, inputHeight: 32, inputWidth: 32)
    var parameters: [String: Tensor] = [:]
    for (name, shape) in graph.parameters {
      let isFactor = name.hasSuffix("gamma") || name.hasSuffix("moving_variance")
      parameters[name] = Tensor(shape, repeating: isFactor ? 1 : 0)
    }
    return try MoodClassifier(
      network: ResNetV2(metadata: metadata) { [parameters] in parameters[$0] })
  }

  @Test func addsEachMoodsNumberWhateverTheTemperature() throws {
    let classifier = try classifier(Self.adjustment)
    let face = try plain(8, 8)
    let answer = try classifier.classify(crops: [face], readOut: .balanced)[0]
    let sum = Self.adjustment.reduce(0) { $0 + exp(Double($1)) }
    for (name, value) in zip(Self.classes, Self.adjustment) {
      let mood = try #require(Mood(rawValue: name))
      #expect(abs(Double(answer.distribution[mood]) - exp(Double(value)) / sum) < 1e-6)
    }
    #expect(Set(answer.logits).count == 1, "the logits stay what they are")
    let plain = try classifier.classify(crops: [face], readOut: .calibrated)[0]
    #expect(plain.distribution.probabilities.allSatisfy { abs($0 - 1 / 7) < 1e-6 })
  }

  @Test func isBalancedWhereTheFileHasTheNumbers() throws {
    let face = try plain(8, 8)
    let with = try classifier(Self.adjustment)
    #expect(
      try with.classify(crops: [face]) == with.classify(crops: [face], readOut: .balanced))
    let without = try classifier(nil)
    #expect(
      try without.classify(crops: [face]) == without.classify(crops: [face], readOut: .calibrated))
  }

  @Test func refusesBalancedWithoutTheNumbers() throws {
    let (classifier, face) = (try classifier(nil), try plain(8, 8))
    let error = MoodVisionError.readOutMissing(.balanced)
    #expect(throws: error) { try classifier.classify(crops: [face], readOut: .balanced) }
    #expect(throws: error) {
      try MoodReader(
        classifier: classifier, finder: nil, options: MoodReaderOptions(readOut: .balanced))
    }
    #expect(error.code == "no_read_out" && error.description.contains("logit_adjustment"))
  }

  /// The map of an averaged logit is the mean of the views' maps, so a face's and its mirror
  /// image's are mirror images.
  @Test func explainsTheMeanOfBothViews() throws {
    let file = try WeightFile(path: packageFolder.appending(path: "Weights/mood.safetensors").path)
    let (classifier, overlay) = (
      try MoodClassifier(weights: file), try HeatOverlay(weights: file)
    )
    let side = classifier.inputWidth  // no resizing, which would round both sides differently
    let face = try portrait("grace_hopper").resized(width: side, height: side, filter: .bicubic)
    var pixels: [UInt8] = []  // [side, side, 3]
    for y in 0..<side {
      for x in (0..<side).reversed() {
        let first = (y * side + x) * 3
        pixels += face.pixels[first..<first + 3]
      }
    }
    let mirrored = try RGBImage(width: side, height: side, pixels: pixels)
    let maps = try [face, mirrored].map {
      try overlay.heat(.happy, of: $0, classifier, augmentation: .flip)
    }
    let plain = try overlay.heat(.happy, of: face, classifier, augmentation: .none)
    let (rows, columns) = (plain.shape[0], plain.shape[1])
    var turned: [Float] = []
    for row in 0..<rows {
      turned += maps[1].elements[row * columns..<(row + 1) * columns].reversed()
    }
    let backAgain = try Tensor(plain.shape, turned)
    expectClose(maps[0], backAgain, relative: 1e-3, absolute: 1e-3)
    #expect(maps[0] != plain)
  }

  @Test func aReaderAnswersAsItsClassifier() throws {
    let classifier = try MoodClassifier(
      weights: WeightFile(path: packageFolder.appending(path: "Weights/mood.safetensors").path))
    let image = try portrait("grace_hopper")
    for augmentation in [TestTimeAugmentation.none, .flip] {
      for readOut in [nil] + ReadOut.allCases {
        let reader = try MoodReader(
          classifier: classifier, finder: nil,
          options: MoodReaderOptions(augmentation: augmentation, readOut: readOut))
        let answer = try classifier.classify(
          crops: [image], augmentation: augmentation, readOut: readOut)[0]
        #expect(try reader.read(image, .wholePicture).distribution == answer.distribution)
      }
    }
  }
}
