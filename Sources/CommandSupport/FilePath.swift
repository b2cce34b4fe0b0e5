import Foundation

/// Paths as texts, whatever bytes their names have.
///
/// A byte that is no part of UTF-8 stands in the text as the scalar U+10FF00 + byte, and goes back to
/// that byte before a call to the system. What people and programs are shown has U+FFFD instead.
package enum FilePath {
  private static let base: UInt32 = 0x10FF00

  /// The text of a name's bytes.
  package static func text(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self), !holdsRawBytes(text) { return text }
    var scalars = String.UnicodeScalarView()
    var rest = bytes[...]
    while let first = rest.first {
      let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      if let character = String(validating: rest.prefix(length), as: UTF8.self),
        let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1,
        byte(of: scalar) == nil
      {
        scalars.append(scalar)
        rest = rest.dropFirst(length)
      } else {
        if let raw = Unicode.Scalar(base + UInt32(first)) { scalars.append(raw) }
        rest = rest.dropFirst()
      }
    }
    return String(scalars)
  }

  /// The bytes of a path, as the system has them.
  package static func bytes(_ path: String) -> [UInt8] {
    guard holdsRawBytes(path) else { return Array(path.utf8) }
    return path.unicodeScalars.flatMap { scalar in
      byte(of: scalar).map { [$0] } ?? Array(String(scalar).utf8)
    }
  }

  /// Whether a path's bytes are not UTF-8.
  package static func holdsRawBytes(_ path: String) -> Bool {
    path.unicodeScalars.contains { byte(of: $0) != nil }
  }

  /// A path for JSON: what is not UTF-8 is U+FFFD.
  package static func replaced(_ path: String) -> String {
    guard holdsRawBytes(path) else { return path }
    var scalars = String.UnicodeScalarView()
    for scalar in path.unicodeScalars {
      scalars.append(byte(of: scalar) == nil ? scalar : "\u{FFFD}")
    }
    return String(scalars)
  }

  /// A path for a person: no control character of it reaches a terminal.
  package static func shown(_ path: String) -> String {
    var text = ""
    for scalar in path.unicodeScalars {
      if let byte = byte(of: scalar) {
        text += "\\x" + String(byte, radix: 16)
      } else if scalar.properties.generalCategory == .control
        || scalar.properties.generalCategory == .format
      {
        text += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The bytes of a path, and a zero behind them.
  static func zeroTerminated(_ path: String) -> [CChar] {
    bytes(path).map { CChar(bitPattern: $0) } + [0]
  }

  private static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    (base + 0x80...base + 0xFF).contains(scalar.value) ? UInt8(scalar.value - base) : nil
  }
}
