import MoodRecommend

/// The first ten minutes of a new listener: one to ten events of any kind, then a list.
struct FirstMinutes {
  /// The least mean nearness of a list as a share of the untaught one's, and where it was.
  private(set) var worst = (share: Float(1), mood: Mood.happy, seed: UInt64(0))
  private(set) var lists = 0
  private(set) var shares: Float = 0
  /// Sentences, and those that claim a liking without three likes or dislikes behind it.
  private(set) var sentences = 0
  private(set) var unsupported = 0
  private(set) var explorations = 0
  private(set) var songs = 0

  private static let kinds: [Feedback.Kind] = [
    .like, .dislike, .skip, .play, .rating(1), .rating(2), .rating(3), .rating(4), .rating(5),
  ]

  /// Every mood, so many seeds.
  init(_ catalogue: Catalogue, seeds: UInt64) throws {
    for mood in Mood.allCases {
      for seed in 0..<seeds { try play(catalogue, mood, seed) }
    }
  }

  private mutating func play(_ catalogue: Catalogue, _ mood: Mood, _ seed: UInt64) throws {
    var chance = Chance(seed: seed &* 31 &+ UInt64(mood.index))
    let recommender = Recommender(catalogue: catalogue)
    let face = MoodDistribution(certain: mood)
    var options = RecommendationOptions(seed: seed, listener: "new", now: 0)
    let untaught = try recommender.recommend(for: face, options: options)
    var (list, judged) = (untaught, 0)
    for event in 0..<(1 + chance.below(10)) {
      // The songs of the list in turn, then those of the next list.
      let song = list.songs[event % list.songs.count].song
      let kind = Self.kinds[chance.below(Self.kinds.count)]
      judged += kind.name == "skip" || kind.name == "play" || kind.rating == 3 ? 0 : 1
      options.now = Double(event + 1) * 60
      try recommender.learn(
        Feedback(
          listener: "new", kind: kind, song: song.id, mood: face, time: options.now ?? 0))
      options.seed = seed &+ UInt64(event) &* 7_919
      list = try recommender.recommend(for: face, options: options)
    }
    let share = Self.nearness(list) / Self.nearness(untaught)
    if share < worst.share { worst = (share, mood, seed) }
    (lists, shares) = (lists + 1, shares + share)
    songs += list.songs.count
    explorations += list.songs.count(where: \.isExploration)
    for sentence in list.songs.flatMap(\.reasons).map(\.sentence) {
      sentences += 1
      if sentence.hasPrefix("you "), judged < 3 { unsupported += 1 }
    }
  }

  private static func nearness(_ list: Recommendation) -> Float {
    list.songs.reduce(0) { $0 + $1.nearness } / Float(max(1, list.songs.count))
  }

  var text: String {
    """
    \(lists) lists of \(songs) songs; mean nearness against the untaught list \
    \(shares / Float(lists)), least \(worst.share) (\(worst.mood), seed \(worst.seed))
    \(sentences) sentences, \(unsupported) claims without support
    \(explorations) songs to learn from, \(Double(explorations) / Double(songs)) of all
    """
  }
}
