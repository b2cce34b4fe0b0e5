import ArgumentParser
import CommandSupport

/// How a long list of photos is worked through.
struct BatchArguments: ParsableArguments {
  @Flag(
    name: [.customLong("json"), .customLong("jsonl")],
    help: "One JSON object per line; docs/answer.schema.json describes it.")
  var json = false

  @Flag(help: "Print answers as they are ready, not in the order of the photos.")
  var unordered = false

  @Option(
    help: ArgumentHelp(
      "Take only the i-th of every n photos; i is 1 to n.", valueName: "i/n"),
    transform: { try Shard($0) })
  var shard: Shard?

  @Option(
    help: ArgumentHelp(
      "Continue an earlier run. FILE is what it printed with --jsonl. Photos with an answer in "
        + "it are left out, and new lines go to its end.", valueName: "file"))
  var resume: String?

  /// Whether answers are JSON; so they are behind those of an earlier run.
  var isJSON: Bool { json || resume != nil }

  /// What is said of a run that was ended by a signal.
  func stopped(by signal: String, after count: Int) -> String {
    let advice =
      resume.map { "To go on, run the same command again; it adds to \($0)." }
      ?? (json
        ? "To go on, run the same command with --resume FILE instead of > FILE."
        : "A run with --jsonl > FILE can be gone on with by --resume FILE.")
    return "Stopped by \(signal) after \(count) photos. \(advice)"
  }
}
