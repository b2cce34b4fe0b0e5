import MoodRecommend

/// The table of the recommender's page: what lists are like for each mood and goal.
enum MoodTable {
  /// Twenty lists of five songs for each mood and goal: means, shares of categories, the worst song.
  static func text(_ catalogue: Catalogue) throws -> String {
    let recommender = Recommender(catalogue: catalogue)
    var lines = [
      "| mood | goal | valence | arousal | tempo | Happy | Calm | Energetic | Sad | furthest song |",
      "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --- |",
    ]
    for mood in Mood.allCases {
      for goal in Goal.allCases {
        var songs: [RankedSong] = []
        for seed in UInt64(0)..<20 {
          let options = RecommendationOptions(goal: goal, policy: .content, seed: seed)
          songs += try recommender.recommend(
            for: MoodDistribution(certain: mood), options: options
          ).songs
        }
        func mean(_ value: (Song) -> Float?) -> Float {
          let values = songs.compactMap { value($0.song) }
          return values.reduce(0, +) / Float(max(1, values.count))
        }
        func share(_ category: MoodCategory) -> Int { songs.count { $0.song.mood == category } }
        func hundredths(_ value: Float) -> Float { (value * 100).rounded() / 100 }
        let worst = songs.min { $0.nearness < $1.nearness }
        let name = worst.map { "\($0.song), \(hundredths($0.nearness))" } ?? ""
        lines.append(
          "| \(mood) | \(goal.rawValue) | \(hundredths(mean(\.valence))) |"
            + " \(hundredths(mean(\.energy))) | \(Int(mean(\.tempo))) | \(share(.happy)) |"
            + " \(share(.calm)) | \(share(.energetic)) | \(share(.sad)) | \(name) |")
      }
    }
    return lines.joined(separator: "\n")
  }
}
