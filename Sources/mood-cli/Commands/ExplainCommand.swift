import ArgumentParser
import CommandSupport
import ImageDecoding
import MoodVision
import Tensor

/// Draws what the network saw.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Draw which places of a photo spoke for its mood.",
    discussion: """
      Red places spoke for the mood, blue ones against it. The map is gradient times activation at the \
      last feature map (HiResCAM), which is exact for this network. One cell of the map stands for \
      32×32 pixels of the network's input.

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
  @OptionGroup var reading: ReaderArguments

  func validate() throws {
    if output == nil && !json { throw ValidationError("Give -o FILE, --json, or both.") }
  }

  func run() throws {
    try reportingFailures {
      if let output { try refuseOwnInput(output, [photo]) }
      let reader = try reading.reader(searchesFaces: faces.selection.needsFinder)
      let image = try RGBImage(contentsOf: photo)
      let explanation = try reader.explain(Photo(image), mood: mood, faces.selection)
      let face = explanation.reading.faces[0]
      if let output {
        let picture = HeatOverlay.drawn(
          explanation.heat, over: image.turned(explanation.reading.turned), at: face.crop)
        try write(picture.pngData(), to: output)
      }
      if json {
        try StandardOutput.writeLine(jsonLine(HeatLine(explanation, id: photo)))
      } else {
        let probability = percent(face.distribution[explanation.mood])
        printError("\(photo): \(explanation.mood) \(probability)")
      }
    }
  }
}

/// What is printed of an explanation: the reading, and the map.
struct HeatLine: Encodable {
  private let explanation: MoodExplanation
  private let id: String

  init(_ explanation: MoodExplanation, id: String) {
    (self.explanation, self.id) = (explanation, id)
  }

  private enum CodingKeys: String, CodingKey {
    case heat
    case explainedMood = "explained_mood"
  }

  func encode(to encoder: any Encoder) throws {
    try explanation.reading.named(id).encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(explanation.mood, forKey: .explainedMood)
    let heat = explanation.heat
    let (rows, columns) = (heat.shape[0], heat.shape[1])
    try values.encode(
      (0..<rows).map { Array(heat.elements[$0 * columns..<($0 + 1) * columns]) }, forKey: .heat)
  }
}
