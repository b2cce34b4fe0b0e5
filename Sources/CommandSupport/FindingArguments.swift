public import ArgumentParser
public import FaceFinder
import MoodVision
public import Tensor

/// How faces are searched, and with which detector.
public struct FindingArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Face detector; else $MOOD_FACE_WEIGHTS, else the one installed with the program.",
      valueName: "file"))
  package var faceWeights: String?
  @Option(help: "Least score of a face, 0 to 1.") package var faceThreshold: Float = 0.6
  @Option(
    help: ArgumentHelp(
      "Make larger photos smaller for the search, 32 to 16384.", valueName: "pixels"))
  package var maxSide = 640
  @Option(help: "Search at half and twice that size too: never, if-none-found or always.")
  package var otherScales = FaceFinderOptions.OtherScales.ifNoneFound

  /// Creates the arguments.
  public init() {}

  /// Refuses what is out of range.
  public func validate() throws {
    if !(0...1).contains(faceThreshold) {
      throw ValidationError("--face-threshold is from 0 to 1.")
    }
    if !(32...16384).contains(maxSide) { throw ValidationError("--max-side is from 32 to 16384.") }
  }

  /// How faces are searched.
  ///
  /// - Throws: `FaceFinderError` for what ``validate()`` refuses.
  public var options: FaceFinderOptions {
    get throws {
      try FaceFinderOptions(
        scoreThreshold: faceThreshold, maximumSide: maxSide, otherScales: otherScales)
    }
  }

  /// The detector.
  ///
  /// - Throws: `MoodVisionError` if no file is there, `WeightError` if it is refused.
  public func finder(_ engine: EngineOptions) throws -> FaceFinder {
    try FaceFinder(path: faceWeights ?? ShippedFile.face.path(), options: engine)
  }
}

extension FaceFinderOptions.OtherScales: ExpressibleByArgument {}
