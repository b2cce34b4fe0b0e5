import Tensor

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// The bytes of a file, mapped read-only; only what is read comes into memory.
///
/// A regular file that is cut short by someone else while it is mapped ends the process (SIGBUS)
/// at the next read of the missing part. Weight files are therefore replaced by renaming a new
/// file over them, as every tool of this package does, and never rewritten in place.
package final class MappedFile: Sendable {
  package let count: Int
  private let address: UInt
  private let owned: [UInt8]

  /// Maps a file.
  ///
  /// - Throws: ``WeightError/unreadable(path:reason:)`` if it cannot be opened, is no regular
  ///   file, or cannot be mapped.
  package init(path: String) throws(WeightError) {
    func failure() -> WeightError {
      // SAFETY: strerror's text is copied at once.
      .unreadable(path: path, reason: unsafe String(cString: strerror(errno)))
    }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure() }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path: path, reason: "not a regular file")
    }
    count = Int(status.st_size)
    owned = []
    if count == 0 {
      address = 0
      return
    }
    // SAFETY: a private read-only mapping of the size just asked; the result is checked.
    let memory = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { throw failure() }
    address = UInt(bitPattern: memory)
  }

  /// Wraps bytes that are in memory already.
  package init(bytes: [UInt8]) {
    owned = bytes
    count = bytes.count
    address = 0
  }

  deinit {
    // SAFETY: mapped in `init`, and unmapped once.
    if address != 0 { unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), count) }
  }

  /// A copy of a range of the bytes.
  ///
  /// - Precondition: The range lies within the file.
  package func bytes(_ range: Range<Int>) -> [UInt8] {
    unsafe withBytes(range) { unsafe Array($0) }
  }

  /// Widens little-endian numbers to fp32, which is exact.
  ///
  /// - Returns: As many floats as `result` has room for, or the index of the first that is no finite
  ///   number.
  /// - Precondition: The range lies within the file and holds whole elements of `type`.
  package func floats(_ range: Range<Int>, type: ElementType) -> Result<[Float], NotFinite> {
    let count = range.count / type.size
    var largest: UInt32 = 0
    let floats = unsafe [Float](unsafeUninitializedCapacity: count) { floats, initialized in
      // SAFETY: `count` elements lie in the range, and `floats` has room for as many.
      unsafe withBytes(range) { bytes in
        guard let from = bytes.baseAddress, let to = floats.baseAddress else { return }
        for i in 0..<count {
          let bits: UInt32
          switch type {
          case .float32:
            bits = unsafe UInt32(
              littleEndian: from.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self))
          case .float16:
            bits = Self.bits(
              of: unsafe UInt16(
                littleEndian: from.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self)))
          case .uint8: bits = Float(unsafe from.load(fromByteOffset: i, as: UInt8.self)).bitPattern
          }
          largest = max(largest, bits & 0x7FFF_FFFF)
          unsafe to[i] = Float(bitPattern: bits)
        }
      }
      initialized = count
    }
    adviseUnneeded(range)
    if largest < 0x7F80_0000 { return .success(floats) }
    return .failure(NotFinite(index: floats.firstIndex { !$0.isFinite } ?? 0))
  }

  /// Index of the first element that is no finite number, or nil; widens and keeps nothing.
  ///
  /// - Precondition: The range lies within the file and holds whole elements of `type`.
  func firstNotFinite(_ range: Range<Int>, type: ElementType) -> Int? {
    if type == .uint8 { return nil }
    // SAFETY: the range was checked, and holds `count` elements.
    return unsafe withBytes(range) { bytes in
      guard let from = bytes.baseAddress else { return nil }
      let count = range.count / type.size
      if type == .float32 {
        func exponent(_ i: Int) -> Int32 {
          Int32(littleEndian: unsafe from.loadUnaligned(fromByteOffset: 4 * i, as: Int32.self))
            & 0x7F80_0000
        }
        var largest: Int32 = 0
        for i in 0..<count { largest = max(largest, exponent(i)) }
        return largest < 0x7F80_0000 ? nil : (0..<count).first { exponent($0) == 0x7F80_0000 }
      }
      func exponent(_ i: Int) -> Int16 {
        Int16(littleEndian: unsafe from.loadUnaligned(fromByteOffset: 2 * i, as: Int16.self))
          & 0x7C00
      }
      var largest: Int16 = 0
      for i in 0..<count { largest = max(largest, exponent(i)) }
      return largest < 0x7C00 ? nil : (0..<count).first { exponent($0) == 0x7C00 }
    }
  }

  /// A hash of all bytes.
  func contentHash(threads: Int) -> UInt64 {
    defer { adviseUnneeded(0..<count) }
    return unsafe withBytes(0..<count) { unsafe ContentHash.hash($0, threads: threads) }
  }

  /// Gives the pages that lie within a range back to the system; a later read fetches them again.
  ///
  /// Each byte is looked at once or twice while a network loads, and never after: without this a
  /// server would hold the file in memory beside the packed weights that were made of it.
  private func adviseUnneeded(_ range: Range<Int>) {
    if address == 0 { return }
    let page = Int(getpagesize())
    let (first, end) = ((range.lowerBound + page - 1) / page * page, range.upperBound / page * page)
    guard first < end else { return }
    // SAFETY: whole pages of the mapping, which is read-only and of a file: nothing is lost.
    _ = unsafe madvise(
      UnsafeMutableRawPointer(bitPattern: address + UInt(first)), end - first, MADV_DONTNEED)
  }

  /// Where a NaN or an infinity stands.
  package struct NotFinite: Error { package let index: Int }

  /// The fp32 number that equals the fp16 one of these bits.
  package static func widened(_ half: UInt16) -> Float { Float(bitPattern: bits(of: half)) }

  /// The bits of the fp32 number that equals an fp16 one (IEEE 754, 3.6), without a branch.
  @inline(__always) private static func bits(of half: UInt16) -> UInt32 {
    let magnitude = UInt32(half & 0x7FFF)
    let sign = UInt32(half & 0x8000) << 16
    let normal = magnitude << 13 &+ (magnitude >= 0x7C00 ? 224 << 23 : 112 << 23)
    let subnormal = (Float(magnitude) * 0x1p-24).bitPattern
    return sign | (magnitude < 0x400 ? subnormal : normal)
  }

  /// Lends a range of the bytes.
  private func withBytes<R>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "\(range) of \(count) bytes")
    if address == 0 {
      return unsafe owned.withUnsafeBytes { all in
        unsafe body(UnsafeRawBufferPointer(rebasing: all[range]))
      }
    }
    // SAFETY: the range was checked, and the mapping lives as long as this object.
    let all = unsafe UnsafeRawBufferPointer(
      start: UnsafeRawPointer(bitPattern: address), count: count)
    return unsafe body(UnsafeRawBufferPointer(rebasing: all[range]))
  }
}
