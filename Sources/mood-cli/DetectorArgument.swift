import ArgumentParser
import FaceFinder
import Foundation
import Tensor

/// The file that the face detector is read from.
struct DetectorArgument: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Face detector; else $MOOD_FACE_WEIGHTS, else the one installed with the program.",
      valueName: "file"))
  var faceWeights: String?

  func finder(_ options: EngineOptions) throws -> FaceFinder {
    try FaceFinder(path: path(), options: options)
  }

  private func path() throws -> String {
    if let faceWeights { return faceWeights }
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["MOOD_FACE_WEIGHTS"], !path.isEmpty { return path }
    for path in WeightsArguments.installedPaths(of: "face.safetensors")
    where FileManager.default.fileExists(atPath: path) {
      return path
    }
    throw Failure(
      "no_weights",
      "no face detector found: give --face-weights FILE or set MOOD_FACE_WEIGHTS. The package's own "
        + "is Weights/face.safetensors", Failure.noInput)
  }
}
