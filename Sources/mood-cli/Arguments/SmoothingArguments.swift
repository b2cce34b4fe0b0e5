import ArgumentParser

/// How a video's moods are smoothed, and when one has changed.
struct SmoothingArguments: ParsableArguments {
  @Option(help: "Seconds in which an answer's weight fades by half; 0 smooths nothing.")
  var halfLife = 0.5
  @Option(help: "How much more probable a new mood must be to count as a change, 0 to 1.")
  var margin: Float = 0.1
  @Option(help: "For how many seconds it must be.") var hold = 2.0

  func validate() throws {
    guard halfLife >= 0, hold >= 0, (0...1).contains(margin), halfLife.isFinite, hold.isFinite
    else {
      throw ValidationError("--half-life and --hold are not negative, --margin is 0 to 1.")
    }
  }
}
