import ArgumentParser
import FaceFinder
import MoodRecommend
import Tensor

/// Which faces of a photo are read.
struct FaceArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which face: auto (the largest, or the whole photo if it is nothing but a face), largest, all, "
        + "none (the whole photo), or the box x,y,w,h around one.", valueName: "which"))
  var face = FaceArgument(selection: .auto)
  @OptionGroup var finding: FindingArguments

  /// Reads faces so selected; the detector is loaded if that needs it.
  func reader(
    _ weights: WeightsArguments, _ engine: EngineOptions, for selection: FaceReader.Selection
  ) throws -> FaceReader {
    let classifier = try weights.classifier(engine)
    let finder: FaceFinder? =
      switch selection {
      case .none, .box: nil
      case .auto, .largest, .all: try finding.detector.finder(engine)
      }
    return try FaceReader(classifier: classifier, finder: finder, options: finding.options)
  }
}

/// A value of `--face`.
struct FaceArgument: ExpressibleByArgument {
  let selection: FaceReader.Selection

  init(selection: FaceReader.Selection) { self.selection = selection }

  init?(argument: String) {
    switch argument {
    case "auto": selection = .auto
    case "largest": selection = .largest
    case "all": selection = .all
    case "none": selection = .none
    default:
      guard let box = CropArgument(argument: argument) else { return nil }
      selection = .box(x: box.x, y: box.y, width: box.width, height: box.height)
    }
  }

  var defaultValueDescription: String { "auto" }
}

extension Failure {
  /// What is said where no face is seen.
  static let noFace = Failure(
    "no_face",
    "no face was found; --face none takes the whole photo, --face x,y,w,h says where one is")
}

/// The mood of one face of a photo, as it is printed.
struct FaceMoodLine: Encodable {
  let box: [Float]?
  let score: Float?
  let landmarks: [[Float]]?
  /// What the network was shown: x, y, width, height in pixels of the photo.
  let crop: [Int]
  let mood: String
  let uncertain: Bool?
  let probabilities: [String: Float]

  init(_ reading: FaceReader.Reading) {
    let place = reading.place
    let face = place.face.map(FaceLine.init)
    (box, score, landmarks) = (face?.box, face?.score, face?.landmarks)
    crop = [place.x, place.y, place.width, place.height]
    mood = reading.classification.distribution.mood.rawValue
    uncertain = reading.classification.isSure ? nil : true
    probabilities = MoodLine.named(reading.classification.distribution)
  }
}

extension MoodLine {
  /// The first reading's mood, and all readings as `faces`.
  init(id: String, _ readings: [FaceReader.Reading]) throws {
    guard let first = readings.first else { throw Failure.noFace }
    self.init(id: id, first.classification)
    source = first.place.source
    faces = readings.map(FaceMoodLine.init)
  }
}
