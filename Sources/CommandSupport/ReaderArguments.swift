public import ArgumentParser
public import MoodVision

/// What reads moods: weights, read-out, engine and face search.
public struct ReaderArguments: ParsableArguments {
  @OptionGroup package var weights: WeightsArguments
  @OptionGroup package var own: OwnNetworkArguments
  @Option(
    help: ArgumentHelp(
      "With --model: the network's JSON file; else the one beside it.", valueName: "file"))
  package var labels: String?
  @OptionGroup package var answering: ReadOutArguments
  @OptionGroup package var engine: EngineArguments
  @OptionGroup package var finding: FindingArguments

  /// Creates the arguments.
  public init() {}

  /// Refuses options that exclude each other.
  public func validate() throws {
    if own.model != nil, weights.weights != nil {
      throw ValidationError("--model takes the place of --weights.")
    }
    if own.model == nil, labels != nil { throw ValidationError("--labels is for --model.") }
  }

  /// A reader; the detector is loaded only where faces are searched.
  ///
  /// - Throws: `MoodVisionError`, `WeightError`, `ONNXError`.
  public func reader(
    searchesFaces: Bool = true, _ change: (inout MoodReaderOptions) -> Void = { _ in }
  ) throws -> MoodReader {
    var options = try MoodReaderOptions(
      engine: engine.options, faces: finding.options, augmentation: answering.tta,
      readOut: answering.readOut)
    change(&options)
    if let classifier = try own.classifier(labels: labels, options.engine) {
      return try MoodReader(
        classifier: classifier, finder: searchesFaces ? finding.finder(options.engine) : nil,
        options: options)
    }
    let file = try weights.file()
    return try MoodReader(
      classifier: MoodClassifier(weights: file, options: options.engine),
      overlay: HeatOverlay(weights: file),
      finder: searchesFaces ? finding.finder(options.engine) : nil, options: options)
  }
}
