import ArgumentParser
import CommandSupport
import Foundation
import MoodVision
import WeightLoader

/// Fits the temperature of a network on labelled faces.
struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Fit how sure a network is to how right it is, on labelled faces.",
    discussion: """
      FOLDER holds one folder for each mood, as for evaluate; the faces must not be those that the \
      network was trained on. Finds the temperature of the least negative log-likelihood, and prints \
      the calibration error before and after; "after" is measured on fifths of the faces that the \
      temperature was not fitted on. With -o, writes a copy of the network's JSON file with the \
      temperature in it. A weight file gets its temperature when it is exported.

      EXAMPLES
        mood-cli calibrate faces/validation --model emotions.onnx -o emotions.json
        mood-cli calibrate faces/validation
      """)

  @Argument(help: "A folder with one folder for each mood.") var folder: String
  @OptionGroup var weights: WeightsArguments
  @OptionGroup var own: OwnNetworkArguments
  @Option(
    help: ArgumentHelp(
      "With --model: the network's JSON file; else the one beside it.", valueName: "file"))
  var labels: String?
  @OptionGroup var engine: EngineArguments
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "With --model: write the JSON file with the temperature there.", valueName: "file"))
  var output: String?
  @Flag(help: "One JSON object.") var json = false

  func validate() throws {
    if own.model == nil, output != nil || labels != nil {
      throw ValidationError("--labels and --output are for --model.")
    }
    if own.model != nil, weights.weights != nil {
      throw ValidationError("--model takes the place of --weights.")
    }
  }

  func run() throws {
    try reportingFailures {
      let faces = try LabelledFaces(folder: folder, votes: nil)
      guard faces.items.count >= 50 else {
        throw Failure(
          "too_few_faces",
          "\(folder) has \(faces.items.count) faces; a temperature needs at least 50")
      }
      let classifier =
        try own.classifier(labels: labels, engine.options)
        ?? MoodClassifier(weights: weights.file(), options: engine.options)
      let before = classifier.metadata.temperature ?? 1
      var fit = TemperatureFit()
      let options = try MoodReaderOptions(engine: engine.options, readOut: .calibrated)
      try faces.read(classifier, options: options) { item, answer in
        guard let label = item.mood?.index else { return }
        fit.add(answer.probabilities, temperature: before, label: label)
      }
      let report = CalibrationReport(fit, before: Double(before))
      if let output, let model = own.model {
        let path = labels ?? own.labelsPath(model)
        var file = try MoodLabels(contentsOf: URL(filePath: path))
        file.temperature = report.temperature
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try write(Array(encoder.encode(file)) + [UInt8(ascii: "\n")], to: output, inputs: [model])
      }
      try StandardOutput.writeLine(json ? try jsonLine(report) : report.text)
    }
  }
}

/// What `calibrate` prints.
struct CalibrationReport: Encodable {
  var v = 1
  let count: Int
  let accuracy, temperature, temperatureBefore: Double
  let nll, nllBefore, ece, eceBefore: Double

  enum CodingKeys: String, CodingKey {
    case v, count, accuracy, temperature, nll, ece
    case temperatureBefore = "temperature_before", nllBefore = "nll_before"
    case eceBefore = "ece_before"
  }

  init(_ fit: TemperatureFit, before: Double) {
    let old = fit.metrics { _ in before }
    let new = fit.crossValidated()
    // A thousandth is as exact as any number of faces can make it.
    temperature = (fit.temperature() * 1000).rounded() / 1000
    (count, accuracy, temperatureBefore) = (old.count, old.accuracy, before)
    (nllBefore, eceBefore) = (old.negativeLogLikelihood, old.expectedCalibrationError)
    (nll, ece) = (new.negativeLogLikelihood, new.expectedCalibrationError)
  }

  var text: String {
    func fixed(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }
    return """
      \(count) faces,\(percent(accuracy)) right
      temperature              \(fixed(temperature)) (before: \(fixed(temperatureBefore)))
      calibration error        \(fixed(ece)) (before: \(fixed(eceBefore)))
      negative log-likelihood  \(fixed(nll)) (before: \(fixed(nllBefore)))
      """
  }
}
