import ArgumentParser
import CommandSupport
import MoodVision
import ResNetV2
import WeightLoader

/// Measures accuracy and calibration on labelled faces.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure accuracy and calibration on a folder of labelled faces.",
    discussion: """
      The folder holds one folder per mood, named angry, disgust, fear, happy, neutral, sad, surprise, \
      with JPEG or PNG faces in it. With --labels, a CSV file of FER+ votes is the truth instead of \
      the folders: columns file, copies, and one for each emotion; single votes are dropped, the \
      first choice must hold more than half of what is left, and contempt counts as wrong. Faces \
      without such a majority are left out. Pictures are taken whole.

      EXAMPLES
        mood-cli evaluate fer2013/validation
        mood-cli evaluate fer2013/validation --labels ferplus.csv --json
      """)

  @Argument(help: "A folder with one folder per mood.") var folder: String
  @Option(help: ArgumentHelp("FER+ votes as the truth.", valueName: "file")) var labels: String?
  @OptionGroup var views: ViewsArgument
  @OptionGroup var weights: WeightsArguments
  @OptionGroup var engine: EngineArguments
  @Flag(help: "One JSON object.") var json = false

  func run() throws {
    try reportingFailures {
      let votes = try labels.map { try VoteFile(path: $0) }
      let faces = try LabelledFaces(folder: folder, votes: votes)
      let classifier = try MoodClassifier(weights: weights.file(), options: engine.options)
      let reader = try MoodReader(
        classifier: classifier, finder: nil,
        options: MoodReaderOptions(
          engine: engine.options, augmentation: views.tta, largestBatch: 32,
          longestWait: .milliseconds(500)))
      var evaluation = Evaluation(
        temperature: classifier.network.metadata.temperature ?? 1, hasVotes: votes != nil)
      var bar = ProgressBar(total: faces.items.count)
      let stream = PhotoStream(
        reader, .wholePicture, isOrdered: true, paths: faces.items.map(\.path).makeIterator()
      ) { Photo(path: $0) }
      var truths = faces.items.makeIterator()
      while let answers = try stream.next() {
        for (path, reading) in answers {
          guard let item = truths.next() else { break }
          switch reading {
          case .success(let reading): evaluation.add(reading.distribution, truth: item)
          case .failure(let failure):
            throw Failure(failure.code, "\(path): \(failure.message)", failure.exitCode)
          }
        }
        bar.update(evaluation.count)
      }
      try StandardOutput.writeLine(json ? try jsonLine(evaluation.report) : evaluation.report.text)
    }
  }
}
