public import MoodValues

/// Songs for a mood, best first, with the mood as it was understood.
public struct Recommendation: Sendable, Equatable {
  /// The distribution that was answered: the face's, corrected as the listener taught.
  public let mood: MoodDistribution
  /// Where it lies in the plane of valence and arousal.
  public let point: MoodPoint
  /// How songs were scored.
  public let policy: Policy
  /// The songs, best first.
  public let songs: [RankedSong]
}

/// A song of a ``Recommendation``.
public struct RankedSong: Sendable, Equatable {
  /// The song.
  public let song: Song
  /// What it was ranked by: the sum of the reasons' contributions and of what is too small to tell.
  public let score: Float
  /// Why it was chosen, the weightiest reason first.
  public let reasons: [Reason]

  /// The reasons that spoke for it in one sentence, three at most.
  public var explanation: String {
    reasons.filter { $0.contribution > 0 }.prefix(3).map(\.sentence).joined(separator: "; ")
  }
}

/// One part of a song's score.
public struct Reason: Sendable, Equatable {
  /// Which part.
  public enum Kind: String, Sendable, Codable {
    /// How well the song's sound answers the mood.
    case mood
    /// How popular it is.
    case popularity
    /// The listener's taste in sound.
    case taste
    /// The listener's taste in sound in this mood.
    case moodTaste
    /// What the listener thought of this song.
    case song
    /// What the listener thought of the artist.
    case artist
    /// What the listener thought of the genre.
    case genre
    /// What other listeners think of it.
    case others
    /// That it goes with songs that the listener liked.
    case neighbours
    /// That something is to be learnt from it: the draw's part in the score.
    case exploration
    /// The category and draw of ``ClassicPolicy``.
    case classic
  }

  /// Which part.
  public let kind: Kind
  /// What it adds to the score; negative where it speaks against the song.
  public let contribution: Float
  /// The features it rests on, the weightiest first; empty where it rests on none.
  public let features: [AudioFeature]
  /// The reason in words.
  public let sentence: String
}
