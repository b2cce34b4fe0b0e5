import ArgumentParser
import CommandSupport
import MoodVision

/// Which faces of a photo are read.
struct FaceArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which face: auto (the largest, or the whole photo if it is nothing but a face), largest, all, "
        + "faces (all, and a small photo needs one too), none (the whole photo), or the box x,y,w,h around one.",
      valueName: "which"))
  var face = FaceArgument(selection: .automatic)

  /// What is read.
  var selection: FaceSelection { face.selection }
}

/// A value of `--face`.
struct FaceArgument: ExpressibleByArgument {
  let selection: FaceSelection

  init(selection: FaceSelection) { self.selection = selection }

  init?(argument: String) {
    guard let selection = FaceSelection(argument) else { return nil }
    self.selection = selection
  }

  var defaultValueDescription: String { "auto" }
}
