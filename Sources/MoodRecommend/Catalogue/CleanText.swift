/// Makes text from outside fit to be shown: one line, no control characters.
enum CleanText {
  /// A character that no cell may hold.
  struct Refused: Error {
    let scalar: Unicode.Scalar
  }

  /// `text` with each run of white space (tabs and line breaks too) made one space, none of it at
  /// the ends, or the first character that is refused.
  static func cleaned(_ text: String) -> Result<String, Refused> {
    if isPlain(text) { return .success(text) }
    var result = String.UnicodeScalarView()
    var parted = false
    for scalar in text.unicodeScalars {
      if isWhitespace(scalar) {
        parted = true
        continue
      }
      guard !isRefused(scalar) else { return .failure(Refused(scalar: scalar)) }
      if parted && !result.isEmpty { result.append(" ") }
      result.append(scalar)
      parted = false
    }
    return .success(String(result))
  }

  /// Whether nothing is to be done: printable ASCII, single spaces, none at the ends.
  private static func isPlain(_ text: String) -> Bool {
    let space = UInt8(ascii: " ")
    var previous = space
    for byte in text.utf8 {
      guard (0x20..<0x7F).contains(byte), byte != space || previous != space else { return false }
      previous = byte
    }
    return previous != space
  }

  /// `text` without the white space at its ends.
  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isWhitespace($0) }),
      let last = scalars.lastIndex(where: { !isWhitespace($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  /// Whether something of `text` can be seen: zero-width characters alone make no name.
  static func isVisible(_ text: String) -> Bool {
    text.unicodeScalars.contains {
      !isWhitespace($0) && ($0.isASCII || !$0.properties.isDefaultIgnorableCodePoint)
    }
  }

  /// As Unicode's White_Space; its tables are slow, so ASCII does without them, here and below.
  private static func isWhitespace(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return scalar.properties.isWhitespace }
    return scalar == " " || ("\t"..."\r").contains(scalar)
  }

  /// Control characters, and those that reorder the text after them (Unicode Annex 9, sections 2.1
  /// to 2.3), with which a name could make a page lie.
  private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " "..."~": false
    case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{FEFF}": true
    default: scalar.properties.generalCategory == .control
    }
  }
}
