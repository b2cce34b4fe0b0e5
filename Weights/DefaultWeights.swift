/// The weights that ship with the package, as resources of this module.
///
/// A target that depends on the product `DefaultWeights` gets the folder
/// `mood_DefaultWeights.resources` beside its program, and `MoodReader` finds it there. A program
/// that brings weights of its own leaves the product out.
public enum DefaultWeights {
  /// The names of the files: the mood network, the face detector and the text model.
  public static let fileNames = ["mood.safetensors", "face.safetensors", "text.moodtext"]
}
