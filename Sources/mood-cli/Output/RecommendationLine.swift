import MoodRecommend
import MoodText
import MoodVision

/// What `recommend --json` prints: a photo's reading, or a mood that was named, with songs.
struct RecommendationLine: Encodable {
  /// What songs were found for.
  enum Subject {
    case photo(MoodReading)
    case named(id: String, MoodDistribution)
  }
  let subject: Subject
  let songs: [SongAnswer]
  let notes: [NoteAnswer]
  var text: TextAnswer?
  var journey: JourneyAnswer?

  private enum CodingKeys: CodingKey { case v, id, ok, songs, notes, text, journey }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch subject {
    case .photo(let reading): try reading.encode(to: encoder)
    case .named(let id, let mood):
      try MoodFields(mood, isSure: true).encode(to: encoder)
      try values.encode(MoodReading.schemaVersion, forKey: .v)
      try values.encode(id, forKey: .id)
      try values.encode(true, forKey: .ok)
    }
    try values.encode(songs, forKey: .songs)
    try values.encode(notes, forKey: .notes)
    try values.encodeIfPresent(text, forKey: .text)
    try values.encodeIfPresent(journey, forKey: .journey)
  }
}

/// Songs for a person.
struct SongList {
  let title: String
  let songs: [RankedSong]
  let notes: [RecommendationNote]
  /// Whether every part of each song's score is shown.
  let explains: Bool

  var text: String {
    var lines = ["\(title):"] + notes.map { "  \($0.sentence())" }
    for (index, ranked) in songs.enumerated() {
      let song = ranked.song
      let album = song.album.isEmpty ? "" : ", \(song.album)"
      lines.append("  \(index + 1). \(song.name) – \(song.artist)\(album)")
      if explains {
        if song.isEstimated {
          lines.append("     its energy, valence, tempo and popularity are estimates")
        }
        lines += ranked.reasons.map { "     \(Self.signed($0.contribution))  \($0.sentence)" }
      } else {
        lines.append("     \(ranked.explanation)")
      }
      lines.append("     \(song.link)")
    }
    if songs.isEmpty { lines.append("  no song of the catalogue fits") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A number as `+0.12`.
  private static func signed(_ value: Float) -> String {
    let hundredths = Int((abs(value) * 100).rounded())
    return "\(value < 0 ? "−" : "+")\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
  }
}
