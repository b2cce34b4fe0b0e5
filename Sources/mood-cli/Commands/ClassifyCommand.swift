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
      The largest face is found and cut as the network's training faces were; a photo that is nothing \
      but a face is taken whole. --face says otherwise. Without a face there is no answer. Folders are \
      walked: .jpg, .jpeg and .png, sorted, hidden ones left out.

      With --jsonl, or --json, one line is printed for each photo, in order; a photo that cannot be \
      read gets a line with "ok":false and does not stop the rest, and the exit code is then 65. SIGINT \
      and SIGTERM end a run after the pass under way, with the exit code 130 or 143; --resume goes \
      on. A photo with a line, be it a failure, has been answered: delete the line to try it again.

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
  @OptionGroup var views: ViewsArgument
  @OptionGroup var reading: ReaderArguments

  func validate() throws { try photos.requireSome() }

  func run() throws {
    try reportingFailures {
      let earlier = try batch.resume.map { try ResumeLog(path: $0) }
      let paths = RemainingPaths(try photos.paths(), shard: batch.shard, earlier: earlier)
      let reader = try reading.reader(searchesFaces: faces.selection.needsFinder) {
        $0.augmentation = views.tta
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
