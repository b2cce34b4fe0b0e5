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
  /// - Throws: ``MoodVisionError/weightsNotFound(name:searched:)`` with the places.
  package func path() throws(MoodVisionError) -> String {
    let searched = ShippedResource.search(rawValue, variable: variable)
    guard let path = searched.path else {
      throw .weightsNotFound(name: rawValue, searched: searched.places)
    }
    return path
  }
}
