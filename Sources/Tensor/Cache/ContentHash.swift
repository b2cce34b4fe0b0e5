private import Synchronization

/// A 64-bit hash of bytes, for telling files apart and for finding damage; no defence against
/// someone who wants a collision.
///
/// The bytes are cut into pieces of 1 MiB that all threads share out; each piece is hashed by
/// XXH64's main loop (four sums of 64 bits, some 12 GB/s a core), and so are the pieces' hashes.
package enum ContentHash {
  private static let pieceBytes = 1 << 20

  /// Hashes the bytes of `memory`.
  package static func hash(_ memory: UnsafeRawBufferPointer, threads: Int) -> UInt64 {
    let pieces = max(1, (memory.count + pieceBytes - 1) / pieceBytes)
    let hashes = Mutex([UInt64](repeating: 0, count: pieces))
    let address = UInt(bitPattern: memory.baseAddress)
    let count = memory.count
    ThreadPool.shared(threads: threads).forEach(pieces) { piece in
      let start = piece * pieceBytes
      // SAFETY: the pieces cover the caller's bytes, which outlive this call.
      let bytes = unsafe UnsafeRawBufferPointer(
        start: UnsafeRawPointer(bitPattern: address + UInt(start)),
        count: min(pieceBytes, count - start))
      let hash = unsafe mix(bytes)
      hashes.withLock { $0[piece] = hash }
    }
    // SAFETY: the array's own bytes.
    let whole = hashes.withLock { all in
      unsafe all.withUnsafeBytes { unsafe mix($0) }
    }
    return whole ^ UInt64(count)
  }

  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F

  @inline(__always) private static func round(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let s = sum &+ word &* prime2
    return (s << 31 | s >> 33) &* prime1
  }

  private static func mix(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var (a, b, c, d) = (prime1 &+ prime2, prime2, UInt64(0), 0 &- prime1)
    var position = 0
    if let base = bytes.baseAddress {
      while position + 32 <= bytes.count {
        let p = unsafe base + position
        a = round(a, unsafe p.loadUnaligned(as: UInt64.self))
        b = round(b, unsafe p.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        c = round(c, unsafe p.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
        d = round(d, unsafe p.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
        position += 32
      }
    }
    while position < bytes.count {
      a = round(a, UInt64(unsafe bytes[position]))
      position += 1
    }
    var hash = UInt64(bytes.count)
    for sum in [a, b, c, d] { hash = (hash ^ round(0, sum)) &* prime1 &+ prime2 }
    hash ^= hash >> 33
    hash &*= prime2
    return hash ^ hash >> 29
  }
}
