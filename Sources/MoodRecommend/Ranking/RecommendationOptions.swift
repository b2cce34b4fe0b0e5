/// How songs are scored.
public enum Policy: String, Sendable, CaseIterable, Codable {
  /// A draw among the most popular songs of a category, see ``ClassicPolicy``.
  case classic
  /// By what is known of the songs, the same for everybody.
  case content
  /// By what is known of the songs and of the listener, with some exploring.
  case personal

  /// The policy of a name; `report`, the name that ``classic`` had before, is still known.
  public init?(name: String) { self.init(rawValue: name == "report" ? "classic" : name) }
}

/// What is asked of a ``Recommender``.
public struct RecommendationOptions: Sendable, Equatable {
  /// What the music is to do with the mood.
  public var goal: Goal
  /// How songs are scored; `nil` means personal once the listener gave feedback, content before.
  public var policy: Policy?
  /// How many songs at most.
  public var count: Int
  /// Repeats the draws of an earlier run; `nil` draws anew.
  public var seed: UInt64?
  /// Who listens; `nil` is nobody in particular, of whom nothing is known.
  public var listener: String?
  /// Which songs may come at all.
  public var filter: SongFilter
  /// Whether an artist may come twice in a list.
  public var allowsRepeatedArtists: Bool
  /// For how many seconds a song that was heard is not recommended again.
  public var coolDown: Double
  /// Ids of songs that are not wanted: those that were shown already, for "five others".
  public var excluded: Set<String>
  /// How much lists differ from draw to draw: 0 is always the best list, 1 the usual.
  public var variety: Float
  /// The time, in seconds since 1970-01-01 00:00 UTC; `nil` is the clock's.
  public var now: Double?

  /// Creates options; without arguments, five songs for the classic goal.
  public init(
    goal: Goal = .classic, policy: Policy? = nil, count: Int = 5, seed: UInt64? = nil,
    listener: String? = nil, filter: SongFilter = SongFilter(),
    allowsRepeatedArtists: Bool = false, coolDown: Double = 3 * 3600,
    excluded: Set<String> = [], variety: Float = 1, now: Double? = nil
  ) {
    (self.goal, self.policy, self.count, self.seed) = (goal, policy, count, seed)
    (self.listener, self.filter) = (listener, filter)
    self.allowsRepeatedArtists = allowsRepeatedArtists
    (self.coolDown, self.now) = (coolDown, now)
    (self.excluded, self.variety) = (excluded, variety)
  }
}
