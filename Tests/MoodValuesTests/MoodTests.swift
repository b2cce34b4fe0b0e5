import MoodValues
import Testing

struct MoodTests {
  @Test func keepsTheTrainingOrder() {
    #expect(
      Mood.allCases.map(\.rawValue) == [
        "angry", "disgust", "fear", "happy", "neutral", "sad", "surprise",
      ])
    #expect(Mood.allCases.map(\.index) == Array(0..<7))
  }
}

struct MoodDistributionTests {
  static let mixed: [Float] = [0.1, 0.05, 0.05, 0.3, 0.2, 0.25, 0.05]

  @Test func givesEachMoodItsProbability() throws {
    let distribution = try MoodDistribution(probabilities: Self.mixed)
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

  @Test func breaksTiesInTrainingOrder() throws {
    #expect(MoodDistribution.uniform.mood == .angry)
    #expect(MoodDistribution.uniform.sorted.map(\.mood) == Mood.allCases)
    let tied = try MoodDistribution(probabilities: [0, 0, 0.4, 0.1, 0, 0.1, 0.4])
    #expect(tied.mood == .fear)
    #expect(
      tied.sorted.map(\.mood) == [.fear, .surprise, .happy, .sad, .angry, .disgust, .neutral])
  }

  @Test func measuresEntropyInBits() throws {
    #expect(abs(MoodDistribution.uniform.entropy - 2.807_355) < 1e-5)
    let coin = try MoodDistribution(probabilities: [0.5, 0, 0, 0.5, 0, 0, 0])
    #expect(coin.entropy == 1)
  }

  @Test(arguments: [
    [], [1], [0.5, 0.5, 0, 0, 0, 0], [0.2, 0.2, 0.2, 0.2, 0.2, 0, 0, 0],
    [.nan, 0, 0, 0, 0, 0, 1], [.infinity, 0, 0, 0, 0, 0, 0], [-0.1, 0.1, 0, 0, 0, 0, 1],
    [1.5, -0.5, 0, 0, 0, 0, 0], [0.5, 0.4, 0, 0, 0, 0, 0], [0.5, 0.502, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0],
  ])
  func refusesWhatIsNoDistribution(_ values: [Float]) {
    #expect(throws: MoodDistributionError.self) {
      _ = try MoodDistribution(probabilities: values)
    }
  }

  @Test func saysWhatIsWrong() {
    func refuses(_ error: MoodDistributionError, _ values: [Float]) {
      #expect(throws: error) { _ = try MoodDistribution(probabilities: values) }
    }
    refuses(.wrongCount(2), [0.5, 0.5])
    refuses(.notAProbability(mood: .disgust, value: -0.5), [1, -0.5, 0, 0, 0, 0, 0.5])
    refuses(.wrongSum(0.5), [0.5, 0, 0, 0, 0, 0, 0])
    #expect(throws: MoodDistributionError.unknownMood("bored")) {
      _ = try MoodDistribution(named: ["bored": 1])
    }
    #expect(throws: MoodDistributionError.self) {
      _ = try MoodDistribution(logits: [0, 0, 0, .nan, 0, 0, 0])
    }
  }

  @Test func takesSomeMoodsByName() throws {
    let mood = try MoodDistribution([.happy: 0.75, .sad: 0.25])
    #expect(mood[.happy] == 0.75 && mood[.sad] == 0.25 && mood[.fear] == 0)
    #expect(try MoodDistribution(named: mood.named) == mood)
    #expect("\(mood)".hasPrefix("happy 0.750, sad 0.250, angry 0.000"))
  }

  @Test func forgivesRounding() throws {
    _ = try MoodDistribution(probabilities: [0.5, 0.4999, 0, 0, 0, 0, 0])
  }
}
