import FaceFinder
import Foundation
import ImageDecoding
import MoodValues
import Tensor

/// Photos on their way to an answer: decode, find, cut, batch, classify, answer.
///
/// Threads of its own make photos ready, one thread runs the network over the faces that are ready
/// by then. A pass starts when it is full, when no other photo is being made ready, or when its first
/// face has waited for ``MoodReaderOptions/longestWait``. Memory does not depend on how many photos
/// wait: each holds what its caller gave, and its prepared faces at most ``faceLimit`` at a time.
final class PhotoPipeline: Sendable {
  typealias JobID = UInt64

  /// A photo that is asked about.
  struct Job: Sendable {
    let photo: Photo
    let selection: FaceSelection
    /// Whether the answer says which places spoke for the mood; for this one, or the likeliest.
    var explains = false
    var explainedMood: Mood?
    /// Takes the answer, on a thread of the pipeline; nil if the job was cancelled.
    let finish: @Sendable (Result<PhotoAnswer, MoodVisionError>?) -> Void
  }

  /// How many prepared faces wait for the network.
  private static let faceLimit = 64

  /// A photo whose faces are being read.
  private struct OpenJob {
    let job: Job
    var width = 0, height = 0
    var turn = QuarterTurn.none
    var crops: [FaceCropper.Crop] = []
    var readings: [FaceReading] = []
    /// The first face's pixels, where the answer explains.
    var face: RGBImage?
  }

  private struct ReadyFace {
    let job: JobID
    let face: MoodClassifier.PreparedFace
  }

  private struct State {
    var nextID: JobID = 0
    /// Jobs that wait for a thread; ``order`` may name some that were cancelled.
    var waiting: [JobID: Job] = [:]
    var order: ArraySlice<JobID> = []
    var open: [JobID: OpenJob] = [:]
    var ready: [ReadyFace] = []
    var firstReady: ContinuousClock.Instant?
    /// Photos that a thread makes ready.
    var preparing = 0
    var isStopped = false
  }

  private let state = ConditionVariable(State())
  private let classifier: MoodClassifier
  private let cropper: FaceCropper
  private let overlay: HeatOverlay?
  private let options: MoodReaderOptions

  /// Starts the threads.
  init(
    classifier: MoodClassifier, cropper: FaceCropper, overlay: HeatOverlay?,
    options: MoodReaderOptions
  ) {
    (self.classifier, self.cropper, self.overlay) = (classifier, cropper, overlay)
    self.options = options
    for _ in 0..<options.preparationThreads {
      Thread.detachNewThread { [self] in while prepareOne() {} }
    }
    Thread.detachNewThread { [self] in while runPass() {} }
  }

  /// Ends the threads when they have done what they are at.
  func stop() { state.change { $0.isStopped = true } }

  /// A name for a job that is about to be submitted.
  func makeID() -> JobID {
    state.change {
      $0.nextID += 1
      return $0.nextID
    }
  }

  /// Takes a job; its ``Job/finish`` is called exactly once.
  func submit(_ job: Job, id: JobID) {
    state.change {
      $0.waiting[id] = job
      $0.order.append(id)
    }
  }

  /// Takes a job back; nothing happens if it is finished, or unknown.
  func cancel(_ id: JobID) {
    let job = state.change { state -> Job? in
      state.ready.removeAll { $0.job == id }
      return state.waiting.removeValue(forKey: id) ?? state.open.removeValue(forKey: id)?.job
    }
    job?.finish(nil)
  }

  // MARK: Making photos ready

  /// One photo's turn; false at the end.
  private func prepareOne() -> Bool {
    let next = state.wait { state -> ConditionVariable<State>.Outcome<(JobID, Job)?> in
      if state.isStopped { return .done(nil) }
      guard state.ready.count < Self.faceLimit else { return .wait }
      while let id = state.order.popFirst() {
        guard let job = state.waiting.removeValue(forKey: id) else { continue }
        state.open[id] = OpenJob(job: job)
        state.preparing += 1
        return .done((id, job))
      }
      return .wait
    }
    guard let (id, job) = next else { return false }
    do throws(MoodVisionError) { try prepare(job, id) } catch {
      let open = state.change { $0.open.removeValue(forKey: id) }
      open?.job.finish(.failure(error))
    }
    state.change { $0.preparing -= 1 }
    return true
  }

  private func prepare(_ job: Job, _ id: JobID) throws(MoodVisionError) {
    let selected = try cropper.select(in: job.photo.decoded(), job.selection)
    let (image, crops) = (selected.image, selected.crops)
    let isWanted = state.change { state in
      state.open[id]?.crops = crops
      state.open[id]?.width = image.width
      state.open[id]?.height = image.height
      state.open[id]?.turn = selected.turn
      return state.open[id] != nil
    }
    guard isWanted else { return }
    for (index, crop) in crops.enumerated() {
      let pixels = image.cropped(
        x: crop.rect.x, y: crop.rect.y, checkedWidth: crop.rect.width, height: crop.rect.height)
      let face = classifier.prepare(pixels, augmentation: options.augmentation)
      let isTaken = state.wait { state in
        if state.isStopped || state.open[id] == nil { return .done(false) }
        guard state.ready.count < Self.faceLimit else { return .wait }
        if index == 0, job.explains { state.open[id]?.face = pixels }
        state.ready.append(ReadyFace(job: id, face: face))
        state.firstReady = state.firstReady ?? .now
        return .done(true)
      }
      guard isTaken else { return }
    }
  }

  // MARK: Running the network

  /// One pass over the faces that are ready; false at the end.
  private func runPass() -> Bool {
    let (most, longest) = (options.largestBatch, options.longestWait)
    let faces = state.wait { state -> ConditionVariable<State>.Outcome<[ReadyFace]?> in
      if state.isStopped { return .done(nil) }
      guard let first = state.firstReady, !state.ready.isEmpty else {
        state.firstReady = nil
        return .wait
      }
      let isFull = state.ready.count >= most
      let isAlone = state.preparing == 0 && state.waiting.isEmpty
      guard isFull || isAlone || first + longest <= .now else { return .waitUntil(first + longest) }
      let taken = Array(state.ready.prefix(most))
      state.ready.removeFirst(taken.count)
      state.firstReady = state.ready.isEmpty ? nil : .now
      return .done(taken)
    }
    guard let faces else { return false }
    let began = ContinuousClock.now
    let answers = classify(faces.map(\.face))
    options.passObserver?(
      MoodReaderOptions.Pass(faces: faces.count, duration: .now - began))
    for (face, answer) in zip(faces, answers) { deliver(answer, to: face.job) }
    return true
  }

  /// One pass; if it fails, one for each face, so that only the fault's own photo fails.
  private func classify(
    _ faces: [MoodClassifier.PreparedFace]
  ) -> [Result<MoodClassifier.Classification, MoodVisionError>] {
    do throws(MoodVisionError) {
      return try classifier.classify(faces, options.readOut).map { .success($0) }
    } catch {
      return faces.count == 1 ? [.failure(error)] : faces.flatMap { classify([$0]) }
    }
  }

  /// Adds a face's answer to its job, and finishes the job with the last one.
  private func deliver(
    _ answer: Result<MoodClassifier.Classification, MoodVisionError>, to id: JobID
  ) {
    let done = state.change { state -> (OpenJob, MoodVisionError?)? in
      guard var open = state.open[id] else { return nil }
      switch answer {
      case .success(let answer):
        open.readings.append(FaceReading(open.crops[open.readings.count], answer))
        state.open[id] = open
        guard open.readings.count == open.crops.count else { return nil }
        state.open[id] = nil
        return (open, nil)
      case .failure(let error):
        state.open[id] = nil
        state.ready.removeAll { $0.job == id }
        return (open, error)
      }
    }
    guard let (open, error) = done else { return }
    if let error {
      open.job.finish(.failure(error))
    } else {
      do throws(MoodVisionError) { open.job.finish(.success(try finished(open))) } catch {
        open.job.finish(.failure(error))
      }
    }
  }

  private func finished(_ open: OpenJob) throws(MoodVisionError) -> PhotoAnswer {
    let reading = MoodReading(
      width: open.width, height: open.height, turned: open.turn, source: open.crops[0].source,
      faces: open.readings, instructionSet: options.engine.resolved.instructionSet)
    guard let face = open.face, let overlay else { return PhotoAnswer(reading: reading) }
    let mood = open.job.explainedMood ?? reading.mood
    return PhotoAnswer(
      reading: reading,
      explanation: MoodExplanation(
        reading: reading, mood: mood,
        heat: try overlay.heat(mood, of: face, classifier, augmentation: options.augmentation),
        face: face))
  }
}

/// What the pipeline says of a photo.
struct PhotoAnswer: Sendable {
  let reading: MoodReading
  var explanation: MoodExplanation?
}

extension FaceReading {
  init(_ crop: FaceCropper.Crop, _ answer: MoodClassifier.Classification) {
    self.init(
      box: crop.face?.box, score: crop.face?.score, landmarks: crop.face?.landmarks,
      crop: crop.rect, distribution: answer.distribution, isSure: answer.isSure)
  }
}
