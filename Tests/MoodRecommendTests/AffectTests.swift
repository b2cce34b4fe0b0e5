import MoodRecommend
import Testing

struct AffectTests {
  @Test func spellsTheCategoriesAsTheFileDoes() {
    #expect(MoodCategory.allCases.map(\.rawValue) == ["Happy", "Calm", "Energetic", "Sad"])
  }

  @Test(arguments: Mood.allCases)
  func placesACertainMoodWhereTheEmotionLies(_ mood: Mood) {
    let point = MoodDistribution(certain: mood).point
    #expect(point.valence == mood.point.valence && point.arousal == mood.point.arousal)
    #expect(point.uncertainty == 0)
  }

  @Test func isUnsureBetweenJoyAndSorrow() throws {
    let torn = try MoodDistribution(probabilities: [0, 0, 0, 0.5, 0, 0.5, 0]).point
    #expect(abs(torn.valence - 0.09) < 1e-6 && abs(torn.arousal - 0.12) < 1e-6)
    // Half the distance between (0.81, 0.51) and (−0.63, −0.27).
    #expect(abs(torn.uncertainty - 0.8188) < 1e-3)
  }

  @Test(arguments: MoodCategory.allCases)
  func filesEachCategorysPlaceUnderItself(_ category: MoodCategory) {
    #expect(category.point.category == category)
  }

  @Test func liftsSorrowAndCalmsAnger() {
    #expect(Goal.lift.target(for: .sad) == MoodCategory.happy.point)
    #expect(Goal.lift.target(for: .angry) == MoodCategory.calm.point)
    for mood in Mood.allCases {
      if mood != .neutral { #expect(Goal.match.target(for: mood) == mood.point) }
      #expect(Goal.calm.target(for: mood).arousal < -0.5)
      #expect(Goal.energise.target(for: mood).arousal > 0.5)
      #expect(Goal.lift.target(for: mood).valence > 0)
      #expect(Goal.classic.target(for: mood) == ClassicPolicy().category(for: mood).point)
    }
  }
}
