import ArgumentParser
import ImageDecoding
import MoodRecommend
import Tensor

/// Draws what the network saw.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Draw which places of a photo spoke for its mood.",
    discussion: """
      Red places spoke for the mood, blue ones against it: gradient times activation at the last \
      feature map (HiResCAM), exact for this network. The map has one cell for 32×32 pixels of the \
      network's input.

      EXAMPLES
        mood-cli explain face.jpg -o heat.png
        mood-cli explain --mood fear --json face.jpg
      """)

  @Argument(help: "A JPEG or PNG file.") var photo: String
  @Option(name: .shortAndLong, help: ArgumentHelp("Where to draw, a PNG file.", valueName: "file"))
  var output: String?
  @Option(help: "Explain this mood instead of the most probable one.") var mood: Mood?
  @Flag(help: "Print the map as one JSON object.") var json = false
  @OptionGroup var faces: FaceArguments
  @OptionGroup var weights: WeightsArguments
  @OptionGroup var engine: EngineArguments

  func validate() throws {
    if output == nil && !json { throw ValidationError("Give -o FILE, --json, or both.") }
  }

  func run() throws {
    try reportingFailures {
      let reader = try faces.reader(weights, engine.options, for: faces.face.selection)
      let overlay = try HeatOverlay(weights: weights.file())
      let image = try RGBImage(contentsOf: photo)
      guard let reading = try reader.read(image, faces.face.selection).first else {
        throw Failure.noFace
      }
      let mood = mood ?? reading.classification.distribution.mood
      let heat = try overlay.heat(
        mood, of: reader.part(reading.place, of: image), reader.classifier)
      if let output {
        try write(overlay.drawn(heat, over: image, at: reading.place).pngData(), to: output)
      }
      if json {
        let width = heat.shape[1]
        print(
          try jsonLine(
            HeatLine(
              id: photo, mood: mood.rawValue,
              probability: reading.classification.distribution[mood],
              face: FaceMoodLine(reading),
              heat: (0..<heat.shape[0]).map { Array(heat.elements[$0 * width..<($0 + 1) * width]) })
          ))
      } else {
        printError(
          "\(photo): \(mood.rawValue) \(percent(reading.classification.distribution[mood]))")
      }
    }
  }
}

/// What is printed of an explanation.
struct HeatLine: Encodable {
  var v = 1
  let id: String
  var ok = true
  let mood: String
  let probability: Float
  let face: FaceMoodLine
  /// Rows of the map, from the top; positive where a place spoke for the mood.
  let heat: [[Float]]
}
