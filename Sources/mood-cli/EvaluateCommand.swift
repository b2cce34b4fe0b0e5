import ArgumentParser
import Foundation
import ImageDecoding
import MoodRecommend

/// Measures accuracy and calibration on labelled faces.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure accuracy and calibration on a folder of labelled faces.",
    discussion: """
      The folder holds one folder a mood, named angry, disgust, fear, happy, neutral, sad, surprise, \
      with JPEG or PNG faces in it. With --labels, a CSV file of FER+ votes is the truth instead of \
      the folders: columns file, copies, and one for each emotion; single votes are dropped, the \
      first choice must hold more than half of what is left, and contempt counts as wrong. Faces \
      without such a majority are left out.

      EXAMPLES
        mood-cli evaluate fer2013/validation
        mood-cli evaluate fer2013/validation --labels ferplus.csv --json
      """)

  @Argument(help: "A folder with a folder a class.") var folder: String
  @Option(help: ArgumentHelp("FER+ votes as the truth.", valueName: "file")) var labels: String?
  @OptionGroup var weights: WeightsArguments
  @OptionGroup var engine: EngineArguments
  @OptionGroup var views: ViewsArgument
  @Flag(help: "One JSON object.") var json = false

  private static let batch = 32

  func run() throws {
    try reportingFailures {
      let votes = try labels.map { try VoteFile(path: $0) }
      let faces = try LabelledFaces(folder: folder, votes: votes)
      let classifier = try weights.classifier(engine.options)
      let names = Mood.allCases.map(\.rawValue)
      var calibrated = ClassificationMetrics(classes: names)
      var raw = ClassificationMetrics(classes: names)
      var divergence = 0.0
      var bar = ProgressBar(total: faces.items.count)
      for start in stride(from: 0, to: faces.items.count, by: Self.batch) {
        let items = faces.items[start..<min(start + Self.batch, faces.items.count)]
        let images = try items.map { item in
          do { return try RGBImage(contentsOf: item.path) } catch {
            let failure = Failure(error)
            throw Failure(failure.code, "\(item.path): \(failure.message)", failure.exitCode)
          }
        }
        let answers = try classifier.classify(images, augmentation: views.tta)
        for (item, answer) in zip(items, answers) {
          let label = item.mood?.index
          calibrated.add(probabilities: answer.distribution.probabilities, label: label)
          raw.add(
            probabilities: MoodDistribution(logits: answer.logits).probabilities, label: label)
          if let shares = item.shares {
            divergence += answer.distribution.divergence(from: shares)
          }
        }
        bar.update(start + items.count)
      }
      let report = EvaluationReport(
        calibrated, raw: raw,
        divergence: votes == nil ? nil : divergence / Double(max(1, faces.items.count)))
      print(json ? try jsonLine(report) : report.text)
    }
  }
}
