/// The hashed features of a sentence, exactly as Weights/text_features.py makes them.
///
/// Words, pairs and triples of words, words within three of a negator, marks for capitals and drawn
/// out letters are one group; every run of 2 to 5 letters of each word between two spaces is the
/// other. A feature counts once, and each group is divided by the root of its size.
struct TextFeatures {
  /// What a feature is hashed with, so that kinds do not meet.
  private enum Kind: UInt8 {
    case word = 1, pair, triple, negated, letters, mark
  }

  private static let negationReach = 3
  private static let negators: Set<String> = [
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "cant", "wont",
    "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "wouldnt", "shouldnt",
    "couldnt", "havent", "hasnt", "hadnt", "aint", "without", "hardly",
  ]

  /// The buckets of each group, each once, in increasing order.
  let words, letters: [Int32]
  /// Which token each bucket came from first, where it came from one.
  private(set) var origin: [Int32: Int] = [:]

  init(_ tokens: TextTokens, mask: UInt32, tracesOrigin: Bool = false) {
    var words: [Int32] = []
    var letters: [Int32] = []
    var origin: [Int32: Int] = [:]
    func bucket(_ kind: Kind, _ text: some Sequence<UInt8>, _ token: Int?) -> Int32 {
      var value = (0x811C_9DC5 ^ UInt32(kind.rawValue)) &* 0x0100_0193
      for byte in text { value = (value ^ UInt32(byte)) &* 0x0100_0193 }
      value ^= value >> 16
      value &*= 0x7FEB_352D
      value ^= value >> 15
      let bucket = Int32(value & mask)
      if tracesOrigin, let token, origin[bucket] == nil { origin[bucket] = token }
      return bucket
    }
    let space: [UInt8] = [0x20]
    var before: [UInt8] = [0x5E]
    var before2: [UInt8]?
    var reach = 0
    for (index, token) in tokens.tokens.enumerated() {
      let text = token.text
      words.append(bucket(.word, text, index))
      words.append(bucket(.pair, before + space + text, index))
      if let before2 {
        words.append(bucket(.triple, before2 + space + before + space + text, index))
      }
      (before2, before) = (before, text)
      switch token.kind {
      case .word:
        Self.runs(of: text) { letters.append(bucket(.letters, $0, index)) }
        if Self.negators.contains(String(decoding: text, as: UTF8.self)) {
          reach = Self.negationReach
        } else if reach > 0 {
          words.append(bucket(.negated, text, index))
          reach -= 1
        }
      case .sign: reach = 0
      case .emoji: break
      }
    }
    words.append(bucket(.pair, before + space + [0x24], nil))
    if tokens.hasCapitals { words.append(bucket(.mark, "caps".utf8, nil)) }
    if tokens.hasLong { words.append(bucket(.mark, "long".utf8, nil)) }
    (self.words, self.letters) = (Self.once(words), Self.once(letters))
    self.origin = origin
  }

  /// Every run of 2 to 5 characters of the word between two spaces.
  private static func runs(of word: [UInt8], _ body: (ArraySlice<UInt8>) -> Void) {
    let padded = [0x20] + word + [0x20]
    // Where characters begin: continuation bytes are 10xxxxxx.
    let starts = padded.indices.filter { padded[$0] & 0xC0 != 0x80 } + [padded.count]
    for size in 2...5 where starts.count > size {
      for start in 0..<(starts.count - size) {
        body(padded[starts[start]..<starts[start + size]])
      }
    }
  }

  private static func once(_ buckets: [Int32]) -> [Int32] {
    var sorted = buckets.sorted()
    var end = 0
    for bucket in sorted where end == 0 || sorted[end - 1] != bucket {
      sorted[end] = bucket
      end += 1
    }
    sorted.removeLast(sorted.count - end)
    return sorted
  }
}
