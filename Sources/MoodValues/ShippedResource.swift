private import Foundation

/// Where files that ship with the package are looked for.
package enum ShippedResource {
  /// The file's path, and the places that were looked in: the path that an environment variable
  /// names, else beside the program, else in `share/mood`.
  ///
  /// The accessor that the package manager makes for resources ends the program when the resources
  /// were moved; this looks for itself.
  package static func search(_ name: String, variable: String) -> (path: String?, places: [String])
  {
    if let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty {
      return (path, [path])
    }
    let places = folders.map { $0.appending(path: name).standardized.path }
    return (places.first(where: FileManager.default.fileExists(atPath:)), places)
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
