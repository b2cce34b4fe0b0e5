import MoodRecommend
import Testing

struct MoodTests {
  @Test func keepsTheTrainingOrder() {
    #expect(
      Mood.allCases.map(\.rawValue) == [
        "angry", "disgust", "fear", "happy", "neutral", "sad", "surprise",
      ])
    #expect(Mood.allCases.map(\.index) == Array(0..<7))
  }

  @Test func spellsTheCategoriesAsTheFileDoes() {
    #expect(MoodCategory.allCases.map(\.rawValue) == ["Happy", "Calm", "Energetic", "Sad"])
  }
}

struct MoodDistributionTests {
  static let mixed: [Float] = [0.1, 0.05, 0.05, 0.3, 0.2, 0.25, 0.05]

  @Test func givesEachMoodItsProbability() {
    let distribution = MoodDistribution(probabilities: Self.mixed)
    #expect(Mood.allCases.map { distribution[$0] } == Self.mixed)
    #expect(distribution.mood == .happy)
    #expect(distribution.confidence == 0.3)
    #expect(abs(distribution.margin - 0.05) < 1e-6)
  }

  @Test(arguments: Mood.allCases)
  func isSureOfACertainMood(_ mood: Mood) {
    let distribution = MoodDistribution(certain: mood)
    #expect(distribution.mood == mood)
    #expect(distribution.confidence == 1)
    #expect(distribution.margin == 1)
    #expect(distribution.entropy == 0)
  }

  @Test func breaksTiesInTrainingOrder() {
    #expect(MoodDistribution.uniform.mood == .angry)
    #expect(MoodDistribution.uniform.sorted.map(\.mood) == Mood.allCases)
    let tied = MoodDistribution(probabilities: [0, 0, 0.4, 0.1, 0, 0.1, 0.4])
    #expect(tied.mood == .fear)
    #expect(
      tied.sorted.map(\.mood) == [.fear, .surprise, .happy, .sad, .angry, .disgust, .neutral])
  }

  @Test func measuresEntropyInBits() {
    #expect(abs(MoodDistribution.uniform.entropy - 2.807_355) < 1e-5)
    let coin = MoodDistribution(probabilities: [0.5, 0, 0, 0.5, 0, 0, 0])
    #expect(coin.entropy == 1)
  }

  @Test(arguments: [
    [], [1], [0.5, 0.5, 0, 0, 0, 0], [0.2, 0.2, 0.2, 0.2, 0.2, 0, 0, 0],
    [.nan, 0, 0, 0, 0, 0, 1], [.infinity, 0, 0, 0, 0, 0, 0], [-0.1, 0.1, 0, 0, 0, 0, 1],
    [1.5, -0.5, 0, 0, 0, 0, 0], [0.5, 0.4, 0, 0, 0, 0, 0], [0.5, 0.502, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0],
  ])
  func refusesWhatIsNoDistribution(_ values: [Float]) {
    #expect(MoodDistribution(checking: values) == nil)
  }

  @Test func forgivesRounding() {
    #expect(MoodDistribution(checking: [0.5, 0.4999, 0, 0, 0, 0, 0]) != nil)
  }

  @Test func trapsOnAProgrammersMistake() async {
    await #expect(processExitsWith: .failure) {
      _ = MoodDistribution(probabilities: [0.5, 0.5])
    }
  }
}

struct SplitMix64Tests {
  /// The first outputs of `splitmix64.c` for this seed, as published with other ports of it.
  @Test func matchesThePublishedSequence() {
    var generator = SplitMix64(seed: 1_234_567)
    let outputs = (0..<5).map { _ in generator.next() }
    #expect(
      outputs == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }
}
