public import MoodValues

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

  /// Who; see ``isName(_:)``.
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
  /// - Precondition: Listener and song have names, a rating is 1...5, `time` is finite, and only "not my
  ///   mood" lacks a song. Use the other initializer where that is not certain.
  public init(
    listener: String, kind: Kind, song: String?, mood: MoodDistribution, time: Double
  ) {
    guard let checked = Self(checking: listener, kind: kind, song: song, mood: mood, time: time)
    else { preconditionFailure("no feedback: \(listener), \(kind), \(song ?? "no song"), \(time)") }
    self = checked
  }

  /// Creates a piece of feedback, or `nil` where its parts make none.
  public init?(
    checking listener: String, kind: Kind, song: String?, mood: MoodDistribution, time: Double
  ) {
    if case .rating(let stars) = kind, !(1...5).contains(stars) { return nil }
    if case .notMyMood = kind {} else if song == nil { return nil }
    guard Self.isName(listener), song.map(Self.isSongID) ?? true,
      time.isFinite
    else { return nil }
    (self.listener, self.kind, self.song) = (listener, kind, song)
    (self.mood, self.time) = (mood, time)
  }

  /// Whether `text` can name a listener: 1 to 1,024 bytes without control characters.
  public static func isName(_ text: String) -> Bool { isText(text, limit: 1_024) }

  /// Whether `text` can be a song's id: as a listener's name, of up to ``Song/idLimit`` bytes.
  static func isSongID(_ text: String) -> Bool { isText(text, limit: Song.idLimit) }

  private static func isText(_ text: String, limit: Int) -> Bool {
    (1...limit).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  /// How well the song did, 0...1; `nil` for feedback on the mood.
  ///
  /// A like 1, a play 0.7, a skip 0.45, a dislike 0; stars (n − 1) / 4. What it teaches is the
  /// distance from ½: a play is a mild like, and a skip a tenth of a dislike. As
  /// the first words on a song move what is believed most, a skip then moves it a fifth as far.
  public var reward: Double? {
    switch kind {
    case .like: 1
    case .play: 0.7
    case .skip: 0.45
    case .dislike: 0
    case .rating(let stars): Double(stars - 1) / 4
    case .notMyMood: nil
    }
  }

  /// Whether the listener said to like the song (`true`) or not (`false`): likes, dislikes, and
  /// stars but three. What was only heard or skipped is no word on it.
  public var verdict: Bool? {
    switch kind {
    case .like: true
    case .dislike: false
    case .rating(let stars): stars == 3 ? nil : stars > 3
    case .skip, .play, .notMyMood: nil
    }
  }

  /// How much the feedback counts as an observation, and what was observed: a like or a dislike
  /// counts 1, and ½ + weight · (outcome − ½) is the ``reward``.
  var observed: (weight: Double, outcome: Double)? {
    switch kind {
    case .skip: (0.1, 0)
    case .play: (0.4, 1)
    case .like, .dislike, .rating: reward.map { (1, $0) }
    case .notMyMood: nil
    }
  }
}
