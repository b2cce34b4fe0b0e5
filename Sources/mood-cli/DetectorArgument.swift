import ArgumentParser
import FaceFinder
import Tensor

/// The file that the face detector is read from.
struct DetectorArgument: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Face detector; else $MOOD_FACE_WEIGHTS, else the one installed with the program.",
      valueName: "file"))
  var faceWeights: String?

  func finder(_ options: EngineOptions) throws -> FaceFinder {
    let path = try WeightsArguments.path(
      given: faceWeights, variable: "MOOD_FACE_WEIGHTS", installed: "face.safetensors",
      missing: "no face detector found: give --face-weights FILE or set MOOD_FACE_WEIGHTS. The "
        + "package's own is Weights/face.safetensors")
    return try FaceFinder(path: path, options: options)
  }
}
