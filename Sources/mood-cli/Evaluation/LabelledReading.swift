import CommandSupport
import MoodVision

extension LabelledFaces {
  /// Reads every face whole, in order, hands each to `take`, and shows the progress.
  ///
  /// - Throws: `Failure` at the first face that cannot be read.
  func read(
    _ classifier: MoodClassifier, options: MoodReaderOptions,
    _ take: (Item, MoodDistribution) throws -> Void
  ) throws {
    var options = options
    (options.largestBatch, options.longestWait) = (32, .milliseconds(500))
    let reader = try MoodReader(classifier: classifier, finder: nil, options: options)
    var bar = ProgressBar(total: items.count)
    let stream = PhotoStream(
      reader, .wholePicture, isOrdered: true,
      photos: items.map { PhotoInput(path: $0.path) }.makeIterator()
    ) { photo, _ in Photo(path: photo.path) }
    var (truths, count) = (items.makeIterator(), 0)
    while let answers = try stream.next() {
      for answer in answers {
        guard let item = truths.next() else { break }
        switch answer.reading {
        case .success(let reading): try take(item, reading.distribution)
        case .failure(let failure):
          throw Failure(failure.code, "\(answer.path): \(failure.message)", failure.exitCode)
        }
        count += 1
      }
      bar.update(count)
    }
  }
}
