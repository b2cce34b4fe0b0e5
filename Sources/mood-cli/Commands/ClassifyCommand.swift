import ArgumentParser
import CommandSupport
import Foundation
import MoodVision

/// Prints the mood of each photo.
struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Print the mood on the face of each photo.",
    discussion: """
      It reads the largest face of each photo. A photo that is nothing but a face is taken whole. \
      --face chooses otherwise. Without a face there is no answer. A folder is searched for .jpg, \
      .jpeg, .jpe, .jfif and .png files, sorted by name, without hidden ones.

      --json and --jsonl print one line per photo, in order. A photo that cannot be read gets a line \
      with "ok":false, and the others go on; the exit code is then 65. SIGINT and SIGTERM end a run \
      after the photos in progress (exit code 130 or 143), and --resume goes on later. A photo with \
      an error has an answer too: delete its line to try it again.

      EXAMPLES
        mood-cli classify face.jpg
        mood-cli classify --face all group.jpg
        mood-cli classify --jsonl photos/ > answers.jsonl
        mood-cli classify --resume answers.jsonl photos/
        find photos -name '*.jpg' -print0 | mood-cli classify --jsonl -0 --paths-from - --shard 1/4
      """)

  @OptionGroup var photos: PhotoArguments
  @OptionGroup var batch: BatchArguments
  @OptionGroup var faces: FaceArguments
  @OptionGroup var reading: ReaderArguments

  func validate() throws { try photos.requireSome() }

  func run() throws {
    try reportingFailures {
      let earlier = try batch.resume.map { try ResumeLog(path: $0) }
      let paths = RemainingPaths(try photos.paths(), shard: batch.shard, earlier: earlier)
      let reader = try reading.reader(searchesFaces: faces.selection.needsFinder) {
        $0.longestWait = .milliseconds(500)
      }
      let stream = PhotoStream(
        reader, faces.selection, isOrdered: !batch.unordered, paths: paths
      ) { [photos] in photos.photo($0) }
      let signals = StopSignals { stream.stop() }
      var report = AnswerReport(
        to: try earlier?.opened() ?? .standardOutput, isJSON: batch.isJSON)
      defer { report.end() }
      while let answers = try stream.next() {
        try report.add(answers) { path, reading in
          batch.isJSON
            ? try jsonLine(ReadingLine(path: path, reading: reading)) + "\n" : reading.text(path)
        }
      }
      if let signal = signals.received {
        report.end()
        printError(batch.stopped(by: signal.name, after: report.count))
        throw signal.exitCode
      }
      if let exitCode = report.exitCode(earlier) { throw exitCode }
    }
  }
}
