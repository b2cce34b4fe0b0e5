public import ArgumentParser
import MoodVision
public import WeightLoader

/// Where the weights are.
public struct WeightsArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Weight file; else $MOOD_WEIGHTS, else the one installed with the program.",
      valueName: "file"))
  package var weights: String?

  /// Creates the arguments.
  public init() {}

  /// The file to use.
  ///
  /// - Throws: `MoodVisionError` if none is there.
  public func path() throws -> String {
    if let weights { return weights }
    return try ShippedFile.mood.path()
  }

  /// The file to use, opened and checked.
  ///
  /// - Throws: `MoodVisionError` if none is there, `WeightError` if it is refused.
  public func file() throws -> WeightFile { try WeightFile(path: path()) }
}
