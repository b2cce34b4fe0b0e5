import Foundation
import MoodRecommend

/// What is printed for one photo with `--json`; version 1 of the schema.
struct MoodLine: Encodable {
  var v = 1
  /// The photo's path.
  let id: String
  let ok: Bool
  /// The most probable mood; left out where the network is not sure.
  var mood: String?
  /// Whether the network is not sure of its answer.
  var uncertain: Bool?
  var probabilities: [String: Float]?
  /// What was looked at: `face`, `tight_crop`, `whole` or `given`.
  var source: FaceReader.Source?
  /// One entry for each face that was read, largest first.
  var faces: [FaceMoodLine]?
  var songs: [SongLine]?
  var error: Failure?

  init(id: String, _ classification: MoodClassifier.Classification) {
    self.id = id
    ok = true
    mood = classification.distribution.mood.rawValue
    uncertain = classification.isSure ? nil : true
    probabilities = Self.named(classification.distribution)
  }

  init(id: String, failure: Failure) {
    (self.id, ok, error) = (id, false, failure)
  }

  static func named(_ distribution: MoodDistribution) -> [String: Float] {
    Dictionary(uniqueKeysWithValues: Mood.allCases.map { ($0.rawValue, distribution[$0]) })
  }
}

/// A song as it is printed.
struct SongLine: Encodable {
  let id, name, artist, album, mood, link: String
  let score: Float
  let reasons: [ReasonLine]

  init(_ ranked: RankedSong) {
    let song = ranked.song
    (id, name, artist, album) = (song.id, song.name, song.artist, song.album)
    (mood, link, score) = (song.mood.rawValue, song.link, ranked.score)
    reasons = ranked.reasons.map(ReasonLine.init)
  }
}

/// One part of a song's score as it is printed.
struct ReasonLine: Encodable {
  let kind: Reason.Kind
  let contribution: Float
  let features: [String]
  let sentence: String

  init(_ reason: Reason) {
    (kind, contribution) = (reason.kind, reason.contribution)
    features = reason.features.map { "\($0)" }
    sentence = reason.sentence
  }
}

/// A distribution as bars, the most probable mood first.
func bars(_ distribution: MoodDistribution, width: Int = 30) -> String {
  distribution.sorted.map { mood, probability in
    let name = mood.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)
    let length = Int((probability * Float(width)).rounded())
    return "  \(name)\(percent(probability)) \(String(repeating: "█", count: length))"
  }.joined(separator: "\n")
}

/// A probability as ` 12.3 %`.
func percent(_ probability: some BinaryFloatingPoint) -> String {
  let tenths = Int((Double(probability) * 1000).rounded())
  let text = "\(tenths / 10).\(tenths % 10) %"
  return String(repeating: " ", count: max(0, 7 - text.count)) + text
}
