import MoodRecommend

/// Every journey: seven moods, four goals, three lengths, two strategies, measured and printed.
struct Journeys {
  static func run(_ catalogue: Catalogue, prints: Bool) throws {
    let recommender = Recommender(catalogue: catalogue)
    for strategy in JourneyStrategy.allCases {
      var (start, end, step, monotony, late, off): (Float, Float, Float, Float, Float, Float) =
        (0, 0, 0, 1, 0, 0)
      var (away, replanned, repeats) = (Float(0), 0, 0)
      var (sums, count, worst) = ([Float](repeating: 0, count: 5), 0, "")
      for mood in Mood.allCases {
        for goal in JourneyGoal.allCases {
          for minutes in [30.0, 60, 90] {
            let options = JourneyOptions(strategy: strategy, minutes: minutes, seed: 1)
            let face = MoodDistribution(certain: mood)
            let journey: Journey
            do { journey = try recommender.journey(from: face, to: goal, options: options) } catch {
              print(strategy, mood, goal, minutes, error)
              continue
            }
            count += 1
            let values = [
              journey.startDistance, journey.endDistance, journey.largestStep, journey.monotony,
              abs(journey.duration / Float(minutes * 60) - 1),
            ]
            for (index, value) in values.enumerated() { sums[index] += value }
            if journey.largestStep > step { worst = "\(mood) to \(goal), \(minutes) min" }
            (start, end) = (max(start, values[0]), max(end, values[1]))
            (step, monotony) = (max(step, values[2]), min(monotony, values[3]))
            late = max(late, values[4])
            if Set(journey.stops.map(\.song.artist)).count < journey.stops.count { repeats += 1 }
            for index in journey.stops.indices {
              let after = try recommender.journey(journey, skipping: index, options: options)
              replanned += 1
              off = max(off, abs(after.duration / Float(minutes * 60) - 1))
              away = max(away, after.endDistance)
              let ids = after.stops.map(\.song.id)
              let keeps = ids.starts(with: journey.stops[..<index].map(\.song.id))
              if !keeps || ids.contains(journey.stops[index].song.id)
                || Set(after.stops.map(\.song.artist)).count < after.stops.count
              {
                repeats += 1
              }
            }
            if prints { Self.show(journey, mood, goal) }
          }
        }
      }
      print(
        "\(strategy): \(count) journeys; largest (mean): start \(start) (\(sums[0] / Float(count))),"
          + " end \(end) (\(sums[1] / Float(count))), step \(step) (\(sums[2] / Float(count))) at"
          + " \(worst), time \(late); least monotony \(monotony) (\(sums[3] / Float(count)));"
          + " \(replanned) skips: time \(off), end \(away); \(repeats) with a repeated artist, the"
          + " skipped song, or a changed beginning")
    }
  }

  private static func show(_ journey: Journey, _ mood: Mood, _ goal: JourneyGoal) {
    print("\n\(mood) to \(goal), \(Int(journey.minutes)) min, \(journey.strategy):")
    for stop in journey.stops {
      func tenths(_ value: Float) -> Float { (value * 10).rounded() / 10 }
      print(
        "  \(Int(stop.start / 60)) min  \(stop.song)  (\(tenths(stop.place.valence)),"
          + " \(tenths(stop.place.arousal)), \(Int(stop.place.tempo)))")
    }
  }
}
