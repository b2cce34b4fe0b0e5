import MoodRecommend
import Testing

/// What a new listener meets in the first ten minutes.
struct FirstMinutesTests {
  static let answers: [Mood: Set<MoodCategory>] = [
    .happy: [.happy, .energetic], .sad: [.happy, .calm, .energetic], .angry: [.calm, .happy],
    .fear: [.calm, .happy],
  ]

  /// The first list, then what the listener does with its songs, then the lists after that.
  static func lists(
    _ mood: MoodDistribution, _ events: [Feedback.Kind], seed: UInt64, goal: Goal = .classic
  ) throws -> (before: Recommendation, after: Recommendation) {
    let recommender = Recommender(catalogue: .standard)
    var options = RecommendationOptions(goal: goal, seed: seed, listener: "new", now: 0)
    let before = try recommender.recommend(for: mood, options: options)
    for (kind, ranked) in zip(events, before.songs) {
      options.now = (options.now ?? 0) + 60
      try recommender.learn(
        Feedback(
          listener: "new", kind: kind, song: ranked.song.id, mood: mood, time: options.now ?? 0))
    }
    options.seed = seed &+ 1_000
    return (before, try recommender.recommend(for: mood, options: options))
  }

  /// Two skips are no taste: a happy face still gets happy songs, and no one says what was liked.
  @Test func staysWithAHappyFaceAfterTwoSkips() throws {
    let mood = try MoodDistribution([.happy: 0.997, .neutral: 0.003])
    for seed in UInt64(0)..<50 {
      let (_, after) = try Self.lists(mood, [.skip, .skip], seed: seed)
      #expect(after.policy == .personal && after.songs.count == 5)
      for ranked in after.songs {
        #expect([.happy, .energetic].contains(ranked.song.mood), "\(ranked.song)")
        #expect(!ranked.reasons.contains { $0.sentence.hasPrefix("you ") })
        #expect(!["Spiegel im Spiegel", "Weightless"].contains(ranked.song.name))
      }
    }
  }

  @Test func answersTheMoodAfterAFewEvents() throws {
    let stories: [[Feedback.Kind]] = [
      [.skip, .skip], [.dislike], [.skip, .dislike, .skip], [.like, .dislike], [.play],
    ]
    var (fitting, all, claims) = (0, 0, 0)
    for (mood, wanted) in Self.answers {
      for story in stories {
        for seed in UInt64(0)..<12 {
          let songs = try Self.lists(MoodDistribution(certain: mood), story, seed: seed).after.songs
          all += songs.count
          fitting += songs.count { wanted.contains($0.song.mood) }
          claims += songs.flatMap(\.reasons).count { $0.sentence.hasPrefix("you ") }
        }
      }
    }
    #expect(Double(fitting) >= 0.9 * Double(all), "\(fitting) of \(all) answer the mood")
    #expect(claims == 0)
  }

  @Test func saysWhatATangoIsForAHappyFace() throws {
    let options = RecommendationOptions(seed: 1, filter: SongFilter(genres: ["tango"]))
    let answer = try Recommender(catalogue: .standard)
      .recommend(for: MoodDistribution(certain: .happy), options: options)
    #expect(
      Set(answer.songs.map(\.song.name)) == [
        "El día que me quieras", "Adiós muchachos", "Satumaa",
      ])
    #expect(answer.notes.map(\.name) == ["few_fit", "few_songs", "artists_repeat"])
    #expect(
      answer.notes.first?.sentence()
        == "Nothing that you allow fits a happy mood; these songs come nearest.")
    for ranked in answer.songs {
      #expect(!ranked.explanation.contains("for a happy mood"), "\(ranked.explanation)")
    }
  }

  @Test(arguments: Mood.allCases)
  func keepsNearTheMoodUntilTenLikes(_ mood: Mood) throws {
    let kinds: [Feedback.Kind] = [.like, .dislike, .skip, .play, .rating(1), .rating(5)]
    for seed in UInt64(0)..<8 {
      var random = SplitMix64(seed: seed)
      let distribution = MoodDistribution(certain: mood)
      let events = (0..<5).map { _ in kinds[Int(random.next() % 6)] }
      let (before, after) = try Self.lists(distribution, events, seed: seed)
      func mean(_ answer: Recommendation) -> Float {
        answer.songs.reduce(0) { $0 + $1.nearness } / Float(answer.songs.count)
      }
      #expect(mean(after) >= 0.9 * mean(before), "\(mood), seed \(seed)")
      #expect(after.songs.count(where: \.isExploration) <= 1)
      #expect(after.notes.isEmpty)
    }
  }

  @Test func givesOtherSongsOnAnotherDay() throws {
    let recommender = Recommender(catalogue: .standard)
    for mood in Mood.allCases {
      let lists = try (UInt64(0)..<6).map { seed in
        try recommender.recommend(
          for: MoodDistribution(certain: mood), options: RecommendationOptions(seed: seed)
        ).songs.map(\.song.id)
      }
      #expect(Set(lists.map { $0.sorted() }).count >= 4, "\(mood)")
      #expect(Set(lists.flatMap(\.self)).count >= 10, "\(mood)")
    }
  }

  @Test func givesFiveOthersWithoutRepeats() throws {
    let recommender = Recommender(catalogue: .standard)
    var options = RecommendationOptions(seed: 4)
    for _ in 0..<6 {
      let songs = try recommender.recommend(
        for: MoodDistribution(certain: .sad), options: options
      ).songs
      let ids = songs.map(\.song.id)
      #expect(ids.count == 5 && options.excluded.isDisjoint(with: ids))
      options.excluded.formUnion(ids)
    }
  }

  @Test func isEvenForANeutralFace() throws {
    var all: [Song] = []
    for seed in UInt64(0)..<12 {
      all += try Recommender(catalogue: .standard).recommend(
        for: MoodDistribution(certain: .neutral),
        options: RecommendationOptions(goal: .match, seed: seed)
      ).songs.map(\.song)
    }
    #expect(Double(all.count { $0.mood == .sad }) <= 0.1 * Double(all.count))
  }

  /// A skip moves a fifth of what a dislike moves, and less where all is skipped.
  @Test func weighsASkipLittle() throws {
    func song(_ kinds: [Feedback.Kind]) throws -> Float {
      let recommender = Recommender(catalogue: .standard)
      let mood = MoodDistribution(certain: .happy)
      let id = Catalogue.standard.songs[5].id
      for (time, kind) in kinds.enumerated() {
        let at = time == kinds.count - 1 ? id : Catalogue.standard.songs[100 + time].id
        try recommender.learn(
          Feedback(listener: "l", kind: kind, song: at, mood: mood, time: Double(time)))
      }
      let options = RecommendationOptions(
        policy: .personal, count: 350, seed: 1, listener: "l", allowsRepeatedArtists: true,
        variety: 0, now: 1e6)
      let songs = try recommender.recommend(for: mood, options: options).songs
      return try #require(songs.first { $0.song.id == id }).score
    }
    let neutral = try song([.rating(3)])
    let (skip, dislike) = (neutral - (try song([.skip])), neutral - (try song([.dislike])))
    #expect(skip > 0 && skip <= dislike / 5 * 1.2, "\(skip) against \(dislike)")
  }
}
