/// Text on a card: as wide as it may be, and safe in XML.
enum CardText {
  /// The fonts, of which a viewer takes the first that it has for each script.
  static let fonts =
    "Inter, -apple-system, 'Segoe UI', Roboto, Cantarell, 'Noto Sans', 'Noto Sans CJK JP', "
    + "'Noto Sans Arabic', 'DejaVu Sans', system-ui, sans-serif"

  /// About how wide a text is in a bold sans-serif font, in ems.
  ///
  /// An SVG drawing cannot measure; these are a little more than the widths of common fonts.
  static func width(_ text: String) -> Double {
    text.reduce(0) { $0 + ($1.unicodeScalars.first.map(advance) ?? 0) }
  }

  /// The text, shortened with an ellipsis to a width in ems.
  static func fitted(_ text: String, width limit: Double) -> String {
    guard width(text) > limit else { return text }
    var (kept, used) = ("", advance("…"))
    for character in text {
      used += character.unicodeScalars.first.map(advance) ?? 0
      guard used <= limit else { break }
      kept.append(character)
    }
    while kept.last?.isWhitespace == true { kept.removeLast() }
    return kept + "…"
  }

  /// The text as XML has it, kept apart from what stands beside it, whichever way it is read
  /// (U+2068 and U+2069, UAX #9); characters that XML does not allow are left out.
  static func escaped(_ text: String) -> String {
    var result = "\u{2068}"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\u{9}", "\u{A}", "\u{D}": result += " "
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}",
        "\u{2066}"..."\u{2069}":
        continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\u{2069}"
  }

  /// The text as an attribute's value.
  static func attribute(_ text: String) -> String {
    String(escaped(text).dropFirst().dropLast())
  }

  private static func advance(_ scalar: Unicode.Scalar) -> Double {
    switch scalar.value {
    case 0x20: 0.28
    case 0x21, 0x27, 0x2C, 0x2E, 0x3A, 0x3B, 0x69, 0x6A, 0x6C, 0x7C, 0x2019: 0.31
    case 0x28, 0x29, 0x2D, 0x49, 0x66, 0x72, 0x74: 0.41
    case 0x4D, 0x57, 0x6D, 0x77, 0x2014, 0x2026: 0.92
    case 0x41...0x5A: 0.72
    case 0x00...0x7F: 0.6
    case 0x80...0x24F: 0.66
    case 0x300...0x36F: 0
    case 0x370...0x58F: 0.68
    case 0x590...0x8FF: 0.62
    case 0x900...0x10FF: 0.75
    // Hangul, kana, ideographs, full-width forms, and what lies beyond the basic plane.
    case 0x1100...0x11FF, 0x2E80...0xD7AF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60: 1
    case 0x1_0000...: 1.1
    default: 0.7
    }
  }
}
