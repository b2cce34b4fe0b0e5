public import MoodValues

/// How a journey goes from its start to its goal.
public enum JourneyStrategy: String, Sendable, CaseIterable, Codable {
  /// Evenly all the way.
  case straight
  /// Staying near the start at first, and near the goal in the end: s²·(3 − 2s) of the way at the
  /// part s of the time.
  ///
  /// The iso principle of music therapy: meet the listener's mood, then lead (Altshuler 1948; Heiderscheit
  /// & Madson 2015, "Use of the iso principle as a central method in mood management",
  /// <https://doi.org/10.1093/mtp/miu042>; Starcke et al. 2021, "Emotion modulation through music after
  /// sadness induction: the iso principle in a controlled experimental study",
  /// <https://doi.org/10.3390/ijerph182312486>).
  case gradual

  /// Which part of the way is gone at a part of the time, both 0...1.
  package func way(at time: Float) -> Float {
    let s = max(0, min(1, time))
    return self == .straight ? s : s * s * (3 - 2 * s)
  }
}

/// Why there is no journey.
public enum JourneyError: Error, Equatable, Sendable {
  /// The minutes are not 5...240.
  case badLength(minutes: Double)
  /// Too few songs pass the filter to fill the time without repeating an artist.
  case tooFewSongs(found: Int, minutes: Double)
  /// The journey has no song at that place.
  case noSuchSong(index: Int, count: Int)
}

extension JourneyError: CustomStringConvertible {
  /// One English sentence for a person.
  public var description: String { sentence(in: .english) }

  /// One sentence for a person, without a capital at its start or a full stop.
  public func sentence(in language: AnswerLanguage) -> String {
    switch (language, self) {
    case (.english, .badLength(let minutes)): "a journey takes 5 to 240 minutes, not \(minutes)"
    case (.english, .tooFewSongs(let found, let minutes)):
      "\(found) songs by different artists do not fill \(minutes) minutes"
    case (.english, .noSuchSong(let index, let count)):
      "the journey has \(count) songs, and none at place \(index)"
    case (.german, .badLength(let minutes)): "eine Reise dauert 5 bis 240 Minuten, nicht \(minutes)"
    case (.german, .tooFewSongs(let found, let minutes)):
      "\(found) Lieder verschiedener Künstler füllen keine \(minutes) Minuten"
    case (.german, .noSuchSong(let index, let count)):
      "die Reise hat \(count) Lieder und keines an der Stelle \(index)"
    }
  }
}

/// A way in songs from one mood to another.
public struct Journey: Sendable, Equatable {
  /// How long a song is taken to play whose duration is not known, in seconds: 3:30.
  public static let assumedDuration: Float = 210

  /// A song on the way.
  public struct Stop: Sendable, Equatable {
    /// The song.
    public let song: Song
    /// Where the song lies.
    public let place: JourneyPlace
    /// Where the way is at that time.
    public let wanted: JourneyPlace
    /// When it begins, in seconds.
    public let start: Float
    /// How long it plays, in seconds.
    public let duration: Float
    /// Whether its duration is not known, and ``Journey/assumedDuration`` was taken.
    public let isAssumed: Bool
  }

  /// Where it begins, and where it leads.
  public let from, to: JourneyPlace
  /// How it goes.
  public let strategy: JourneyStrategy
  /// How long it is to be, in minutes.
  public let minutes: Double
  /// The songs.
  public let stops: [Stop]
  /// Songs that were skipped.
  public let skipped: Set<String>

  /// How long it plays, in seconds.
  public var duration: Float { stops.reduce(0) { $0 + $1.duration } }
  /// How far the first song is from the start, and the last one from the goal.
  public var startDistance: Float { stops.first.map { $0.place.distance(to: from) } ?? 0 }
  /// How far the last song is from the goal.
  public var endDistance: Float { stops.last.map { $0.place.distance(to: to) } ?? 0 }
  /// The largest distance between two songs that follow each other.
  public var largestStep: Float {
    zip(stops, stops.dropFirst()).map { $0.place.distance(to: $1.place) }.max() ?? 0
  }
  /// The share of steps that do not lead further from the goal, but for 0.1.
  public var monotony: Float {
    let steps = zip(stops, stops.dropFirst())
    let good = steps.reduce(0) {
      $0 + ($1.1.place.distance(to: to) <= $1.0.place.distance(to: to) + 0.1 ? 1 : 0)
    }
    return stops.count > 1 ? Float(good) / Float(stops.count - 1) : 1
  }
}
