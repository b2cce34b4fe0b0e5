public import MoodValues

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
    /// What is learnt and not sure enough to be told, the draws that make lists differ, and small
    /// parts.
    case rest
    /// That something is to be learnt from it.
    case exploration
    /// The category and draw of ``ClassicPolicy``.
    case classic
  }

  /// Which part.
  public let kind: Kind
  /// What it adds to the score; negative where it speaks against the song.
  public let contribution: Float
  /// What is the case, with its numbers.
  public let fact: ReasonFact

  /// The features it rests on, the weightiest first; empty where it rests on none.
  public var features: [AudioFeature] { fact.traits.map(\.feature) }
  /// The reason in English.
  public var sentence: String { sentence(in: .english) }
  /// The reason in words.
  public func sentence(in language: AnswerLanguage) -> String { fact.sentence(in: language) }
}

/// What is the case about a song and a listener: each holds by itself, and can be checked.
public enum ReasonFact: Sendable, Equatable {
  /// The song's sound and the mood.
  case mood(MoodAnswer)
  /// The catalogue's popularity, 0...100.
  case popular(Int)
  /// The listener likes, or avoids, songs with a trait; in one mood, or in all.
  case taste(Trait, isLiked: Bool, in: Mood?, Liking)
  /// The listener's last word on the song was that it is liked, or not.
  case song(isLiked: Bool)
  /// The listener likes, or avoids, the artist.
  case artist(isLiked: Bool, Liking)
  /// The listener likes, or avoids, the genre.
  case genre(String, isLiked: Bool, Liking)
  /// Of so many other listeners who know the song, so many like it.
  case others(liked: Int, of: Int)
  /// So many other listeners like both this song and one that the listener likes.
  case neighbours(liked: Int, song: String)
  /// Something new, to learn from.
  case exploration
  /// Nothing that could be told.
  case rest
  /// A popular song of the category that the classic map has for the mood.
  case classic(MoodCategory, Mood)

  /// The traits it rests on.
  public var traits: [Trait] {
    switch self {
    case .mood(let answer): answer.traits
    case .taste(let trait, _, _, _): [trait]
    default: []
    }
  }
}

/// How a song answers a mood.
public struct MoodAnswer: Sendable, Equatable {
  /// Where the song lies, if songs from there are what the mood asks for.
  public let category: MoodCategory?
  /// What of its sound takes it there, at most two, the weightiest first.
  public let traits: [Trait]
  /// Whether its words are cheerful (`true`) or sorrowful, where they point where the mood does.
  public let cheerfulWords: Bool?
  /// The mood that was read.
  public let mood: Mood
  /// The second, where it is at least half as probable.
  public let second: Mood?
  /// What the music is to do with the mood.
  public let effect: Effect
  /// How near the song is to what the mood asks for, 0...1.
  public let nearness: Float
  /// The same as a share of what the best songs of the catalogue reach.
  public let share: Float

  /// What music does with a mood.
  public enum Effect: String, Sendable, Codable {
    /// It is like it.
    case match
    /// It is happier.
    case lift
    /// It is calmer.
    case calm
    /// It is livelier.
    case enliven
  }

  /// Whether the song fits: it is at least ``enough`` as near as the best.
  public var fits: Bool { share >= Self.enough }
  /// The share from which a song fits.
  public static let enough: Float = 0.6
}
