public import MoodValues

/// A recommended song as programs get it: in the lines of the command line and in the API alike.
public struct SongAnswer: Codable, Sendable, Equatable {
  /// One part of a song's score.
  public struct ReasonAnswer: Codable, Sendable, Equatable {
    /// Which part.
    public let kind: Reason.Kind
    /// What it adds to the score.
    public let contribution: Float
    /// The audio features it rests on.
    public let features: [String]
    /// The reason in words.
    public let sentence: String
  }

  /// What names the song, its title, who performs it, and the album, empty where unknown.
  public let id, name, artist, album: String
  /// The category that the song is filed under.
  public let mood: MoodCategory
  /// The genre, where the catalogue has one.
  public let genre: String?
  /// Where to hear it.
  public let link: String
  /// The id of its Spotify track, where the catalogue has one.
  public let spotifyID: String?
  /// How many seconds it plays, where the catalogue says.
  public let duration: Float?
  /// Whether popularity, energy, valence and tempo are estimates that nobody measured.
  public let isEstimated: Bool
  /// What it was ranked by.
  public let score: Float
  /// Whether it is there to learn from; at most one song in five is.
  public let isExploration: Bool
  /// Why it was chosen, in one sentence.
  public let explanation: String
  /// Why it was chosen, part by part.
  public let reasons: [ReasonAnswer]

  private enum CodingKeys: String, CodingKey {
    case id, name, artist, album, mood, genre, link, duration, score, explanation, reasons
    case spotifyID = "spotify_id", isEstimated = "is_estimated"
    case isExploration = "is_exploration"
  }

  /// The answer for a ranked song, with sentences in a language.
  public init(_ ranked: RankedSong, in language: AnswerLanguage = .english) {
    let song = ranked.song
    (id, name, artist, album) = (song.id, song.name, song.artist, song.album)
    (mood, genre, link, spotifyID) = (song.mood, song.genre, song.link, song.spotifyID)
    (duration, isEstimated) = (song.duration, song.isEstimated)
    (score, explanation) = (ranked.score, ranked.explanation(in: language))
    isExploration = ranked.isExploration
    reasons = ranked.reasons.map {
      ReasonAnswer(
        kind: $0.kind, contribution: $0.contribution, features: $0.features.map { "\($0)" },
        sentence: $0.sentence(in: language))
    }
  }
}
