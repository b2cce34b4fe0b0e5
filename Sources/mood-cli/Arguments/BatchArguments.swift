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
        + "it are left out, and new lines go to its end. A folder holds parts (*.jsonl); new "
        + "parts are added, each as a whole. A name that ends in / is made.",
      valueName: "file or folder/"))
  var resume: String?

  @Option(help: ArgumentHelp("How many answers make a part of such a folder.", valueName: "n"))
  var partSize = 1000

  @Flag(help: "Add the SHA-256 of each photo's file to its line.")
  var sha256 = false

  @Flag(
    help: ArgumentHelp(
      "Read photos themselves from standard input: length of the name, name, length of the file, "
        + "its bytes. Lengths are four bytes, the lowest first. Answers are JSON."))
  var frames = false

  func validate() throws {
    if !(1...1_000_000).contains(partSize) {
      throw ValidationError("--part-size is from 1 to 1000000.")
    }
  }

  /// Whether answers are JSON; so they are behind those of an earlier run, and those to frames.
  var isJSON: Bool { json || resume != nil || frames }

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
