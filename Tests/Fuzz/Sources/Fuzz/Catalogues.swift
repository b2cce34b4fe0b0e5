import MoodRecommend
import MoodText

/// Reads the input as a song list, then recommends from it and writes it.
///
/// The first byte says whether the rest is CSV or JSON Lines, and for which mood songs are wanted.
let fuzzCatalogue: Target = { bytes in
  let first = bytes.first ?? 0
  let list = Array(bytes.dropFirst())
  let format: Catalogue.Format = first & 1 == 0 ? .csv : .jsonl
  let strict = try attempt { try Catalogue(list, as: format) }
  var problems = 0
  guard
    let catalogue = try attempt({ try Catalogue(list, as: format) { _ in problems += 1 } })
  else {
    return try check(strict == nil, "refused only where bad rows are passed over")
  }
  try check(
    (strict != nil) == (problems == 0), "\(problems) problems, read strictly: \(strict != nil)")
  let ids = catalogue.songs.map(\.id)
  try check(Set(ids).count == ids.count, "an id twice")
  let mood = MoodDistribution(certain: Mood.allCases[Int(first >> 1) % Mood.allCases.count])
  let recommender = Recommender(catalogue: catalogue)
  for policy in [Policy.content, .classic] {
    let options = RecommendationOptions(policy: policy, count: 5, seed: UInt64(first))
    let answer = try recommender.recommend(for: mood, options: options)
    try check(Set(answer.songs.map(\.song.id)).isSubset(of: ids), "a song of another list")
    for format in PlaylistFormat.allCases { _ = format.text(of: answer.songs, title: "Fuzz") }
    for song in answer.songs { try check(song.score.isFinite, "\(song.song) has no score") }
  }
  var text = ""
  catalogue.writeCSV { text += $0 }
  let again = try Catalogue(csv: text)
  try check(again.songs.map(\.id) == ids, "read back as other songs")
}

/// Reads the input as words.
func fuzzWords() -> Target {
  guard let reader = try? TextReader() else { fatalError("no text model") }
  return { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let reading = reader.read(text)
    let sum = reading.distribution.probabilities.reduce(0, +)
    try check(abs(sum - 1) < 1e-4, "probabilities add up to \(sum)")
    let face = MoodDistribution(certain: .sad)
    try check(!TextAnswer(reading, face: face).sentence.isEmpty, "no sentence")
  }
}
