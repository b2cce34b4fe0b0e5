import Foundation
import MoodValues

/// A file that ships with the package, and where a program looks for it.
package enum ShippedFile: String {
  /// The mood network.
  case mood = "mood.safetensors"
  /// The face detector.
  case face = "face.safetensors"

  /// The environment variable that names another file.
  package var variable: String {
    switch self {
    case .mood: "MOOD_WEIGHTS"
    case .face: "MOOD_FACE_WEIGHTS"
    }
  }

  /// The file's path: the environment's, else beside the program, else in `share/mood`.
  ///
  /// The accessor that the package manager makes for resources ends the program when the resources
  /// were moved; this looks for itself.
  ///
  /// - Throws: ``MoodVisionError/weightsNotFound(name:searched:)`` with the places.
  package func path() throws(MoodVisionError) -> String {
    if let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty { return path }
    let places = Self.folders.map { $0.appending(path: rawValue).standardized.path }
    guard let found = places.first(where: FileManager.default.fileExists(atPath:)) else {
      throw .weightsNotFound(name: rawValue, searched: places)
    }
    return found
  }

  /// The folders that may hold the files, of the program as it was called and as links lead to it.
  private static var folders: [URL] {
    var folders: [URL] = []
    func add(_ folder: URL) { if !folders.contains(folder) { folders.append(folder) } }
    let programs = [
      Bundle.main.executableURL, Bundle.main.executableURL?.resolvingSymlinksInPath(),
    ]
    for program in programs.compactMap(\.self) {
      let folder = program.deletingLastPathComponent()
      add(folder.appending(path: "mood_DefaultWeights.resources"))
      add(folder.appending(path: "mood_DefaultWeights.bundle/Contents/Resources"))
      add(folder.appending(path: "mood_DefaultWeights.bundle"))
      add(folder.appending(path: "../share/mood").standardized)
    }
    if let resources = Bundle.main.resourceURL {
      add(resources.appending(path: "mood_DefaultWeights.bundle"))
    }
    return folders
  }
}
