import FaceFinder
import Foundation
import ImageDecoding
import MoodRecommend
import MoodVision
import Multipart
import ONNXImport
import OpenInference
import Tensor
import WeightLoader

/// An answer that is not right, or an error that is none of the modules'.
struct Wrong: Error {
  let what: String
}

/// Fails unless `isRight`.
func check(_ isRight: Bool, _ what: @autoclosure () -> String) throws {
  if !isRight { throw Wrong(what: what()) }
}

/// Calls an entry; the answer, or nil if it refuses what it was given.
func attempt<T>(_ entry: () throws -> T) throws -> T? {
  do { return try entry() } catch {
    guard
      error is TensorError || error is WeightError || error is ImageError
        || error is FaceFinderError || error is CatalogueError || error is MoodVisionError
        || error is MultipartError || error is InferenceRequestError || error is FeedbackError
        || error is DecodingError || error is MoodDistributionError || error is ONNXError
    else { throw Wrong(what: "an unknown error: \(error)") }
    if "\(error)".isEmpty { throw Wrong(what: "an error without a word") }
    return nil
  }
}

/// The weights that ship, below the folder that the fuzzer is started in.
struct Shipped: Sendable {
  let network = "Weights/mood.safetensors", faces = "Weights/face.safetensors"

  init() {
    for path in [network, faces] where !FileManager.default.fileExists(atPath: path) {
      fatalError("no \(path): start the fuzzer in the repository's root")
    }
  }
}

extension InputGenerator {
  /// True once in `n` times.
  mutating func once(in n: Int) -> Bool { Int.random(in: 0..<n, using: &self) == 0 }

  /// A number of those given.
  mutating func one<T>(of choices: [T]) -> T {
    choices[Int.random(in: 0..<choices.count, using: &self)]
  }

  /// A small number, mostly; now and then one that is no extent, or a huge one.
  mutating func extent(_ usual: ClosedRange<Int>, wildOnceIn n: Int = 40) -> Int {
    guard once(in: n) else { return Int.random(in: usual, using: &self) }
    return one(of: [
      0, -1, Int.min, Int.max, 1 << 31, 1 << 32, 1 << 40, 1 << 62, usual.upperBound + 1, 65_536,
    ])
  }

  mutating func floats(_ count: Int, _ range: ClosedRange<Float> = -1...1) -> [Float] {
    (0..<count).map { _ in Float.random(in: range, using: &self) }
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }
}
