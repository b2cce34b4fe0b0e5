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
        mood-cli classify --resume answers/ --sha256 photos/
        find photos -name '*.jpg' -print0 | mood-cli classify --jsonl -0 --paths-from - --shard 1/4
      """)

  @OptionGroup var photos: PhotoArguments
  @OptionGroup var batch: BatchArguments
  @OptionGroup var faces: FaceArguments
  @OptionGroup var reading: ReaderArguments

  func validate() throws {
    if batch.frames {
      guard photos.isEmpty else {
        throw ValidationError("--frames takes photos from standard input alone: name none.")
      }
    } else {
      try photos.requireSome()
    }
  }

  func run() throws {
    try reportingFailures {
      let earlier = try batch.resume.map { try ResumeLog(path: $0) }
      let reader = try reading.reader(searchesFaces: faces.selection.needsFinder) {
        $0.longestWait = .milliseconds(500)
      }
      try earlier?.warnOfOtherDigits(reader.options.engine)
      let stream =
        batch.frames
        ? stream(reader, FrameReader(), earlier)
        : stream(reader, try photos.paths(), earlier)
      let signals = StopSignals { stream.stop() }
      var report = AnswerReport(
        to: try earlier?.opened(partSize: batch.partSize) ?? .file(.standardOutput),
        isJSON: batch.isJSON)
      // What was answered before a failure is kept.
      let outcome = Result { try write(stream, to: &report) }
      try report.end()
      try outcome.get()
      if let signal = signals.received {
        printError(batch.stopped(by: signal.name, after: report.count))
        throw signal.exitCode
      }
      if let exitCode = report.exitCode(earlier) { throw exitCode }
    }
  }

  private func stream(
    _ reader: MoodReader, _ source: sending some PhotoSource, _ earlier: ResumeLog?
  ) -> PhotoStream {
    PhotoStream(
      reader, faces.selection, isOrdered: !batch.unordered,
      photos: RemainingPhotos(source, shard: batch.shard, earlier: earlier)
    ) { [photos, batch] photo, digest in photos.photo(photo, batch.sha256 ? digest : nil) }
  }

  private func write(_ stream: PhotoStream, to report: inout AnswerReport) throws {
    while let answers = try stream.next() {
      try report.add(answers) { answer, reading in
        let line = ReadingLine(path: answer.path, reading: reading, sha256: answer.sha256)
        return batch.isJSON ? try jsonLine(line) + "\n" : reading.text(answer.path)
      }
    }
  }
}
