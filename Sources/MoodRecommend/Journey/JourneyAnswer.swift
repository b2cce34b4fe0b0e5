/// A journey as programs get it.
public struct JourneyAnswer: Codable, Sendable, Equatable {
  /// A place on the way.
  public struct Place: Codable, Sendable, Equatable {
    /// As in ``JourneyPlace``.
    public let valence, arousal, tempo: Float

    init(_ place: JourneyPlace) {
      (valence, arousal, tempo) = (place.valence, place.arousal, place.tempo)
    }
  }

  /// A song on the way.
  public struct Stop: Codable, Sendable, Equatable {
    /// What names the song, its title, who performs it, and where to hear it.
    public let id, name, artist, link: String
    /// The id of its Spotify track, where the catalogue has one.
    public let spotifyID: String?
    /// When it begins and how long it plays, in seconds.
    public let start, duration: Float
    /// Whether the duration is not known, and 3:30 was assumed.
    public let isAssumed: Bool
    /// Where the song lies, and where the way is at that time.
    public let place, wanted: Place

    private enum CodingKeys: String, CodingKey {
      case id, name, artist, link, start, duration, place, wanted
      case spotifyID = "spotify_id", isAssumed = "is_assumed"
    }
  }

  /// How it goes: `straight` or `gradual`.
  public let strategy: JourneyStrategy
  /// How long it was to be, in minutes.
  public let minutes: Double
  /// How long it plays, in seconds.
  public let duration: Float
  /// Where it begins, and where it leads.
  public let from, to: Place
  /// The songs.
  public let stops: [Stop]

  /// The answer for a journey.
  public init(_ journey: Journey) {
    (strategy, minutes, duration) = (journey.strategy, journey.minutes, journey.duration)
    (from, to) = (Place(journey.from), Place(journey.to))
    stops = journey.stops.map { stop in
      Stop(
        id: stop.song.id, name: stop.song.name, artist: stop.song.artist, link: stop.song.link,
        spotifyID: stop.song.spotifyID, start: stop.start, duration: stop.duration,
        isAssumed: stop.isAssumed, place: Place(stop.place), wanted: Place(stop.wanted))
    }
  }
}
