private import Foundation

/// Turns names into ids: `Queen`, `Don't Stop Me Now` → `queen-dont-stop-me-now`.
enum Slug {
  /// The id of a song without a Spotify id; it depends on artist and name alone.
  ///
  /// Never empty, and never of a Spotify id's form, as a hyphen parts artist from name.
  static func id(artist: String, name: String) -> String { part(artist) + "-" + part(name) }

  /// `text` in lower case, without accents and apostrophes, each run of other signs one hyphen.
  ///
  /// Letters and digits of every script stay. A text of signs only becomes their code points in
  /// hexadecimal: `???` → `3f-3f-3f`.
  private static func part(_ text: String) -> String {
    var slug = ""
    var parted = false
    for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
    where !isAccentOrApostrophe(scalar) {
      if isLetterOrDigit(scalar) {
        if parted && !slug.isEmpty { slug += "-" }
        slug.unicodeScalars.append(scalar)
        parted = false
      } else {
        parted = true
      }
    }
    guard slug.isEmpty else { return slug.precomposedStringWithCanonicalMapping }
    return text.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: "-")
  }

  /// Whether `scalar` is a combining mark of the European scripts or some kind of apostrophe.
  ///
  /// Marks of other scripts stay: kana and Devanagari read differently without them.
  private static func isAccentOrApostrophe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\u{300}"..."\u{36F}", "'", "’", "‘", "`", "´", "ʻ", "ʼ": true
    default: false
    }
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}
