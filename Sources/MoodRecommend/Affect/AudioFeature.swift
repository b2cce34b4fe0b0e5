import MoodValues

/// A number that a catalogue may know of a song, and what it says about the song's feeling.
public enum AudioFeature: Int, Sendable, CaseIterable, Codable {
  /// How positive it sounds.
  case valence
  /// How intense and active it sounds.
  case energy
  /// How well it suits dancing.
  case danceability
  /// How surely it is played on acoustic instruments.
  case acousticness
  /// How surely it has no singing.
  case instrumentalness
  /// Its mean loudness.
  case loudness
  /// Its beats a minute.
  case tempo

  /// The feature's value for a song, where it is known.
  public func value(of song: Song) -> Float? {
    switch self {
    case .valence: song.valence
    case .energy: song.energy
    case .danceability: song.danceability
    case .acousticness: song.acousticness
    case .instrumentalness: song.instrumentalness
    case .loudness: song.loudness
    case .tempo: song.tempo
    }
  }

  /// How much the standardised feature counts for a song's place on the two axes.
  ///
  /// Signs and order follow what raters hear: intensity and tempo stir, acoustic and wordless music
  /// rests, and valence is Spotify's own word for pleasantness. See Eerola & Vuoskoski 2011, "A
  /// comparison of the discrete and dimensional models of emotion in music",
  /// <https://doi.org/10.1177/0305735610362821>; the sizes are this package's choice.
  var loading: (valence: Float, arousal: Float) {
    switch self {
    case .valence: (1, 0)
    case .energy: (0, 1)
    case .danceability: (0.3, 0)
    case .acousticness: (0, -0.6)
    case .instrumentalness: (0, -0.3)
    case .loudness: (0, 0.7)
    case .tempo: (0, 0.4)
    }
  }

  /// The words for much and for little of it.
  var words: (high: String, low: String) {
    switch self {
    case .valence: ("bright", "dark")
    case .energy: ("energetic", "quiet")
    case .danceability: ("danceable", "not for dancing")
    case .acousticness: ("acoustic", "electric")
    case .instrumentalness: ("instrumental", "sung")
    case .loudness: ("loud", "soft")
    case .tempo: ("fast", "slow")
    }
  }
}
