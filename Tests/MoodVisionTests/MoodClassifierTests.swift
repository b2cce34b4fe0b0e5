import Foundation
import ImageDecoding
import MoodVision
import ResNetV2
import Tensor
import TestSupport
import Testing
import WeightLoader

struct MoodClassifierTests {
  private static let classifier = Result {
    try MoodClassifier(
      weights: WeightFile(path: packageFolder.appending(path: "Weights/mood.safetensors").path))
  }

  @Test func seesASmileOnTheExample() throws {
    let classifier = try Self.classifier.get()
    let answer = try classifier.classify(crops: [portrait("eileen_collins")])[0]
    #expect(answer.distribution.mood == .happy)
    #expect(abs(answer.distribution.probabilities.reduce(0, +) - 1) < 1e-4)
  }

  @Test func answersTheSameInAnyCompany() throws {
    let classifier = try Self.classifier.get()
    let (one, other) = (try portrait("eileen_collins"), try portrait("grace_hopper"))
    let alone = try classifier.classify(crops: [other])
    let together = try classifier.classify(crops: [one, other, one])
    #expect(together[1] == alone[0] && together[0] == together[2])
    #expect(try classifier.classify(crops: []).isEmpty)
  }

  @Test func feedsGreyInAllChannels() throws {
    let classifier = try Self.classifier.get()
    let input = try classifier.input(for: portrait("grace_hopper"))
    #expect(input.shape == [1, classifier.inputHeight, classifier.inputWidth, 3])
    for pixel in stride(from: 0, to: input.elements.count, by: 3) {
      #expect(input.elements[pixel] == input.elements[pixel + 1])
      #expect(input.elements[pixel] == input.elements[pixel + 2])
    }
    #expect(input.elements.allSatisfy { (0...1).contains($0) })
  }

  @Test(arguments: [TestTimeAugmentation.flip, .ten])
  func averagesViews(_ augmentation: TestTimeAugmentation) throws {
    let classifier = try Self.classifier.get()
    let image = try portrait("eileen_collins")
    var pixels: [UInt8] = []
    for y in 0..<image.height {
      for x in (0..<image.width).reversed() {
        let start = (y * image.width + x) * 3
        pixels += image.pixels[start..<start + 3]
      }
    }
    let mirrored = try RGBImage(width: image.width, height: image.height, pixels: pixels)
    let answers = try classifier.classify(crops: [image, mirrored], augmentation: augmentation)
    // A face and its mirror image have the same views, up to the resampling's rounding.
    for mood in Mood.allCases {
      #expect(abs(answers[0].distribution[mood] - answers[1].distribution[mood]) < 0.05)
    }
    #expect(answers[0].distribution.mood == .happy)
  }

  @Test func refusesOtherClasses() throws {
    let metadata = ModelMetadata(
      architecture: "ResNet50V2", inputHeight: 64, inputWidth: 64, classNames: ["cat", "dog"],
      headLayers: [
        .globalAveragePooling(name: "p"), .dense(name: "d", units: 2, activation: .softmax),
      ])
    let network = try ResNetV2(metadata: metadata) { _ in nil }
    #expect(
      throws: WeightError.badMetadata(
        key: "class_names", value: "cat, dog",
        expected: "the moods angry, disgust, fear, happy, neutral, sad, surprise")
    ) { try MoodClassifier(network: network) }
  }
}
