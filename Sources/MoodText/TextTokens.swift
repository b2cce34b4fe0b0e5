/// A piece of a sentence, as Weights/text_features.py makes it.
struct TextToken: Equatable {
  enum Kind { case word, emoji, sign }
  let kind: Kind
  /// UTF-8, in lower case and without apostrophes; a run of one letter has two at most.
  let text: [UInt8]
  /// Where it stands among the text's scalars.
  let range: Range<Int>
}

/// Cuts text into words, emoji and signs, scalar by scalar.
struct TextTokens {
  private static let wordLimit = 24
  private static let signLimit = 4

  private(set) var tokens: [TextToken] = []
  /// How many words were written in capitals, and how many were drawn out.
  private(set) var hasCapitals = false
  private(set) var hasLong = false

  init(_ text: String) {
    // Joiners, variation selectors and skin tones say nothing here.
    var codes: [UInt32] = []
    codes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      let code = scalar.value
      if code == 0x200D || code == 0xFE0E || code == 0xFE0F || (0x1F3FB...0x1F3FF).contains(code) {
        continue
      }
      codes.append(code == 0x2018 || code == 0x2019 ? 0x27 : code)
    }
    var at = 0
    while at < codes.count {
      let start = at
      if Self.isEmoji(codes[at]) {
        at += 1
        append(.emoji, codes[start..<at], start..<at)
      } else if Self.isWord(codes[at]) {
        while at < codes.count, Self.isWord(codes[at]), !Self.isEmoji(codes[at]) { at += 1 }
        appendWord(codes[start..<at], start..<at)
      } else if Self.isSpace(codes[at]) {
        at += 1
      } else {
        while at < codes.count, !Self.isSpace(codes[at]), !Self.isWord(codes[at]),
          !Self.isEmoji(codes[at])
        { at += 1 }
        append(.sign, codes[start..<at].prefix(Self.signLimit), start..<at)
      }
    }
  }

  private mutating func append(
    _ kind: TextToken.Kind, _ codes: some Sequence<UInt32>, _ range: Range<Int>
  ) {
    var bytes: [UInt8] = []
    for code in codes { Self.encode(code, into: &bytes) }
    tokens.append(TextToken(kind: kind, text: bytes, range: range))
  }

  private mutating func appendWord(_ codes: ArraySlice<UInt32>, _ range: Range<Int>) {
    if codes.count > 2, codes.allSatisfy({ (0x41...0x5A).contains($0) || $0 == 0x27 }) {
      hasCapitals = true
    }
    var kept: [UInt32] = []
    var run = 0
    for code in codes.lazy.map(Self.lowered) {
      run = kept.last == code ? run + 1 : 1
      if run <= 2 {
        kept.append(code)
      } else if code > 0x39 {
        hasLong = true
      }
    }
    // "don't" is "dont" however it is typed.
    let word = kept.filter { $0 != 0x27 }.prefix(Self.wordLimit)
    if !word.isEmpty { append(.word, word, range) }
  }

  private static func isEmoji(_ code: UInt32) -> Bool {
    (0x2600...0x27BF).contains(code) || (0x1F000...0x1FAFF).contains(code)
  }

  private static func isSpace(_ code: UInt32) -> Bool { code <= 0x20 || code == 0xA0 }

  private static func isWord(_ code: UInt32) -> Bool {
    if code < 0x80 {
      return (0x30...0x39).contains(code) || (0x41...0x5A).contains(code)
        || (0x61...0x7A).contains(code) || code == 0x27
    }
    return code >= 0xC0 && !(0x2000...0x206F).contains(code) && !(0x3000...0x303F).contains(code)
  }

  private static func lowered(_ code: UInt32) -> UInt32 {
    (0x41...0x5A).contains(code) || ((0xC0...0xDE).contains(code) && code != 0xD7)
      ? code + 32 : code
  }

  static func encode(_ code: UInt32, into bytes: inout [UInt8]) {
    switch code {
    case 0..<0x80: bytes.append(UInt8(code))
    case 0x80..<0x800:
      bytes.append(UInt8(0xC0 | code >> 6))
      bytes.append(UInt8(0x80 | code & 0x3F))
    case 0x800..<0x10000:
      bytes.append(UInt8(0xE0 | code >> 12))
      bytes.append(UInt8(0x80 | code >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | code & 0x3F))
    default:
      bytes.append(UInt8(0xF0 | code >> 18))
      bytes.append(UInt8(0x80 | code >> 12 & 0x3F))
      bytes.append(UInt8(0x80 | code >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | code & 0x3F))
    }
  }
}
