import ArgumentParser
import Foundation
import MoodRecommend
import MoodVision

/// A mood that is named instead of read off a face.
struct MoodArguments: ParsableArguments {
  @Option(
    name: [.long, .customLong("from")], help: "Use this mood instead of a photo.")
  var mood: Mood?
  @Option(
    help: ArgumentHelp(
      "The moods' probabilities, as JSON: {\"happy\":0.7,\"neutral\":0.3}; what is left "
        + "out is 0.", valueName: "json"))
  var probabilities: ProbabilitiesArgument?

  func validate() throws {
    if mood != nil, probabilities != nil {
      throw ValidationError("Give --mood or --probabilities, one of the two.")
    }
  }

  /// What was named, if anything was.
  var distribution: MoodDistribution? {
    mood.map { MoodDistribution(certain: $0) } ?? probabilities?.distribution
  }
}

/// A distribution as a JSON object.
struct ProbabilitiesArgument: ExpressibleByArgument {
  let distribution: MoodDistribution

  init?(argument: String) {
    guard
      let values = try? JSONDecoder().decode([String: Float].self, from: Data(argument.utf8)),
      let distribution = try? MoodDistribution(named: values)
    else { return nil }
    self.distribution = distribution
  }
}
