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
    try Self.path(
      given: weights, variable: "MOOD_WEIGHTS", installed: "mood.safetensors",
      missing: "no weights found: give --weights FILE or set MOOD_WEIGHTS. The package's own are "
        + "Weights/mood.safetensors; Weights/README.md says how to make others")
  }

  func file() throws -> WeightFile { try WeightFile(path: path()) }

  func classifier(_ options: EngineOptions = .init()) throws -> MoodClassifier {
    try MoodClassifier(weights: file(), options: options)
  }

  /// The file that is given, else the environment's, else the one installed with the program.
  ///
  /// - Throws: `Failure`, with `missing` as its message, if none is there.
  static func path(
    given: String?, variable: String, installed name: String, missing: String
  ) throws -> String {
    if let given { return given }
    if let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty { return path }
    for path in installedPaths(of: name) where FileManager.default.fileExists(atPath: path) {
      return path
    }
    throw Failure("no_weights", missing, Failure.noInput)
  }

  /// `share/mood` beside the folder of the program, and `Weights` of the package it was built in.
  private static func installedPaths(of name: String) -> [String] {
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
