public import MoodValues

extension Feedback.Kind {
  /// A stable name for files and programs; stars and moods stand beside it.
  public var name: String {
    switch self {
    case .like: "like"
    case .dislike: "dislike"
    case .skip: "skip"
    case .play: "play"
    case .rating: "rating"
    case .notMyMood: "not_my_mood"
    }
  }

  /// The stars, where stars were given.
  public var rating: Int? { if case .rating(let stars) = self { stars } else { nil } }

  /// The listener's own mood, where the one that was read was not it.
  public var meant: Mood? { if case .notMyMood(let mood) = self { mood } else { nil } }

  /// The kind of a ``name``, or `nil` if there is none, or what must stand beside it is missing.
  public init?(name: String, rating: Int? = nil, meant: Mood? = nil) {
    switch name {
    case "like": self = .like
    case "dislike": self = .dislike
    case "skip": self = .skip
    case "play": self = .play
    case "rating":
      guard let rating else { return nil }
      self = .rating(rating)
    case "not_my_mood":
      guard let meant else { return nil }
      self = .notMyMood(meant)
    default: return nil
    }
  }
}
