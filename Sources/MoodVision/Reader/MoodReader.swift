public import FaceFinder
public import Foundation
public import ImageDecoding
public import MoodValues
import ResNetV2
public import Tensor
import WeightLoader

/// Reads the mood on the faces of photos.
///
/// ```swift
/// let reader = try MoodReader()
/// let reading = try await reader.read(contentsOf: photoURL)
/// print(reading.mood, reading.distribution[.happy])
/// ```
/// A reader is made once and shared: concurrent calls join in one forward pass, up to
/// ``MoodReaderOptions/largestBatch`` faces. A photo's answer does not depend on what it is read
/// with. The `async` methods wait without blocking a thread of the cooperative pool, and a cancelled
/// caller leaves the batch with `CancellationError`; their synchronous twins are for scripts and
/// for threads of one's own.
public final class MoodReader: Sendable {
  /// Tells the moods apart.
  public let classifier: MoodClassifier
  /// How the reader works.
  public let options: MoodReaderOptions
  private let pipeline: PhotoPipeline
  private let cropper: FaceCropper

  /// Loads the weights that ship with the package: the product `DefaultWeights`.
  ///
  /// `$MOOD_WEIGHTS` and `$MOOD_FACE_WEIGHTS` name other files.
  ///
  /// - Throws: ``MoodVisionError/weightsNotFound(name:searched:)`` with the places that were
  ///   searched, or ``MoodVisionError/weights(_:)`` if a file is refused.
  public convenience init(options: MoodReaderOptions = .init()) throws(MoodVisionError) {
    try self.init(
      weights: ShippedFile.mood.path(), faceWeights: ShippedFile.face.path(), options: options)
  }

  /// Loads weights from files.
  ///
  /// - Parameters:
  ///   - weights: A network that tells the seven moods apart, as Weights/FORMAT.md describes it.
  ///   - faceWeights: The face detector; nil for a reader that searches no face and takes
  ///     ``FaceSelection/wholePicture`` and ``FaceSelection/box(_:)`` alone.
  ///   - options: How the reader works.
  /// - Throws: ``MoodVisionError``.
  public convenience init(
    weights: String, faceWeights: String?, options: MoodReaderOptions = .init()
  ) throws(MoodVisionError) {
    let classifier: MoodClassifier
    let overlay: HeatOverlay
    let finder: FaceFinder?
    do throws(WeightError) {
      let file = try WeightFile(path: weights)
      classifier = try MoodClassifier(weights: file, options: options.engine)
      overlay = try HeatOverlay(weights: file)
      if let faceWeights {
        finder = try FaceFinder(path: faceWeights, options: options.engine)
      } else {
        finder = nil
      }
    } catch { throw .weights(error) }
    try self.init(classifier: classifier, overlay: overlay, finder: finder, options: options)
  }

  /// Takes an emotion network of one's own, with the face detector that ships with the package.
  ///
  /// It cannot explain its answers by a map of the face, as that needs a ResNetV2.
  ///
  /// - Parameters:
  ///   - network: See ``MoodClassifier/init(network:labels:)``; for answers that do not depend on
  ///     what else is read, its `EngineOptions.isBatchInvariant` is set.
  ///   - labels: What goes in, and what comes out.
  ///   - options: How the reader works.
  /// - Throws: ``MoodVisionError``.
  public convenience init(
    network: Network, labels: MoodLabels, options: MoodReaderOptions = .init()
  ) throws(MoodVisionError) {
    let classifier = try MoodClassifier(network: network, labels: labels)
    try self.init(
      classifier: classifier, finder: Self.shippedFinder(options.engine), options: options)
  }

  /// Joins a classifier and a face finder.
  ///
  /// - Throws: ``MoodVisionError/invalidOption(name:value:expected:)``,
  ///   ``MoodVisionError/readOutMissing(_:)``.
  public init(
    classifier: MoodClassifier, overlay: HeatOverlay? = nil, finder: FaceFinder?,
    options: MoodReaderOptions = .init()
  ) throws(MoodVisionError) {
    try options.check()
    _ = try options.readOut?.adjustment(classifier.metadata)
    (self.classifier, self.options) = (classifier, options)
    cropper = FaceCropper(
      finder: finder, options: options.faces, rule: classifier.metadata.faceCrop)
    pipeline = PhotoPipeline(
      classifier: classifier, cropper: cropper, overlay: overlay, options: options)
  }

  deinit { pipeline.stop() }

  /// The face detector that ships with the package.
  package static func shippedFinder(
    _ options: EngineOptions
  ) throws(MoodVisionError) -> FaceFinder {
    let path = try ShippedFile.face.path()
    do { return try FaceFinder(path: path, options: options) } catch { throw .weights(error) }
  }

  // MARK: Reading

  /// The mood on a photo's largest face, or on what `selection` says.
  ///
  /// - Parameters:
  ///   - photo: The photo.
  ///   - selection: What of it is read; ``FaceSelection/all`` reads every face.
  /// - Returns: The reading, with each face's box, crop and mood.
  /// - Throws: ``MoodVisionError``, of which ``MoodVisionError/noFace`` is the common one;
  ///   `CancellationError`.
  /// - Complexity: One search, and one share of a forward pass for each face.
  public func read(
    _ photo: Photo, _ selection: FaceSelection = .automatic
  ) async throws -> MoodReading {
    try await answer(job(photo, selection)).reading
  }

  /// The mood on a JPEG or PNG file's largest face, or on what `selection` says.
  ///
  /// - Throws: ``MoodVisionError``, `CancellationError`.
  public func read(
    contentsOf url: URL, _ selection: FaceSelection = .automatic
  ) async throws -> MoodReading {
    try await read(Photo(contentsOf: url), selection)
  }

  /// The mood on the largest face of a JPEG or PNG file's bytes, or on what `selection` says.
  ///
  /// - Throws: ``MoodVisionError``, `CancellationError`.
  public func read(
    _ bytes: some Sequence<UInt8>, _ selection: FaceSelection = .automatic
  ) async throws -> MoodReading {
    try await read(Photo(bytes: bytes), selection)
  }

  /// The mood on a picture's largest face, or on what `selection` says.
  ///
  /// - Throws: ``MoodVisionError``, `CancellationError`.
  public func read(
    _ image: RGBImage, _ selection: FaceSelection = .automatic
  ) async throws -> MoodReading {
    try await read(Photo(image), selection)
  }

  /// The mood on a photo's largest face, and which places spoke for it.
  ///
  /// - Parameters:
  ///   - photo: The photo.
  ///   - mood: Which mood is explained; nil for the likeliest.
  ///   - selection: What of the photo is read; the first face is explained.
  /// - Returns: The reading, and a map of the first face.
  /// - Throws: ``MoodVisionError``, `CancellationError`.
  /// - Complexity: A second forward pass, over one face.
  public func explain(
    _ photo: Photo, mood: Mood? = nil, _ selection: FaceSelection = .automatic
  ) async throws -> MoodExplanation {
    try explanation(await answer(job(photo, selection, explains: true, mood: mood)))
  }

  /// Plans and packs for passes over up to so many faces, which the first such pass would do.
  public func warmUp(batch: Int = 1) {
    let face = classifier.prepare(
      RGBImage(checkedWidth: 1, height: 1, pixels: [0, 0, 0]), augmentation: options.augmentation)
    _ = try? classifier.classify(
      Array(repeating: face, count: min(max(batch, 1), 1024)), options.readOut)
  }

  // MARK: Synchronous twins

  /// The same as its `async` twin; waits on the calling thread.
  ///
  /// - Throws: ``MoodVisionError``.
  public func read(
    _ photo: Photo, _ selection: FaceSelection = .automatic
  ) throws(MoodVisionError) -> MoodReading {
    try wait(job(photo, selection)).reading
  }

  /// The same as its `async` twin; waits on the calling thread.
  ///
  /// - Throws: ``MoodVisionError``.
  public func read(
    contentsOf url: URL, _ selection: FaceSelection = .automatic
  ) throws(MoodVisionError) -> MoodReading {
    try read(Photo(contentsOf: url), selection)
  }

  /// The same as its `async` twin; waits on the calling thread.
  ///
  /// - Throws: ``MoodVisionError``.
  public func read(
    _ bytes: some Sequence<UInt8>, _ selection: FaceSelection = .automatic
  ) throws(MoodVisionError) -> MoodReading {
    try read(Photo(bytes: bytes), selection)
  }

  /// The same as its `async` twin; waits on the calling thread.
  ///
  /// - Throws: ``MoodVisionError``.
  public func read(
    _ image: RGBImage, _ selection: FaceSelection = .automatic
  ) throws(MoodVisionError) -> MoodReading {
    try read(Photo(image), selection)
  }

  /// The same as its `async` twin; waits on the calling thread.
  ///
  /// - Throws: ``MoodVisionError``.
  public func explain(
    _ photo: Photo, mood: Mood? = nil, _ selection: FaceSelection = .automatic
  ) throws(MoodVisionError) -> MoodExplanation {
    try explanation(wait(job(photo, selection, explains: true, mood: mood)))
  }

  /// Reads a photo and hands the answer on, on a thread of the reader's, which must not be held up.
  package func read(
    _ photo: Photo, _ selection: FaceSelection,
    then finish: @escaping @Sendable (Result<MoodReading, MoodVisionError>) -> Void
  ) throws(MoodVisionError) {
    let request = try job(photo, selection)
    pipeline.submit(
      request.job { finish(($0 ?? .failure(.noFace)).map(\.reading)) }, id: pipeline.makeID())
  }

  // MARK: Jobs

  /// What is asked, without who is answered.
  private struct Request {
    let photo: Photo
    let selection: FaceSelection
    let explains: Bool
    let mood: Mood?

    func job(
      _ finish: @escaping @Sendable (Result<PhotoAnswer, MoodVisionError>?) -> Void
    ) -> PhotoPipeline.Job {
      PhotoPipeline.Job(
        photo: photo, selection: selection, explains: explains, explainedMood: mood,
        finish: finish)
    }
  }

  private func job(
    _ photo: Photo, _ selection: FaceSelection, explains: Bool = false, mood: Mood? = nil
  ) throws(MoodVisionError) -> Request {
    if selection.needsFinder, cropper.finder == nil {
      throw .invalidOption(
        name: "selection", value: "\(selection)",
        expected: "the whole picture or a box, as this reader has no face detector")
    }
    return Request(photo: photo, selection: selection, explains: explains, mood: mood)
  }

  private func explanation(_ answer: PhotoAnswer) throws(MoodVisionError) -> MoodExplanation {
    guard let explanation = answer.explanation else {
      throw .invalidOption(
        name: "overlay", value: "nil",
        expected: "a HeatOverlay of a ResNetV2 with a weight file, for a reader that explains")
    }
    return explanation
  }

  private func answer(_ request: Request) async throws -> PhotoAnswer {
    let id = pipeline.makeID()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let job = request.job { result in
          switch result {
          case nil: continuation.resume(throwing: CancellationError())
          case .success(let answer): continuation.resume(returning: answer)
          case .failure(let error): continuation.resume(throwing: error)
          }
        }
        pipeline.submit(job, id: id)
        // The handler may have run before the job was there to be cancelled.
        if Task.isCancelled { pipeline.cancel(id) }
      }
    } onCancel: {
      pipeline.cancel(id)
    }
  }

  private func wait(_ request: Request) throws(MoodVisionError) -> PhotoAnswer {
    let answer = ConditionVariable<Result<PhotoAnswer, MoodVisionError>?>(nil)
    let job = request.job { result in answer.change { $0 = result } }
    pipeline.submit(job, id: pipeline.makeID())
    return try answer.wait { $0.map { .done($0) } ?? .wait }.get()
  }
}
