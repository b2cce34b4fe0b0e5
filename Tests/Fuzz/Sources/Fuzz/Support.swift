import FaceFinder
import ImageDecoding
import ONNXImport
import Tensor
import WeightLoader

/// How many calls gave an answer, and how many an error of their module's.
struct Tally {
  var answers = 0, refusals = 0
}

/// An answer that is not right, or an error that is none of the modules'.
struct Wrong: Error {
  let what: String
}

/// Calls an entry; the answer, or nil if it refuses what it was given.
func attempt<T>(_ tally: inout Tally, _ entry: () throws -> T) throws -> T? {
  do {
    let answer = try entry()
    tally.answers += 1
    return answer
  } catch {
    guard
      error is TensorError || error is WeightError || error is ImageError
        || error is FaceFinderError || error is ONNXError
    else { throw Wrong(what: "an unknown error: \(error)") }
    if "\(error)".isEmpty { throw Wrong(what: "an error without a word") }
    tally.refusals += 1
    return nil
  }
}

extension SplitMix64 {
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
