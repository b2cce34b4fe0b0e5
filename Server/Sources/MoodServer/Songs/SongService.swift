public import MoodRecommend

/// What a listener asks for.
public struct SongWishes: Sendable, Equatable {
  /// What the music is to do.
  public var goal: Goal
  /// Which songs may come.
  public var filter: SongFilter
  /// How many songs at most.
  public var count: Int
  /// Repeats an earlier draw.
  public var seed: UInt64?
  /// Ids of songs that were shown already.
  public var excluded: Set<String> = []

  /// Creates wishes.
  public init(
    goal: Goal = .classic, filter: SongFilter = SongFilter(), count: Int = 5, seed: UInt64? = nil
  ) {
    (self.goal, self.filter, self.count, self.seed) = (goal, filter, count, seed)
  }
}

/// What can be asked for in a catalogue.
public struct SongChoices: Sendable, Equatable {
  /// The genres and the languages, in alphabetical order.
  public var genres, languages: [String]
  /// The years of the oldest and the newest song, where the catalogue has years.
  public var years: ClosedRange<Int>?

  /// Creates choices.
  public init(genres: [String] = [], languages: [String] = [], years: ClosedRange<Int>? = nil) {
    (self.genres, self.languages, self.years) = (genres, languages, years)
  }
}

/// What a listener says of a song, or of the mood that was read.
public struct Verdict: Sendable, Equatable {
  /// What is said.
  public enum Action: String, Sendable, CaseIterable, Codable {
    /// The song was liked, disliked, passed over, or heard.
    case like, dislike, skip, play
    /// The song was given stars; ``Verdict/rating`` has them.
    case rating
    /// The mood was read wrongly; ``Verdict/mood`` is the right one.
    case notMyMood = "not_my_mood"
    /// The last like, dislike or stars of the song are taken back.
    case undo
  }

  /// What is said.
  public var action: Action
  /// The song's id, unless the mood alone is meant.
  public var song: String?
  /// The mood that the song was given for; for "not my mood" the listener's own.
  public var mood: Mood?
  /// Stars, 1...5.
  public var rating: Int?
  /// What was read when the song was shown, if that is known better than by ``mood``.
  public var seen: MoodDistribution?

  /// Creates a verdict.
  public init(
    action: Action, song: String? = nil, mood: Mood? = nil, rating: Int? = nil,
    seen: MoodDistribution? = nil
  ) {
    (self.action, self.song, self.mood, self.rating) = (action, song, mood, rating)
    self.seen = seen
  }

  /// The verdict as the recommender takes it.
  ///
  /// - Throws: ``ServerError/badValue(name:expected:)`` if it does not say enough.
  func kind() throws(ServerError) -> Feedback.Kind {
    if action != .notMyMood, song == nil { throw .badValue(name: "song", expected: "a song's id") }
    if action == .rating, !(1...5).contains(rating ?? 0) {
      throw .badValue(name: "rating", expected: "a number from 1 to 5")
    }
    guard let kind = Feedback.Kind(name: action.rawValue, rating: rating, meant: mood) else {
      throw .badValue(
        name: "mood", expected: "one of " + Mood.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return kind
  }
}

/// One line of a listener's history.
public struct HistoryEntry: Sendable, Equatable {
  /// When it was, in seconds since 1970.
  public var time: Double
  /// What was said: a ``Verdict/Action``.
  public var event: String
  /// The mood in question, if there is one.
  public var mood: Mood?
  /// The song in question, if there is one.
  public var song: Song?

  /// Creates a line.
  public init(time: Double, event: String, mood: Mood?, song: Song?) {
    (self.time, self.event, self.mood, self.song) = (time, event, mood, song)
  }
}

/// Finds songs, and remembers what listeners did about them.
public protocol SongService: Sendable {
  /// The songs.
  var catalogue: any SongCatalogue { get }
  /// What can be asked for.
  var choices: SongChoices { get }
  /// Songs for a mood, the best first, as `listener` likes them if there is one.
  func songs(
    for mood: MoodDistribution, wishes: SongWishes, listener: String?
  ) async throws(ServerError) -> Recommendation
  /// Songs that were chosen before, in their order, with the reasons of today.
  func chosen(
    _ ids: [String], for mood: MoodDistribution, wishes: SongWishes, listener: String?
  ) async throws(ServerError) -> Recommendation
  /// A way in songs from a mood to a goal; the songs at the places `skips` were skipped in turn.
  func journey(
    from mood: MoodDistribution, to goal: JourneyGoal, minutes: Double, skips: [Int],
    wishes: SongWishes
  ) async throws(ServerError) -> Journey
  /// Where a song lies in the plane of moods.
  func place(ofSong id: String) -> MoodPoint?
  /// The songs that the listener likes, by the last word on each.
  func liked(by listener: String) async throws(ServerError) -> Set<String>
  /// Remembers a verdict, and learns from it.
  func record(_ verdict: Verdict, listener: String) async throws(ServerError)
  /// The listener's last verdicts, the newest first.
  func history(listener: String, limit: Int) async throws(ServerError) -> [HistoryEntry]
  /// Forgets all about the listener.
  func forget(listener: String) async throws(ServerError)
  /// Throws ``ServerError/store(_:)`` while nothing can be remembered.
  func checkStore() async throws(ServerError)
}
