public import ArgumentParser
import CommandSupport
public import MoodRecommend

/// A way in songs from a mood to another.
struct JourneyArguments: ParsableArguments {
  @Option(
    name: [.long, .customLong("to")],
    help: ArgumentHelp(
      "Lead from the mood to calm, happy, energised or even, in songs.", valueName: "goal"))
  var journey: JourneyGoal?
  @Option(help: ArgumentHelp("How long the journey is, 5 to 240.", valueName: "minutes"))
  var minutes = 30.0
  @Option(help: "How it goes: gradual (stays near the start at first) or straight.")
  var strategy = JourneyStrategy.gradual
  @Option(help: ArgumentHelp("Draw the journey's curve into this file.", valueName: "file"))
  var svg: String?

  func validate() throws {
    if !(5...240).contains(minutes) { throw ValidationError("--minutes is from 5 to 240.") }
    if svg != nil, journey == nil {
      throw ValidationError("--svg draws a journey: give --journey.")
    }
  }

  func options(_ wanted: RecommendationArguments) -> JourneyOptions {
    let options = wanted.options(listener: "")
    return JourneyOptions(
      strategy: strategy, minutes: minutes, filter: options.filter, excluded: options.excluded,
      seed: options.seed)
  }

  /// Draws the curve, if one was asked for.
  func draw(_ journey: Journey) throws {
    if let svg { try write(Array(journey.svg.utf8), to: svg) }
  }
}

extension JourneyGoal: ExpressibleByArgument {
  /// Reads a goal's name.
  public init?(argument: String) { self.init(name: argument) }
}
extension JourneyStrategy: ExpressibleByArgument {}
