private import Glibc

/// Memory for kernels: page-aligned floats at a fixed address, freed with the object.
///
/// Holds an address instead of a pointer: who uses the memory decides who may write when. The
/// plan's steps do, whose chunks never write the same place.
package final class AlignedBuffer: Sendable {
  /// How many floats there are.
  package let count: Int
  private let address: UInt
  private let mappedBytes: Int

  /// Allocates `count` zeros.
  package init(count: Int) {
    self.count = count
    // Fresh pages of the system are zero, and cost nothing until they are touched.
    mappedBytes = max(4096, (count * MemoryLayout<Float>.stride + 4095) / 4096 * 4096)
    // SAFETY: an anonymous mapping of our own; the result is checked.
    let memory = unsafe mmap(
      nil, mappedBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      fatalError("out of memory: \(mappedBytes) bytes")
    }
    address = UInt(bitPattern: memory)
  }

  /// Adopts a mapping of `bytes` bytes that starts at `memory`.
  package init(adopting memory: UnsafeMutableRawPointer, bytes: Int) {
    address = UInt(bitPattern: memory)
    mappedBytes = bytes
    count = bytes / MemoryLayout<Float>.stride
  }

  deinit {
    // SAFETY: mapped in `init` or adopted there, and unmapped once.
    unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), mappedBytes)
  }

  /// The first float; valid as long as this object lives.
  package var pointer: UnsafeMutablePointer<Float> {
    unsafe UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
  }
}
