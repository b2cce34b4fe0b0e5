import Benchmark
import Foundation
import ImageDecoding
import MoodRecommend
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
    let image = try? RGBImage(decoding: [UInt8](photo))
  else { return }
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock], warmupIterations: 3, maxDuration: .seconds(2))
  let bytes = [UInt8](photo)
  let input = classifier.input(for: image)

  Benchmark("decode", configuration: configuration) { _ in
    blackHole(try RGBImage(decoding: bytes))
  }
  Benchmark("resize and scale", configuration: configuration) { _ in
    blackHole(classifier.input(for: image))
  }
  Benchmark("forward", configuration: configuration) { _ in blackHole(classifier.network(input)) }
  Benchmark("rank", configuration: configuration) { _ in
    var generator = SplitMix64(seed: 1)
    blackHole(ReportPolicy().songs(for: .happy, in: .standard, count: 5, using: &generator))
  }
  Benchmark("photo to songs", configuration: configuration) { _ in
    let image = try RGBImage(decoding: bytes)
    let mood = try classifier.classify([image])[0].distribution.mood
    var generator = SplitMix64(seed: 1)
    blackHole(ReportPolicy().songs(for: mood, in: .standard, count: 5, using: &generator))
  }
}
