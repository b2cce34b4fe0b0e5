import ArgumentParser
import Foundation
import MoodRecommend
import Tensor
import WeightLoader

/// Where the weights are.
struct WeightsArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Weight file; else $MOOD_WEIGHTS, else the one installed with the program.",
      valueName: "file"))
  var weights: String?

  /// The file to use, and how it was found.
  ///
  /// - Throws: `Failure` if none is there.
  func path() throws -> String {
    if let weights { return weights }
    if let path = ProcessInfo.processInfo.environment["MOOD_WEIGHTS"], !path.isEmpty { return path }
    for path in Self.installedPaths(of: "mood.safetensors")
    where FileManager.default.fileExists(atPath: path) {
      return path
    }
    throw Failure(
      "no_weights",
      "no weights found: give --weights FILE or set MOOD_WEIGHTS. The package's own are "
        + "Weights/mood.safetensors; Weights/README.md says how to make others", Failure.noInput)
  }

  func file() throws -> WeightFile { try WeightFile(path: path()) }

  func classifier(_ options: EngineOptions = .init()) throws -> MoodClassifier {
    try MoodClassifier(weights: file(), options: options)
  }

  /// `share/mood` beside the folder of the program, and `Weights` of the package it was built in.
  static func installedPaths(of name: String) -> [String] {
    guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return [] }
    var folder = program.deletingLastPathComponent()
    var paths = [folder.appending(path: "../share/mood/\(name)").standardized.path]
    for _ in 0..<4 {
      folder.deleteLastPathComponent()
      paths.append(folder.appending(path: "Weights/\(name)").path)
    }
    return paths
  }
}
