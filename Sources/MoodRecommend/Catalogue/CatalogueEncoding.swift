/// How a list's text is written in bytes.
public enum CatalogueEncoding: String, Sendable {
  /// UTF-8, with or without a byte order mark.
  case utf8 = "UTF-8"
  /// UTF-16, the lower byte of each unit first.
  case utf16LittleEndian = "UTF-16 (little-endian)"
  /// UTF-16, the higher byte of each unit first.
  case utf16BigEndian = "UTF-16 (big-endian)"

  /// The encoding by the byte order mark; without one by the zeros that UTF-16 puts beside ASCII.
  init(of bytes: [UInt8]) {
    let first = bytes.prefix(4)
    self =
      if first.starts(with: [0xFF, 0xFE]) {
        .utf16LittleEndian
      } else if first.starts(with: [0xFE, 0xFF]) {
        .utf16BigEndian
      } else if first.count == 4, first[0] != 0, first[1] == 0, first[2] != 0, first[3] == 0 {
        .utf16LittleEndian
      } else if first.count == 4, first[0] == 0, first[1] != 0, first[2] == 0, first[3] != 0 {
        .utf16BigEndian
      } else {
        .utf8
      }
  }

  /// The text in UTF-8; what is UTF-8 already is checked line by line later.
  func utf8(_ bytes: [UInt8]) throws(CatalogueError) -> [UInt8] {
    if self == .utf8 { return bytes }
    guard bytes.count % 2 == 0 else { throw .notUTF8 }
    let (low, high) = self == .utf16LittleEndian ? (0, 1) : (1, 0)
    let units = stride(from: 0, to: bytes.count, by: 2).lazy.map {
      UInt16(bytes[$0 + high]) << 8 | UInt16(bytes[$0 + low])
    }
    guard let text = String(validating: units, as: UTF16.self) else { throw .notUTF8 }
    return Array(text.utf8)
  }
}
