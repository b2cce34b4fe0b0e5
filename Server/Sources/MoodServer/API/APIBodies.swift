import MoodRecommend
import MoodText
import MoodVision

/// What `POST /api/v1/recommend` answers: the photo's reading, with songs.
struct RecommendationBody: Codable {
  var reading: MoodReading
  var songs: [SongAnswer]
  var text: TextAnswer?
  var journey: JourneyAnswer?

  private enum CodingKeys: CodingKey { case songs, text, journey }

  init(
    reading: MoodReading, songs: [SongAnswer], text: TextAnswer? = nil,
    journey: JourneyAnswer? = nil
  ) {
    (self.reading, self.songs, self.text, self.journey) = (reading, songs, text, journey)
  }

  init(from decoder: any Decoder) throws {
    reading = try MoodReading(from: decoder)
    let values = try decoder.container(keyedBy: CodingKeys.self)
    songs = try values.decode([SongAnswer].self, forKey: .songs)
    text = try values.decodeIfPresent(TextAnswer.self, forKey: .text)
    journey = try values.decodeIfPresent(JourneyAnswer.self, forKey: .journey)
  }

  func encode(to encoder: any Encoder) throws {
    try reading.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(songs, forKey: .songs)
    try values.encodeIfPresent(text, forKey: .text)
    try values.encodeIfPresent(journey, forKey: .journey)
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
  struct HistorySong: Codable {
    var id, name, artist, album, link: String
    var spotify_id: String?

    init(_ song: Song) {
      (id, name, artist, album) = (song.id, song.name, song.artist, song.album)
      (link, spotify_id) = (song.link, song.spotifyID)
    }
  }
  struct Entry: Codable {
    var time: Double
    var event: String
    var mood: Mood?
    var song: HistorySong?
  }
  var entries: [Entry]

  init(_ entries: [HistoryEntry]) {
    self.entries = entries.map {
      Entry(time: $0.time, event: $0.event, mood: $0.mood, song: $0.song.map(HistorySong.init))
    }
  }
}
