/// What a listener did with a song, or said of the mood that was read off a face.
public struct Feedback: Sendable, Equatable {
  /// What was done or said.
  public enum Kind: Sendable, Equatable {
    /// The listener likes the song.
    case like
    /// The listener does not like it.
    case dislike
    /// The song was broken off.
    case skip
    /// The song was heard.
    case play
    /// Stars, 1...5.
    case rating(Int)
    /// "That is not my mood": this one is.
    case notMyMood(Mood)
  }

  /// Who; any name without control characters.
  public let listener: String
  /// What was done or said.
  public let kind: Kind
  /// The song's id; `nil` where the feedback is on the mood alone.
  public let song: String?
  /// What the face seemed to show then, before any correction.
  public let mood: MoodDistribution
  /// When, in seconds since 1970-01-01 00:00 UTC.
  public let time: Double

  /// Creates a piece of feedback.
  ///
  /// - Precondition: A rating is 1...5, `time` is finite, and only "not my mood" lacks a song.
  public init(
    listener: String, kind: Kind, song: String?, mood: MoodDistribution, time: Double
  ) {
    if case .rating(let stars) = kind { precondition((1...5).contains(stars), "\(stars) stars") }
    if case .notMyMood = kind {} else { precondition(song != nil, "feedback on no song") }
    precondition(time.isFinite, "time is \(time)")
    (self.listener, self.kind, self.song) = (listener, kind, song)
    (self.mood, self.time) = (mood, time)
  }

  /// How well the song did, 0...1; `nil` for feedback on the mood.
  ///
  /// A like 1, a play 0.7, a skip 0.15, a dislike 0; stars (n − 1) / 4.
  public var reward: Double? {
    switch kind {
    case .like: 1
    case .play: 0.7
    case .skip: 0.15
    case .dislike: 0
    case .rating(let stars): Double(stars - 1) / 4
    case .notMyMood: nil
    }
  }
}
