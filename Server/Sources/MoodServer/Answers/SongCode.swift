import MoodRecommend

/// A song in an address: seven characters that are worked out of its id.
///
/// 42 bits of the 64-bit FNV-1a hash of the id, mixed by SplitMix64's last steps, in the letters of
/// base64url. Of a million songs two have the same code once in nine catalogues; then the one that
/// comes first is meant.
struct SongCode: Sendable, Hashable, CustomStringConvertible {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  private static let length = 7
  private let bits: UInt64

  /// The code of a song's id.
  init(id: String) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    bits = (hash ^ (hash >> 31)) >> 22
  }

  /// Reads a code; `nil` if it is none.
  init?(_ text: some StringProtocol) {
    guard text.utf8.count == Self.length else { return nil }
    var bits: UInt64 = 0
    for letter in text.utf8 {
      guard let value = Self.letters.firstIndex(of: letter) else { return nil }
      bits = bits << 6 | UInt64(value)
    }
    self.bits = bits
  }

  var description: String {
    let letters = (0..<Self.length).reversed().map {
      Self.letters[Int(bits >> (6 * UInt64($0)) & 63)]
    }
    return String(decoding: letters, as: UTF8.self)
  }
}

/// Which song a code means.
struct SongCodes: Sendable {
  private let positions: [SongCode: Int32]

  /// - Complexity: O(n) for n songs.
  init(_ catalogue: any SongCatalogue) {
    var positions: [SongCode: Int32] = [:]
    positions.reserveCapacity(catalogue.songCount)
    for position in 0..<catalogue.songCount {
      let code = SongCode(id: catalogue.song(at: position).id)
      if positions[code] == nil { positions[code] = Int32(position) }
    }
    self.positions = positions
  }

  /// The song's position in the catalogue.
  func position(of code: SongCode) -> Int? { positions[code].map(Int.init) }
}
