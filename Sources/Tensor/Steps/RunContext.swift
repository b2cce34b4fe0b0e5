/// What a step needs to know of the pass that runs it.
@safe package struct RunContext {
  /// The activations.
  let arena: UnsafeMutablePointer<Float>
  /// Room of this worker alone: `scratchCount` floats.
  let scratch: UnsafeMutablePointer<Float>
  /// Room that all workers share: `sharedCount` floats.
  let shared: UnsafeMutablePointer<Float>
  /// Addresses of the caller's inputs, each with the batch axis in front: numbers, or bytes.
  let inputs: UnsafeRawPointer
  let arePixelsBytes: Bool
  /// First image of this group within the batch, and how many there are.
  let firstImage: Int
  let images: Int

  /// The caller's elements of input `i`.
  func input(_ i: Int) -> UnsafeRawPointer {
    let address = unsafe inputs.load(
      fromByteOffset: i * MemoryLayout<UInt>.stride, as: UInt.self)
    return unsafe UnsafeRawPointer(bitPattern: address).unsafelyUnwrapped
  }

  /// Pixel (0, 0) of the group's first image in a buffer.
  func origin(_ buffer: ActivationBuffer, groupSize: Int) -> UnsafeMutablePointer<Float> {
    unsafe arena + buffer.origin(image: buffer.images > groupSize ? firstImage : 0)
  }
}

/// A step made ready: tables and weights fixed, nothing left to allocate.
package protocol Step: AnyObject, Sendable {
  /// Floats that each worker needs beside the arena.
  var scratchCount: Int { get }
  /// Floats that all workers together need beside the arena.
  var sharedCount: Int { get }
  /// How many parallel loops it has, one after the other.
  var phases: Int { get }
  /// How many chunks a loop has: a function of the shape alone, so that no result depends on the
  /// number of threads.
  func chunks(phase: Int, images: Int) -> Int
  /// Does one chunk.
  func run(phase: Int, chunk: Int, _ context: RunContext)
}

extension Step {
  package var scratchCount: Int { 0 }
  package var sharedCount: Int { 0 }
  package var phases: Int { 1 }
}

/// Part `index` of `parts` nearly equal parts of `0..<count`.
@inline(__always) func part(_ index: Int, of parts: Int, _ count: Int) -> Range<Int> {
  count * index / parts..<count * (index + 1) / parts
}
