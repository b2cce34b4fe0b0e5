public import MoodRecommend

/// What a listener asks for.
public struct SongWishes: Sendable, Equatable {
  /// What the music is to do.
  public var goal: Goal
  /// Only songs of this genre, in the catalogue's words.
  public var genre: String?
  /// How many songs at most.
  public var count: Int
  /// Repeats an earlier draw.
  public var seed: UInt64?

  /// Creates wishes.
  public init(goal: Goal = .report, genre: String? = nil, count: Int = 5, seed: UInt64? = nil) {
    (self.goal, self.genre, self.count, self.seed) = (goal, genre, count, seed)
  }
}

/// What the music is to do.
public enum Goal: String, Sendable, CaseIterable, Codable {
  /// The report's own table: cheer up, calm down, keep the energy.
  case report
  /// Songs that sound like the mood.
  case match
  /// Songs that lead to a better mood.
  case lift
  /// Quiet songs.
  case calm
}

/// A song with the reason for it.
public struct SongPick: Sendable, Equatable {
  /// The song.
  public var song: Song
  /// Why it was chosen, one sentence for the listener.
  public var reason: String

  /// Creates a pick.
  public init(song: Song, reason: String) { (self.song, self.reason) = (song, reason) }
}

/// What a listener did about a song or a mood.
public struct Feedback: Sendable, Equatable {
  /// What was done.
  public enum Action: String, Sendable, CaseIterable, Codable {
    /// The song was liked, disliked or passed over.
    case like, dislike, skip
    /// The mood was read wrongly; ``Feedback/mood`` is the right one, if it was told.
    case notMyMood = "not_my_mood"
  }

  /// What was done.
  public var action: Action
  /// The song's id, unless the feedback is about the mood alone.
  public var song: String?
  /// The mood in question.
  public var mood: Mood?

  /// Creates a feedback.
  public init(action: Action, song: String? = nil, mood: Mood? = nil) {
    (self.action, self.song, self.mood) = (action, song, mood)
  }
}

/// One line of a listener's history.
public struct HistoryEntry: Sendable, Equatable {
  /// When it was, in seconds since 1970.
  public var time: Double
  /// What happened: `recommended`, or a feedback's action.
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
  /// The genres that can be asked for.
  var genres: [String] { get }
  /// Songs for a mood, the best first; remembered for `listener` if there is one.
  func songs(
    for mood: MoodDistribution, wishes: SongWishes, listener: String?
  ) async throws(ServerError) -> [SongPick]
  /// Remembers a feedback.
  func record(_ feedback: Feedback, listener: String) async throws(ServerError)
  /// The listener's last events, the newest first.
  func history(listener: String, limit: Int) async throws(ServerError) -> [HistoryEntry]
  /// Forgets all about the listener.
  func forget(listener: String) async throws(ServerError)
}
