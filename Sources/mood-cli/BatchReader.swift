import ImageDecoding
import MoodRecommend

/// Reads any number of photos: decoding and face finding overlap with the network, which gets
/// batches.
///
/// A pass always has ``batch`` faces, the last one repeated where there are too few: sums may be
/// rounded otherwise in passes of another size, and an answer must not depend on what else is read.
struct BatchReader {
  /// What is said of one photo.
  typealias Answer = (path: String, readings: Result<[FaceReader.Reading], Failure>)

  let reader: FaceReader
  let selection: FaceReader.Selection
  let augmentation: TestTimeAugmentation
  /// Faces of one forward pass.
  let batch: Int
  /// Whether answers come in the order of the paths, or as they are ready.
  let isOrdered: Bool

  /// A photo whose faces are on their way.
  private struct Photo {
    let path: String
    var missing: Int
    var readings: Result<[FaceReader.Reading], Failure>

    mutating func add(
      _ place: FaceReader.Place, _ answer: Result<MoodClassifier.Classification, Failure>
    ) {
      missing -= 1
      readings = readings.flatMap { known in
        answer.map { known + [FaceReader.Reading(place: place, classification: $0)] }
      }
    }
  }

  /// Starts threads that make photos ready.
  ///
  /// - `image`: Decodes a photo.
  func queue(
    threads: Int, _ paths: RemainingPaths, image: @escaping @Sendable (String) throws -> RGBImage
  ) -> PhotoQueue {
    PhotoQueue(threads: threads, paths) { [reader, selection, augmentation] path, begin, face in
      let image = try image(path)
      let places = try reader.places(in: image, selection)
      begin(places.count)
      for place in places {
        let part = reader.part(place, of: image)
        face(place, reader.classifier.prepare(part, augmentation: augmentation))
      }
    }
  }

  /// Answers all photos of a queue.
  ///
  /// - `report`: Takes the answers that came out of one pass, perhaps none.
  /// - Throws: What `report` does, and `Failure` if the paths cannot be read on.
  func run(_ queue: PhotoQueue, _ report: ([Answer]) throws -> Void) throws {
    var photos: [Int: Photo] = [:]
    var first = 0  // of those that are not answered
    while let events = try queue.next(batch: batch) {
      var numbers: [Int] = []
      var faces: [(number: Int, place: FaceReader.Place, face: MoodClassifier.PreparedFace)] = []
      for event in events {
        switch event {
        case .photo(let number, let path, let count):
          numbers.append(number)
          photos[number] = Photo(
            path: path, missing: (try? count.get()) ?? 0, readings: count.map { _ in [] })
        case .face(let number, let place, let face):
          numbers.append(number)
          faces.append((number, place, face))
        }
      }
      for (item, answer) in zip(faces, moods(of: faces.map(\.face))) {
        photos[item.number]?.add(item.place, answer)
      }
      var ready: [Int] = []
      if isOrdered {
        while photos[first + ready.count]?.missing == 0 { ready.append(first + ready.count) }
        first += ready.count
      } else {
        ready = numbers.filter { photos[$0]?.missing == 0 }
      }
      var answers: [Answer] = []
      for number in ready {
        guard let photo = photos.removeValue(forKey: number) else { continue }
        answers.append((photo.path, photo.readings))
      }
      try report(answers)
      queue.finish(answers.count)
    }
  }

  /// One pass; if it fails, one for each face, so that the fault is found.
  private func moods(
    of faces: [MoodClassifier.PreparedFace]
  ) -> [Result<MoodClassifier.Classification, Failure>] {
    guard let last = faces.last else { return [] }
    let padding = repeatElement(last, count: max(0, batch - faces.count))
    do {
      return try reader.classifier.classify(faces + padding).prefix(faces.count).map {
        .success($0)
      }
    } catch {
      if faces.count == 1 { return [.failure(Failure(error))] }
      return faces.flatMap { moods(of: [$0]) }
    }
  }
}
