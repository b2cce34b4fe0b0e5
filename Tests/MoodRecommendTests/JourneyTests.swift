import MoodRecommend
import Testing

struct JourneyTests {
  static let recommender = Recommender(catalogue: .standard)

  static func journey(
    _ mood: Mood, _ goal: JourneyGoal, _ minutes: Double = 30,
    _ strategy: JourneyStrategy = .gradual, seed: UInt64 = 1
  ) throws -> Journey {
    try recommender.journey(
      from: MoodDistribution(certain: mood), to: goal,
      options: JourneyOptions(strategy: strategy, minutes: minutes, seed: seed))
  }

  @Test(arguments: Mood.allCases, JourneyGoal.allCases)
  func leadsFromEveryMoodToEveryGoal(_ mood: Mood, _ goal: JourneyGoal) throws {
    let journey = try Self.journey(mood, goal)
    #expect(journey.startDistance < 0.45 && journey.endDistance < 0.45)
    #expect(journey.largestStep < 0.8 && journey.monotony > 0.8)
    #expect(abs(journey.duration / 1_800 - 1) <= 0.05)
    #expect(Set(journey.stops.map(\.song.artist)).count == journey.stops.count)
    #expect(Set(journey.stops.map(\.song.id)).count == journey.stops.count)
    for (stop, next) in zip(journey.stops, journey.stops.dropFirst()) {
      #expect(abs(stop.start + stop.duration - next.start) < 0.01)
    }
  }

  @Test(arguments: zip(Mood.allCases, JourneyGoal.allCases + JourneyGoal.allCases))
  func plansAnewAfterASkipAtEveryPlace(_ mood: Mood, _ goal: JourneyGoal) throws {
    let journey = try Self.journey(mood, goal)
    for index in journey.stops.indices {
      let after = try Self.recommender.journey(
        journey, skipping: index, options: JourneyOptions(seed: 2))
      #expect(Array(after.stops[..<index]) == Array(journey.stops[..<index]))
      #expect(!after.stops.contains { $0.song.id == journey.stops[index].song.id })
      #expect(Set(after.stops.map(\.song.artist)).count == after.stops.count)
      #expect(abs(after.duration / 1_800 - 1) <= 0.05)
      #expect(after.endDistance < 0.5)
    }
  }

  @Test func goesStraightOrStaysAtTheEnds() {
    #expect(JourneyStrategy.straight.way(at: 0.25) == 0.25)
    #expect(JourneyStrategy.gradual.way(at: 0.25) == 0.15625)
    #expect(JourneyStrategy.gradual.way(at: 0.5) == 0.5 && JourneyStrategy.gradual.way(at: 2) == 1)
  }

  @Test func repeatsForASeedAndVariesWithout() throws {
    #expect(try Self.journey(.sad, .happy, seed: 5) == Self.journey(.sad, .happy, seed: 5))
    let lists = try (UInt64(0)..<6).map {
      try Self.journey(.sad, .happy, seed: $0).stops.map(\.song.id)
    }
    #expect(Set(lists).count >= 3)
  }

  @Test func assumesADurationAndSaysSo() throws {
    let songs = try (0..<40).map { number in
      try Song(
        name: "s\(number)", artist: "a\(number)", mood: .calm, valence: Float(number) / 40,
        energy: Float(number) / 40)
    }
    let journey = try Recommender(catalogue: Catalogue(songs: songs)).journey(
      from: MoodDistribution(certain: .sad), to: .happy, options: JourneyOptions(seed: 1))
    #expect(journey.stops.allSatisfy { $0.isAssumed && $0.duration == 210 })
  }

  @Test func refusesWhatCannotBe() throws {
    let face = MoodDistribution(certain: .sad)
    for minutes in [4.9, 241, .nan] {
      #expect(throws: JourneyError.self) {
        try Self.recommender.journey(
          from: face, to: .calm, options: JourneyOptions(minutes: minutes))
      }
    }
    #expect(throws: JourneyError.tooFewSongs(found: 2, minutes: 30)) {
      try Self.recommender.journey(
        from: face, to: .calm, options: JourneyOptions(filter: SongFilter(genres: ["tango"])))
    }
    let journey = try Self.journey(.sad, .calm)
    let count = journey.stops.count
    #expect(throws: JourneyError.noSuchSong(index: count, count: count)) {
      try Self.recommender.journey(journey, skipping: count)
    }
  }

  @Test func drawsACurve() throws {
    let journey = try Self.journey(.angry, .calm)
    let svg = journey.svg
    #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>\n"))
    #expect(svg.split(separator: "<circle").count == 2 * journey.stops.count + 1)
  }
}
