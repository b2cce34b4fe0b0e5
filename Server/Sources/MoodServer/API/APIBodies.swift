import MoodRecommend
import MoodText
import MoodVision

/// An answer with its address beside its fields: what `POST /api/v1/classify` and `…/text` answer.
struct Addressed<Answer: Codable>: Codable {
  var answer: Answer
  var address: String

  private enum CodingKeys: CodingKey { case address }

  init(_ answer: Answer, address: AnswerAddress) {
    (self.answer, self.address) = (answer, "\(address)")
  }

  init(from decoder: any Decoder) throws {
    answer = try Answer(from: decoder)
    address = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .address)
  }

  func encode(to encoder: any Encoder) throws {
    try answer.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(address, forKey: .address)
  }
}

/// A song of an answer: the song as every list has it, with what addresses and pages need.
struct AnswerSongBody: Codable {
  var song: SongAnswer
  var code: String
  var liked: Bool
  var valence, arousal: Float

  private enum CodingKeys: CodingKey { case code, liked, valence, arousal }

  init?(_ shown: AnswerSong, in language: AnswerLanguage) {
    guard let ranked = shown.ranked else { return nil }
    song = SongAnswer(ranked, in: language)
    (code, liked) = ("\(shown.code)", shown.isLiked)
    (valence, arousal) = (shown.place.valence, shown.place.arousal)
  }

  init(from decoder: any Decoder) throws {
    song = try SongAnswer(from: decoder)
    let values = try decoder.container(keyedBy: CodingKeys.self)
    code = try values.decode(String.self, forKey: .code)
    liked = try values.decode(Bool.self, forKey: .liked)
    valence = try values.decode(Float.self, forKey: .valence)
    arousal = try values.decode(Float.self, forKey: .arousal)
  }

  func encode(to encoder: any Encoder) throws {
    try song.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(code, forKey: .code)
    try values.encode(liked, forKey: .liked)
    try values.encode(valence, forKey: .valence)
    try values.encode(arousal, forKey: .arousal)
  }
}

/// Songs for a mood, with no photo in sight: what `GET /api/v1/songs` answers.
struct SongsBody: Codable {
  var address: String
  var mood: Mood
  var confidence: Float
  var is_sure: Bool
  var valence, arousal: Float
  var probabilities: [String: Float]
  var songs: [AnswerSongBody]
  var notes: [NoteAnswer]
  var text: TextAnswer?
  var journey: JourneyAnswer?

  init(_ answer: Answer, text: TextAnswer? = nil, in language: AnswerLanguage) {
    let distribution = answer.mood
    (address, mood) = ("\(answer.address)", distribution.mood)
    (confidence, is_sure) = (distribution.confidence, answer.address.isSure)
    (valence, arousal) = (distribution.point.valence, distribution.point.arousal)
    probabilities = distribution.named
    songs = answer.songs.compactMap { AnswerSongBody($0, in: language) }
    notes = answer.notes.map { NoteAnswer($0, in: language) }
    self.text = text
    journey = answer.journey.map(JourneyAnswer.init)
  }
}

/// What `POST /api/v1/recommend` answers to a photo: its reading, with songs.
struct RecommendationBody: Codable {
  var reading: MoodReading
  var songs: [SongAnswer]
  var notes: [NoteAnswer]
  var address: String
  var text: TextAnswer?
  var journey: JourneyAnswer?

  private enum CodingKeys: CodingKey { case songs, notes, address, text, journey }

  init(
    _ reading: MoodReading, _ answer: Answer, text: TextAnswer?, in language: AnswerLanguage
  ) {
    (self.reading, self.text) = (reading, text)
    songs = answer.songs.compactMap { $0.ranked.map { SongAnswer($0, in: language) } }
    notes = answer.notes.map { NoteAnswer($0, in: language) }
    address = "\(answer.address)"
    journey = answer.journey.map(JourneyAnswer.init)
  }

  init(from decoder: any Decoder) throws {
    reading = try MoodReading(from: decoder)
    let values = try decoder.container(keyedBy: CodingKeys.self)
    songs = try values.decode([SongAnswer].self, forKey: .songs)
    notes = try values.decode([NoteAnswer].self, forKey: .notes)
    address = try values.decode(String.self, forKey: .address)
    text = try values.decodeIfPresent(TextAnswer.self, forKey: .text)
    journey = try values.decodeIfPresent(JourneyAnswer.self, forKey: .journey)
  }

  func encode(to encoder: any Encoder) throws {
    try reading.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(songs, forKey: .songs)
    try values.encode(notes, forKey: .notes)
    try values.encode(address, forKey: .address)
    try values.encodeIfPresent(text, forKey: .text)
    try values.encodeIfPresent(journey, forKey: .journey)
  }
}

/// What `POST /api/v1/text` takes.
struct TextRequest: Codable {
  var text: String
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
