import MoodRecommend
import Testing

struct LearningTests {
  static let sad = MoodDistribution(certain: .sad)
  let catalogue = Catalogue.standard

  func feedback(
    _ kind: Feedback.Kind, _ song: String?, by listener: String = "l", at time: Double = 0,
    mood: MoodDistribution = sad
  ) -> Feedback {
    Feedback(listener: listener, kind: kind, song: song, mood: mood, time: time)
  }

  @Test func becomesPersonalOnceThereIsFeedback() throws {
    let recommender = Recommender(catalogue: .standard)
    let options = RecommendationOptions(seed: 1, listener: "l")
    #expect(try recommender.recommend(for: Self.sad, options: options).policy == .content)
    try recommender.learn(feedback(.like, catalogue.songs[0].id))
    #expect(try recommender.recommend(for: Self.sad, options: options).policy == .personal)
    let other = RecommendationOptions(seed: 1, listener: "other")
    #expect(try recommender.recommend(for: Self.sad, options: other).policy == .content)
  }

  /// Someone who likes fast songs only, in every mood, gets faster ones than before.
  @Test func learnsATasteInSound() throws {
    let recommender = Recommender(catalogue: .standard)
    func meanTempo(_ policy: Policy) throws -> Float {
      var tempi: [Float] = []
      for seed in UInt64(0)..<20 {
        let options = RecommendationOptions(
          goal: .match, policy: policy, count: 10, seed: seed, listener: "l", coolDown: 0)
        tempi += try recommender.recommend(for: Self.sad, options: options).songs
          .compactMap(\.song.tempo)
      }
      return tempi.reduce(0, +) / Float(tempi.count)
    }
    let before = try meanTempo(.content)
    for song in catalogue.songs.prefix(120) {
      let kind: Feedback.Kind = (song.tempo ?? 0) > 120 ? .like : .dislike
      try recommender.learn(feedback(kind, song.id))
    }
    #expect(try meanTempo(.personal) > before + 25)
  }

  @Test func remembersSongsAndArtists() throws {
    let recommender = Recommender(catalogue: .standard)
    let artist = try #require(
      Dictionary(grouping: catalogue.songs, by: \.artist).filter { $0.value.count > 1 }
        .sorted { $0.key < $1.key }.first)
    let known = try #require(
      Dictionary(grouping: catalogue.songs, by: \.artist).values.first { $0.count > 3 })
    for song in known { try recommender.learn(feedback(.like, song.id)) }
    let fond = RecommendationOptions(
      policy: .personal, count: 4, seed: 3, listener: "l",
      filter: SongFilter(artists: [known[0].artist]), allowsRepeatedArtists: true, now: 1e6)
    let claimed = try recommender.recommend(for: Self.sad, options: fond).songs.flatMap(\.reasons)
    let count = known.count
    #expect(
      claimed.contains { $0.sentence == "you like this artist (\(count) of \(count) songs liked)" })
    try recommender.learn(feedback(.like, artist.value[0].id))
    let options = RecommendationOptions(
      policy: .personal, seed: 3, listener: "l", filter: SongFilter(artists: [artist.key]),
      now: 100)
    let songs = try recommender.recommend(for: Self.sad, options: options).songs
    #expect(!songs.flatMap(\.reasons).contains { $0.kind == .artist }, "one like is no liking")
    #expect(songs.allSatisfy { $0.song.id != artist.value[0].id }, "it was just heard")
    var later = options
    later.now = 100_000
    later.allowsRepeatedArtists = true
    let again = try recommender.recommend(for: Self.sad, options: later).songs
    let heard = try #require(again.first { $0.song.id == artist.value[0].id })
    #expect(heard.reasons.contains { $0.sentence == "marked as liked before" })
  }

  @Test func restsWhatWasJustHeard() throws {
    let recommender = Recommender(catalogue: .standard)
    var options = RecommendationOptions(
      policy: .content, count: 1, listener: "l", coolDown: 60, variety: 0, now: 1_030)
    let song = try #require(recommender.recommend(for: Self.sad, options: options).songs.first)
    try recommender.learn(feedback(.play, song.song.id, at: 1_000))
    #expect(try recommender.recommend(for: Self.sad, options: options).songs.first != song)
    options.now = 1_061
    #expect(
      try recommender.recommend(for: Self.sad, options: options).songs.first?.song == song.song)
  }

  @Test func learnsWhatAFaceMeans() throws {
    let recommender = Recommender(catalogue: .standard)
    let options = RecommendationOptions(listener: "l")
    let neutral = MoodDistribution(certain: .neutral)
    for _ in 0..<5 {
      try recommender.learn(feedback(.notMyMood(.sad), nil, mood: neutral))
    }
    let answer = try recommender.recommend(for: neutral, options: options)
    #expect(answer.mood.mood == .sad)
    #expect(abs(answer.mood[.sad] - 5 / 7) < 1e-5)
    #expect(try recommender.recommend(for: Self.sad, options: options).mood == Self.sad)
    let other = RecommendationOptions(listener: "other")
    #expect(try recommender.recommend(for: neutral, options: other).mood == neutral)
  }

  /// Two songs that ten listeners like together: who likes one is told of the other.
  @Test func findsNeighbours() throws {
    let recommender = Recommender(catalogue: .standard)
    let (first, second) = (catalogue.songs[10].id, catalogue.songs[200].id)
    for number in 0..<10 {
      try recommender.learn(feedback(.like, first, by: "\(number)"))
      try recommender.learn(feedback(.like, second, by: "\(number)"))
      try recommender.learn(feedback(.dislike, catalogue.songs[20 + number].id, by: "\(number)"))
    }
    try recommender.learn(feedback(.like, first))
    try recommender.learn(feedback(.dislike, catalogue.songs[50].id))
    let options = RecommendationOptions(
      policy: .personal, count: 350, seed: 5, listener: "l", allowsRepeatedArtists: true, now: 1e6)
    let songs = try recommender.recommend(for: Self.sad, options: options).songs
    let told = try #require(songs.first { $0.song.id == second })
    let kinds = Set(told.reasons.map(\.kind))
    #expect(kinds.contains(.others) && kinds.contains(.neighbours))
    #expect(told.reasons.contains { $0.sentence == "10 of 10 other listeners liked it" })
  }

  @Test func forgetsAListenerAltogether() throws {
    let store = MemoryFeedback()
    let recommender = Recommender(catalogue: .standard, feedback: store)
    let before = try store.pooledSums()
    try recommender.learn(feedback(.rating(4), catalogue.songs[1].id))
    #expect(try store.pooledSums().count == 1)
    #expect(try store.forget("l") == 1)
    #expect(try store.pooledSums() == before)
    #expect(try store.opinions().isEmpty && store.listeners().isEmpty)
    #expect(
      try store.feedback(of: "l").isEmpty && store.regressionSums(of: "l") == MoodSums())
  }

  @Test func takesFeedbackOnAnUnknownSong() throws {
    let store = MemoryFeedback()
    let recommender = Recommender(catalogue: .standard, feedback: store)
    try recommender.learn(feedback(.like, "no such song"))
    #expect(try store.feedback(of: "l").count == 1 && store.regressionSums(of: "l").count == 0)
    let options = RecommendationOptions(seed: 1, listener: "l")
    #expect(try recommender.recommend(for: Self.sad, options: options).songs.count == 5)
  }

  @Test func trapsOnAProgrammersMistake() async {
    await #expect(processExitsWith: .failure) {
      _ = Feedback(
        listener: "l", kind: .rating(6), song: "s", mood: .uniform, time: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = Feedback(listener: "l", kind: .like, song: nil, mood: .uniform, time: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = try Recommender(catalogue: .standard).recommend(
        for: .uniform, options: RecommendationOptions(count: -1))
    }
  }
}
