import ArgumentParser
import CommandSupport
import MoodText
import MoodVision
import WeightLoader

/// Measures accuracy and calibration on labelled faces.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure accuracy and calibration on labelled faces, or on labelled texts.",
    discussion: """
      FOLDER holds one folder per mood, named angry, disgust, fear, happy, neutral, sad and surprise, \
      with JPEG or PNG pictures of faces. Each picture is taken whole. With --labels, the votes in a \
      FER+ file (CSV) are the truth: columns file, copies, and one per emotion. An emotion with a \
      single vote is dropped. The first choice must have more than half of the remaining votes; \
      other faces are left out. Contempt counts as wrong.

      EXAMPLES
        mood-cli evaluate fer2013/validation
        mood-cli evaluate fer2013/validation --labels ferplus.csv --json
        mood-cli evaluate fer2013/validation --model emotions.onnx
        mood-cli evaluate --text goemotions/dev.tsv
      """)

  @Argument(help: "A folder with one folder per mood.") var folder: String?
  @Option(
    help: ArgumentHelp(
      "Texts instead: a tab and one label after each, a mood's name or its number 0 to 6.",
      valueName: "file"))
  var text: String?
  @Option(help: ArgumentHelp("FER+ votes as the truth.", valueName: "file")) var labels: String?
  @OptionGroup var weights: WeightsArguments
  @OptionGroup var own: OwnNetworkArguments
  @OptionGroup var answering: ReadOutArguments
  @OptionGroup var engine: EngineArguments
  @Flag(help: "One JSON object.") var json = false

  func validate() throws {
    if (folder == nil) == (text == nil) {
      throw ValidationError("Give a folder of faces or --text, one of the two.")
    }
    if own.model != nil, weights.weights != nil {
      throw ValidationError("--model takes the place of --weights.")
    }
    if text != nil, labels != nil { throw ValidationError("--labels is for faces.") }
  }

  func run() throws {
    try reportingFailures {
      if let text {
        let report = try TextReport(text, reader: TextReader())
        return try StandardOutput.writeLine(json ? try jsonLine(report) : report.text)
      }
      guard let folder else { return }
      let votes = try labels.map { try VoteFile(path: $0) }
      let faces = try LabelledFaces(folder: folder, votes: votes)
      let classifier =
        try own.classifier(engine.options)
        ?? MoodClassifier(weights: weights.file(), options: engine.options)
      var evaluation = Evaluation(
        temperature: classifier.metadata.temperature ?? 1, hasVotes: votes != nil)
      let options = try MoodReaderOptions(
        engine: engine.options, augmentation: answering.tta, readOut: answering.readOut)
      try faces.read(classifier, options: options) { evaluation.add($1, truth: $0) }
      try StandardOutput.writeLine(json ? try jsonLine(evaluation.report) : evaluation.report.text)
    }
  }
}
