private import Glibc

/// What Linux tells of the first processor.
enum Processor {
  /// Its name, such as "AMD EPYC 9554".
  static let name = fields["model name"] ?? "unknown"
  /// What it can do, such as "avx2".
  static let flags = Set((fields["flags"] ?? "").split(separator: " "))
  /// Whether it is Intel's: weights from beyond a core's own cache come at half the pace of Zen3 and
  /// Zen4, beside twice the arithmetic.
  static let isIntel = fields["vendor_id"] == "GenuineIntel"

  private static let fields: [String: String] = {
    var fields: [String: String] = [:]
    for line in lines(of: "/proc/cpuinfo") {
      guard let colon = line.firstIndex(of: ":") else { break }  // the next processor
      let name = line[..<colon].split { $0 == "\t" || $0 == " " }.joined(separator: " ")
      fields[name] = String(line[colon...].dropFirst(2))
    }
    return fields
  }()

  /// The lines of a text file, none if it cannot be read.
  static func lines(of path: String) -> [String] {
    guard let file = unsafe fopen(path, "r") else { return [] }
    defer { unsafe _ = fclose(file) }
    var lines: [String] = []
    var buffer = [CChar](repeating: 0, count: 8192)
    // SAFETY: fgets writes at most the size given.
    while lines.count < 10_000, unsafe fgets(&buffer, Int32(buffer.count), file) != nil {
      let bytes = buffer.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
      lines.append(String(decoding: bytes, as: UTF8.self))
    }
    return lines
  }
}
