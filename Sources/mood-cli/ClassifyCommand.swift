public import ArgumentParser
import Foundation
import ImageDecoding
public import MoodRecommend
import Tensor

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
  @OptionGroup var weights: WeightsArguments
  @OptionGroup var engine: EngineArguments
  @OptionGroup var views: ViewsArgument

  func validate() throws { try photos.requireSome() }

  func run() throws {
    try reportingFailures {
      let earlier = try batch.resume.map { try EarlierAnswers(path: $0) }
      let paths = RemainingPaths(try photos.paths(), shard: batch.shard, earlier: earlier)
      let reader = BatchReader(
        reader: try faces.reader(weights, engine.options, for: faces.face.selection),
        selection: faces.face.selection,
        augmentation: views.tta, batch: photos.isOne ? 1 : 8, isOrdered: !batch.unordered)
      let queue = try reader.queue(threads: engine.options.threads, paths) { [photos] path in
        try photos.image(path)
      }
      let signals = StopSignals { queue.stop() }
      var report = AnswerReport(
        to: try earlier?.opened() ?? .standardOutput, isJSON: batch.isJSON)
      defer { report.end() }
      try reader.run(queue) { try report.add($0) }
      if let signal = signals.received {
        report.end()
        printError(batch.stopped(by: signal.name, after: report.count))
        throw signal.exitCode
      }
      if let exitCode = report.exitCode(earlier) { throw exitCode }
    }
  }
}

/// Views of each face that are averaged.
struct ViewsArgument: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Average views of each face: none, flip (2 passes) or ten (10 passes).", valueName: "views"))
  var tta = TestTimeAugmentation.none
}

extension TestTimeAugmentation: ExpressibleByArgument {}

/// Does something for each photo; a failure is reported, and the rest goes on.
///
/// - Throws: Exit code 65 at the end if any photo failed; 66 if the only one cannot be read.
func forEachPhoto(
  _ photos: PhotoArguments, _ work: (String) throws -> Void,
  failed: (String, Failure) throws -> Void
) throws {
  var (count, failures) = (0, [Failure]())
  var paths = try photos.paths()
  while let path = try paths.next() {
    count += 1
    do { try work(path) } catch {
      let failure = Failure(error)
      failures.append(failure)
      printError("Error: \(path): \(failure.message)")
      try failed(path, failure)
    }
  }
  if count == 1, let only = failures.first { throw only.exitCode }
  if !failures.isEmpty { throw Failure.badData }
}
