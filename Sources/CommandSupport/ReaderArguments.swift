public import ArgumentParser
public import MoodVision

/// What reads moods: weights, read-out, engine and face search.
public struct ReaderArguments: ParsableArguments {
  @OptionGroup package var weights: WeightsArguments
  @OptionGroup package var answering: ReadOutArguments
  @OptionGroup package var engine: EngineArguments
  @OptionGroup package var finding: FindingArguments

  /// Creates the arguments.
  public init() {}

  /// A reader; the detector is loaded only where faces are searched.
  ///
  /// - Throws: `MoodVisionError`, `WeightError`.
  public func reader(
    searchesFaces: Bool = true, _ change: (inout MoodReaderOptions) -> Void = { _ in }
  ) throws -> MoodReader {
    var options = try MoodReaderOptions(
      engine: engine.options, faces: finding.options, augmentation: answering.tta,
      readOut: answering.readOut)
    change(&options)
    let file = try weights.file()
    return try MoodReader(
      classifier: MoodClassifier(weights: file, options: options.engine),
      overlay: HeatOverlay(weights: file),
      finder: searchesFaces ? finding.finder(options.engine) : nil, options: options)
  }
}
