import MoodVision
import Testing

struct MoodFilterTests {
  @Test func halvesAnAnswerInItsHalfLife() {
    var filter = MoodFilter(halfLife: 2)
    #expect(filter.add(MoodDistribution(certain: .sad), at: 10)[.sad] == 1)
    let half = filter.add(MoodDistribution(certain: .happy), at: 12)
    let error: Float = max(abs(half[.sad] - 0.5), abs(half[.happy] - 0.5))
    #expect(error < 1e-6)
  }

  @Test func doesNotDependOnThePaceOfFrames() {
    var (slow, fast) = (MoodFilter(halfLife: 1), MoodFilter(halfLife: 1))
    slow.add(MoodDistribution(certain: .sad), at: 0)
    fast.add(MoodDistribution(certain: .sad), at: 0)
    slow.add(MoodDistribution(certain: .fear), at: 3)
    for i in 1...300 { fast.add(MoodDistribution(certain: .fear), at: Double(i) / 100) }
    let (a, b) = (slow.distribution?[.fear] ?? 0, fast.distribution?[.fear] ?? 1)
    let error: Float = max(abs(a - b), abs(a - 0.875))
    #expect(error < 1e-4)
  }

  @Test func smoothsNothingWithoutAHalfLife() {
    var filter = MoodFilter(halfLife: 0)
    filter.add(.uniform, at: 0)
    #expect(filter.add(MoodDistribution(certain: .fear), at: 0)[.fear] == 1)
  }

  @Test func changesOnlyWhenAMoodHolds() throws {
    var change = MoodSwitch(margin: 0.1, hold: 2)
    func mix(_ happy: Float) throws -> MoodDistribution {
      try MoodDistribution(
        probabilities: Mood.allCases.map { $0 == .happy ? happy : $0 == .sad ? 1 - happy : 0 })
    }
    #expect(try change.add(mix(0.9), at: 0) == .happy)
    #expect(try change.add(mix(0.2), at: 1) == nil)
    #expect(try change.add(mix(0.9), at: 2) == nil)  // the rival is forgotten
    #expect(try change.add(mix(0.2), at: 3) == nil)
    #expect(try change.add(mix(0.46), at: 4) == nil)  // within the margin: forgotten as well
    #expect(try change.add(mix(0.2), at: 5) == nil)
    #expect(try change.add(mix(0.2), at: 6.9) == nil)
    #expect(try change.add(mix(0.2), at: 7) == .sad)
    #expect(change.mood == .sad)
  }

  @Test func mixesAGroup() {
    let group = MoodDistribution(mixing: [
      MoodDistribution(certain: .happy), MoodDistribution(certain: .happy),
      MoodDistribution(certain: .fear),
    ])
    let error: Float = abs(group[.fear] - 1 / 3)
    #expect(group.mood == .happy)
    #expect(error < 1e-6)
  }
}
