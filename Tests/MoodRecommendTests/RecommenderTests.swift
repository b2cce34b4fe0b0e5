import MoodRecommend
import Testing

/// A catalogue in which every song is where its name says.
private let compass: Catalogue = {
  let header =
    "name,artist,mood,id,popularity,valence,energy,danceability,acousticness,tempo"
    + ",genre,language,release_date,explicit"
  let rows = [
    "bright,a,Happy,,50,0.9,0.7,0.7,0.2,120,pop,en,1990,false",
    "brighter,a,Happy,,50,0.95,0.75,0.7,0.2,125,pop,en,1991,true",
    "dark,b,Sad,,50,0.1,0.3,0.3,0.7,80,folk rock,en,1970,",
    "darker,c,Sad,,50,0.05,0.25,0.3,0.8,75,folk,fr,1971,",
    "still,d,Calm,,50,0.4,0.05,0.2,0.95,60,ambient,zxx,2001,",
    "stiller,e,Calm,,50,0.45,0.04,0.2,0.97,62,ambient,zxx,2002,",
    "wild,f,Energetic,,50,0.5,0.95,0.6,0.01,160,metal,en,2010,",
    "wilder,g,Energetic,,50,0.45,0.99,0.6,0.01,170,metal,en,2011,",
  ]
  do { return try Catalogue(csv: ([header] + rows).joined(separator: "\n")) } catch {
    preconditionFailure("\(error)")
  }
}()

struct RecommenderTests {
  static func names(
    _ mood: MoodDistribution, _ options: RecommendationOptions,
    _ recommender: Recommender = Recommender(catalogue: compass)
  ) throws -> [String] {
    try recommender.recommend(for: mood, options: options).songs.map(\.song.name)
  }

  @Test(arguments: [
    (Goal.match, Mood.sad, ["dark", "darker"]), (.match, .happy, ["bright", "brighter"]),
    (.lift, .sad, ["bright", "brighter"]), (.lift, .angry, ["still", "stiller"]),
    (.calm, .happy, ["still", "stiller"]), (.energise, .sad, ["wild", "wilder"]),
    (.classic, .fear, ["still", "stiller"]), (.classic, .neutral, ["wild", "wilder"]),
  ])
  func answersTheGoal(_ goal: Goal, _ mood: Mood, _ expected: [String]) throws {
    let options = RecommendationOptions(goal: goal, count: 1)
    let names = try Self.names(MoodDistribution(certain: mood), options)
    #expect(expected.contains(try #require(names.first)))
  }

  @Test func answersBothHalvesOfATornMood() throws {
    let torn = try MoodDistribution(probabilities: [0, 0, 0, 0.5, 0, 0.5, 0])
    let names = try Self.names(torn, RecommendationOptions(goal: .match, count: 2))
    #expect(names.contains { $0.hasPrefix("bright") } && names.contains { $0.hasPrefix("dark") })
  }

  @Test func givesAnArtistOnceUnlessAsked() throws {
    var options = RecommendationOptions(goal: .match, count: 8)
    #expect(try Self.names(MoodDistribution(certain: .happy), options).count == 7)
    options.allowsRepeatedArtists = true
    #expect(try Self.names(MoodDistribution(certain: .happy), options).count == 8)
  }

  static let filters: [(SongFilter, [String])] = [
    (SongFilter(genres: ["ROCK"]), ["dark"]),
    (SongFilter(genres: ["folk"]), ["dark", "darker"]),
    (SongFilter(artists: ["A"]), ["bright", "brighter"]),
    (SongFilter(languages: ["fr"]), ["darker"]),
    (SongFilter(years: 2000...2005), ["still", "stiller"]),
    (SongFilter(tempo: 150...180), ["wild", "wilder"]),
    (SongFilter(artists: ["a"], leavesOutExplicit: true), ["bright"]),
    (SongFilter(genres: ["polka"]), []),
  ]

  @Test(arguments: filters)
  func letsPassWhatTheFilterSays(_ filter: SongFilter, _ expected: [String]) throws {
    for policy in [Policy.content, .personal] {
      let options = RecommendationOptions(
        policy: policy, count: 8, seed: 1, filter: filter, allowsRepeatedArtists: true)
      #expect(Set(try Self.names(.uniform, options)) == Set(expected))
    }
  }

  @Test func filtersTheReportsDrawToo() throws {
    for seed in UInt64(0)..<40 {
      let options = RecommendationOptions(
        policy: .classic, count: 3, seed: seed, filter: SongFilter(artists: ["b", "d"]))
      #expect(try Self.names(MoodDistribution(certain: .fear), options) != ["still", "stiller"])
      #expect(try Self.names(MoodDistribution(certain: .fear), options).count == 1)
    }
  }

  @Test(arguments: Policy.allCases)
  func repeatsForASeed(_ policy: Policy) throws {
    let store = MemoryFeedback()
    let recommender = Recommender(catalogue: .standard, feedback: store)
    let mood = MoodDistribution(certain: .sad)
    let liked = Catalogue.standard.songs[3].id
    try recommender.learn(Feedback(listener: "l", kind: .like, song: liked, mood: mood, time: 0))
    let options = RecommendationOptions(policy: policy, count: 9, seed: 7, listener: "l")
    let first = try recommender.recommend(for: mood, options: options)
    #expect(first.songs.count == 9)
    #expect(try recommender.recommend(for: mood, options: options) == first)
    #expect(
      try Recommender(catalogue: .standard, feedback: store).recommend(for: mood, options: options)
        == first)
  }

  @Test func breaksTiesByID() throws {
    let rows = ["z,q,Sad,,5", "m,p,Sad,,5", "a,r,Sad,,5"]
    let catalogue = try Catalogue(
      csv: (["name,artist,mood,id,popularity"] + rows).joined(separator: "\n"))
    let options = RecommendationOptions(policy: .content, count: 3, variety: 0)
    let songs = try Recommender(catalogue: catalogue)
      .recommend(for: .uniform, options: options).songs
    #expect(songs.map(\.song.id) == ["p-m", "q-z", "r-a"])
  }

  @Test func placesSongsOfWhichLittleIsKnown() throws {
    let rows = ["known,a,Calm,,50,0.5,0.1", "unknown,b,Calm,,50,,", "loud,c,Energetic,,50,0.5,0.9"]
    let catalogue = try Catalogue(
      csv: (["name,artist,mood,id,popularity,valence,energy"] + rows).joined(separator: "\n"))
    let options = RecommendationOptions(goal: .calm, policy: .content, count: 3, variety: 0)
    let songs = try Recommender(catalogue: catalogue)
      .recommend(for: .uniform, options: options).songs
    #expect(songs.map(\.song.name) == ["known", "unknown", "loud"])
  }

  @Test func saysWhy() throws {
    let recommender = Recommender(catalogue: compass)
    let answer = try recommender.recommend(
      for: MoodDistribution(certain: .angry),
      options: RecommendationOptions(goal: .lift, policy: .content, count: 1, variety: 0))
    let song = try #require(answer.songs.first)
    let reason = try #require(song.reasons.first)
    #expect(reason.kind == .mood && !reason.features.isEmpty)
    #expect(reason.sentence.hasPrefix("calm") && reason.sentence.hasSuffix("to calm an angry mood"))
    #expect(song.reasons.map(\.kind) == [.mood, .popularity])
    // What is told and the constant make up the score.
    let told = song.reasons.reduce(0) { $0 + $1.contribution }
    #expect(abs(song.score - told - 0.2) < 1e-4)
  }

  @Test func survivesAnEmptyAnswer() throws {
    let answer = try Recommender(catalogue: compass).recommend(
      for: .uniform, options: RecommendationOptions(count: 0))
    #expect(answer.songs.isEmpty)
  }
}
