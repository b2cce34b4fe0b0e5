#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Memory for kernels: page-aligned floats at a fixed address, freed with the object.
///
/// From 2 MB on it asks for huge pages: kernels jump between rows that are pages apart, and with
/// small pages many of these jumps wait for a translation.
///
/// Holds an address instead of a pointer: who uses the memory decides who may write when. The
/// plan's steps do, whose chunks never write the same place.
package final class AlignedBuffer: Sendable {
  /// How many floats there are.
  package let count: Int
  private let address: UInt
  private let mapping: UInt
  private let mappedBytes: Int
  private static let hugePage = 1 << 21

  /// Allocates `count` zeros.
  ///
  /// - Throws: ``TensorError/outOfMemory(bytes:)`` if the system does not give them.
  package init(count: Int) throws(TensorError) {
    self.count = count
    // Fresh pages of the system are zero, and cost nothing until they are touched.
    let bytes = max(4096, (count * MemoryLayout<Float>.stride + 4095) / 4096 * 4096)
    let isHuge = bytes >= Self.hugePage
    mappedBytes = isHuge ? bytes + Self.hugePage : bytes
    // SAFETY: an anonymous mapping of our own; the result is checked, and the advice is for bytes
    // inside of it.
    let memory = unsafe mmap(
      nil, mappedBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      throw .outOfMemory(bytes: bytes)
    }
    mapping = UInt(bitPattern: memory)
    guard isHuge else {
      address = mapping
      return
    }
    address = (mapping + UInt(Self.hugePage - 1)) & ~UInt(Self.hugePage - 1)
    #if os(Linux)
      _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: address), bytes, MADV_HUGEPAGE)
    #endif
  }

  /// Adopts a mapping of `bytes` bytes that starts at `memory`.
  package init(adopting memory: UnsafeMutableRawPointer, bytes: Int) {
    address = UInt(bitPattern: memory)
    mapping = address
    mappedBytes = bytes
    count = bytes / MemoryLayout<Float>.stride
  }

  deinit {
    // SAFETY: mapped in `init` or adopted there, and unmapped once.
    unsafe munmap(UnsafeMutableRawPointer(bitPattern: mapping), mappedBytes)
  }

  /// The first float; valid as long as this object lives.
  package var pointer: UnsafeMutablePointer<Float> {
    unsafe UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
  }
}
