/// A small seeded random generator: equal seeds give equal draws, on every machine.
///
/// Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators",
/// <https://doi.org/10.1145/2660193.2660195>; constants and output as in Vigna's public-domain
/// `splitmix64.c`, <https://prng.di.unimi.it/splitmix64.c>. Not for secrets: one output gives the
/// state away.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Creates a generator that starts from `seed`; every seed is as good as another.
  public init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
