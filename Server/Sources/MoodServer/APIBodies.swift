import MoodRecommend

/// What `POST /api/v1/classify` answers.
struct ClassificationBody: Codable, Equatable {
  var mood: Mood
  var confidence: Float
  var isSure: Bool
  var probabilities: [String: Float]
  var plane: Plane
  var region: Region
  var isFaceFound: Bool

  /// Where the mood lies, −1 (unpleasant) ... 1 (pleasant) and −1 (calm) ... 1 (excited).
  struct Plane: Codable, Equatable {
    var valence, arousal: Float
  }

  init(_ reading: Reading) {
    let distribution = reading.distribution
    (mood, confidence, isSure) = (distribution.mood, distribution.confidence, reading.isSure)
    probabilities = Dictionary(
      uniqueKeysWithValues: Mood.allCases.map { ($0.rawValue, distribution[$0]) })
    let point = distribution.point
    plane = Plane(valence: point.valence, arousal: point.arousal)
    (region, isFaceFound) = (reading.region, reading.isFaceFound)
  }
}

/// What `POST /api/v1/recommend` answers.
struct RecommendationBody: Codable, Equatable {
  var reading: ClassificationBody
  var songs: [SongBody]
}

/// A song of an answer.
struct SongBody: Codable, Equatable {
  var id, name, artist, album, link: String
  var spotifyID, genre, reason: String?

  init(_ song: Song, reason: String? = nil) {
    (id, name, artist, album, link) = (song.id, song.name, song.artist, song.album, song.link)
    (spotifyID, genre, self.reason) = (song.spotifyID, song.genre, reason)
  }
}

/// What `POST /api/v1/feedback` takes.
struct FeedbackRequest: Codable {
  var action: Verdict.Action
  var song: String?
  var mood: Mood?
  var rating: Int?
}

/// What `GET /api/v1/history` answers.
struct HistoryBody: Codable {
  struct Entry: Codable {
    var time: Double
    var event: String
    var mood: Mood?
    var song: SongBody?
  }
  var entries: [Entry]

  init(_ entries: [HistoryEntry]) {
    self.entries = entries.map {
      Entry(time: $0.time, event: $0.event, mood: $0.mood, song: $0.song.map { SongBody($0) })
    }
  }
}
