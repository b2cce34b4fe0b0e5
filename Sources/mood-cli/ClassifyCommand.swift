public import ArgumentParser
import ImageDecoding
public import MoodRecommend

/// Prints the mood of each photo.
struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Print the mood on the face of each photo.",
    discussion: """
      The largest face is found and cut as the network's training faces were; a photo that is nothing \
      but a face is taken whole. --face says otherwise. Without a face there is no answer. With --json one line is printed for each photo, in order; a photo that cannot be read gets a line \
      with "ok":false and does not stop the rest, and the exit code is then 65.

      EXAMPLES
        mood-cli classify face.jpg
        mood-cli classify --face all group.jpg
        find photos -name '*.jpg' | mood-cli classify --json -
      """)

  @OptionGroup var photos: PhotoArguments
  @OptionGroup var faces: FaceArguments
  @OptionGroup var weights: WeightsArguments
  @OptionGroup var engine: EngineArguments
  @OptionGroup var views: ViewsArgument
  @Flag(help: "One JSON object a line, described in the README.") var json = false

  func validate() throws { try photos.requireSome() }

  func run() throws {
    try reportingFailures {
      let reader = try faces.reader(weights, engine.options)
      try forEachPhoto(photos) { path in
        let readings = try reader.read(
          photos.image(path), faces.face.selection, augmentation: views.tta)
        if json { return print(try jsonLine(MoodLine(id: path, readings))) }
        if readings.isEmpty { throw Failure.noFace }
        for (index, reading) in readings.enumerated() {
          let answer = reading.classification
          let mood = answer.distribution.mood.rawValue
          let number = readings.count > 1 ? ", face \(index + 1)" : ""
          print("\(path)\(number): \(answer.isSure ? mood : "not sure, perhaps \(mood)")")
          print(bars(answer.distribution))
        }
      } failed: { path, failure in
        if json { print(try jsonLine(MoodLine(id: path, failure: failure))) }
      }
    }
  }
}

/// Views of each face that are averaged.
struct ViewsArgument: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Average views of each face: none, flip (2 passes) or ten (10 passes).", valueName: "views"))
  var tta = TestTimeAugmentation.none
}

extension TestTimeAugmentation: ExpressibleByArgument {}

/// Does something for each photo; a failure is reported, and the rest goes on.
///
/// - Throws: Exit code 65 at the end if any photo failed; 66 if the only one cannot be read.
func forEachPhoto(
  _ photos: PhotoArguments, _ work: (String) throws -> Void,
  failed: (String, Failure) throws -> Void
) throws {
  var (count, failures) = (0, [Failure]())
  var paths = try photos.paths()
  while let path = try paths.next() {
    count += 1
    do { try work(path) } catch {
      let failure = Failure(error)
      failures.append(failure)
      printError("Error: \(path): \(failure.message)")
      try failed(path, failure)
    }
  }
  if count == 1, let only = failures.first { throw only.exitCode }
  if !failures.isEmpty { throw Failure.badData }
}
