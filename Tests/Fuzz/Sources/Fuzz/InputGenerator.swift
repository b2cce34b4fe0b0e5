/// Draws from the bytes of an input, so that libFuzzer chooses what is drawn; behind their end from
/// SplitMix64 (Steele, Lea & Flood 2014), as rejection sampling would wait for ever on zeros.
struct InputGenerator: RandomNumberGenerator {
  private var rest: ArraySlice<UInt8>
  private var state: UInt64

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
    state = UInt64(bytes.count)
  }

  /// The next 64 bits: the input's next two bytes, the highest first, then bits that are made.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    guard rest.count >= 2 else { return z }
    let word = rest.prefix(2).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    rest = rest.dropFirst(2)
    return word << 48 | z >> 16
  }
}
