/// A song of a ``Catalogue``: checked text and numbers.
public struct Song: Sendable, Hashable, Identifiable {
  /// What names the song within its catalogue: ``spotifyID`` where there is one, else a slug of
  /// artist and name, such as `queen-dont-stop-me-now`.
  public let id: String

  /// The song's title.
  public let name: String

  /// Who performs it.
  public let artist: String

  /// The album; empty where the catalogue names none.
  public let album: String

  /// The feeling that the catalogue files it under, or that its features suggest.
  public let mood: MoodCategory

  /// Whether the catalogue itself says the ``mood``.
  public let isLabelled: Bool

  /// How popular it is, 0...100; 0 where the catalogue does not say.
  public let popularity: Int

  /// The id of its Spotify track, 22 characters of A–Z, a–z and 0–9; never made up.
  public let spotifyID: String?

  /// The year of its release, 1000...2999.
  public let releaseYear: Int?

  /// The genre, in the catalogue's words.
  public let genre: String?

  /// The language that is sung, in the catalogue's words; ``Catalogue/standard`` has ISO 639 codes,
  /// `zxx` for a piece without words.
  public let language: String?

  /// How positive it sounds, 0 (sad, angry) ... 1 (happy), as Spotify defines it.
  public let valence: Float?

  /// How intense and active it sounds, 0...1.
  public let energy: Float?

  /// Beats a minute, above 0 and at most 500.
  public let tempo: Float?

  /// How well it suits dancing, 0...1.
  public let danceability: Float?

  /// How surely it is played on acoustic instruments, 0...1.
  public let acousticness: Float?

  /// Its mean loudness in decibels relative to full scale, −100...20.
  public let loudness: Float?

  /// How surely it has no singing, 0...1.
  public let instrumentalness: Float?

  /// How much of it is spoken, 0...1.
  public let speechiness: Float?

  /// How surely it was recorded before an audience, 0...1.
  public let liveness: Float?

  /// Whether its words are explicit, where the catalogue says.
  public let isExplicit: Bool?

  /// How pleasant its words are by a small lexicon, 0...1, where the catalogue has `lyrics` that
  /// the lexicon knows a word of; the lyrics themselves are not kept.
  public let lyricValence: Float?

  /// How long it plays in seconds, 1...86,400, where the catalogue says.
  public let duration: Float?

  /// Whether popularity, energy, valence and tempo are estimates that nobody measured.
  public let isEstimated: Bool

  /// Where to hear it: `https://open.spotify.com/track/<id>`, or, without an id, a search for name
  /// and artist there.
  ///
  /// The search's text is percent-encoded UTF-8 (RFC 3986, all but unreserved characters), so
  /// nothing in a song's name can change the address.
  public var link: String {
    guard let spotifyID else {
      return "https://open.spotify.com/search/" + Self.percentEncoded("\(name) \(artist)")
    }
    return "https://open.spotify.com/track/\(spotifyID)"
  }

  /// Whether `text` has the form of a Spotify id: 22 characters of A–Z, a–z and 0–9.
  public static func isSpotifyID(_ text: String) -> Bool {
    text.utf8.count == 22 && text.utf8.allSatisfy(isAlphanumeric)
  }

  private static func percentEncoded(_ text: String) -> String {
    text.utf8.reduce(into: "") { result, byte in
      if isAlphanumeric(byte) || "-._~".utf8.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += byte < 0x10 ? "%0" : "%"
        result += String(byte, radix: 16, uppercase: true)
      }
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
