#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Small text files of the system and of the cache.
enum TextFile {
  /// The first lines of a text file, at most `most`; none if it cannot be read.
  static func lines(of path: String, most: Int = 10_000) -> [String] {
    guard let file = unsafe fopen(path, "r") else { return [] }
    defer { unsafe _ = fclose(file) }
    var lines: [String] = []
    var buffer = [CChar](repeating: 0, count: 8192)
    // SAFETY: fgets writes at most the size given.
    while lines.count < most, unsafe fgets(&buffer, Int32(buffer.count), file) != nil {
      let bytes = buffer.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
      lines.append(String(decoding: bytes, as: UTF8.self))
    }
    return lines
  }
}
