import Benchmark
import FaceFinder
import Foundation
import ImageDecoding
import MoodRecommend
import MoodVision
import ResNetV2
import Tensor
import WeightLoader

/// A photo's way from bytes to songs with the shipped weights, and each part of it.
let benchmarks: @Sendable () -> Void = {
  let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../..").standardized
  guard let photo = try? Data(contentsOf: root.appending(path: "Examples/grace_hopper.jpg")),
    let file = try? WeightFile(path: root.appending(path: "Weights/mood.safetensors").path),
    let classifier = try? MoodClassifier(weights: file),
    let finder = try? FaceFinder(path: root.appending(path: "Weights/face.safetensors").path),
    let image = try? RGBImage(decoding: [UInt8](photo)),
    // One face in 640×480 pixels.
    let picture = try? image.cropped(
      x: (image.width - 640) / 2, y: 60, width: 640, height: 480)
  else { return }
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock], warmupIterations: 3, maxDuration: .seconds(2))
  let bytes = [UInt8](photo)
  let input = classifier.input(for: image)
  guard let reader = try? MoodReader(classifier: classifier, finder: finder) else { return }

  Benchmark("decode", configuration: configuration) { _ in
    blackHole(try RGBImage(decoding: bytes))
  }
  Benchmark("resize and scale", configuration: configuration) { _ in
    blackHole(classifier.input(for: image))
  }
  Benchmark("forward", configuration: configuration) { _ in blackHole(try classifier.network(input))
  }
  Benchmark("find the face, 640×480", configuration: configuration) { _ in
    blackHole(
      try finder.faces(in: picture.pixels, width: picture.width, height: picture.height))
  }
  Benchmark("find and classify the face, 640×480", configuration: configuration) { _ in
    blackHole(try reader.read(picture, .largest))
  }
  Benchmark("rank", configuration: configuration) { _ in
    var generator = SplitMix64(seed: 1)
    blackHole(ClassicPolicy().songs(for: .happy, in: .standard, count: 5, using: &generator))
  }
  Benchmark("photo to songs", configuration: configuration) { _ in
    let mood = try reader.read(bytes).mood
    var generator = SplitMix64(seed: 1)
    blackHole(ClassicPolicy().songs(for: mood, in: .standard, count: 5, using: &generator))
  }
}
