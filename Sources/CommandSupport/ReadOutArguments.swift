public import ArgumentParser
public import MoodVision

/// How a face's answer is made of what the network computes: one setting for every command and the
/// server, with the library's defaults.
public struct ReadOutArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Average views of each face: none, flip (with its mirror image, 2 passes) or ten (crops, 10 "
        + "passes).", valueName: "views"))
  package var tta = TestTimeAugmentation.standard
  @Option(
    help: ArgumentHelp(
      "How probabilities are made: calibrated (as people would vote) or balanced (finds more fear "
        + "and disgust, which are rare); else balanced where the weight file has it.",
      valueName: "name"))
  package var readOut: ReadOut?

  /// Creates the arguments.
  public init() {}
}

extension TestTimeAugmentation: ExpressibleByArgument {}
extension ReadOut: ExpressibleByArgument {}
