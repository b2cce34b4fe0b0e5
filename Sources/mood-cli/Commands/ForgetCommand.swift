import ArgumentParser
import CommandSupport
import FeedbackStore
import MoodRecommend

/// Removes a listener.
struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Remove all that is kept of a listener, from the file's free pages too.")

  @OptionGroup var data: DataArguments
  @OptionGroup var who: ListenerArgument

  func run() throws {
    try reportingFailures {
      let count = try data.existingStore()?.forget(who.listener) ?? 0
      try StandardOutput.writeLine(
        "Forgot \(who.listener): \(count) \(count == 1 ? "piece" : "pieces") of feedback.")
    }
  }
}
