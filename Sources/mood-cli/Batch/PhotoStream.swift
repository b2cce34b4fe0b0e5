import CommandSupport
import Foundation
import ImageDecoding
import MoodVision

/// Any number of photos through one reader, in bounded memory.
///
/// A thread hands photos to the reader while others are still under way, at most ``window`` of them
/// from the reading of a path to the taking of its answer.
final class PhotoStream: Sendable {
  /// What is said of one photo.
  struct Answer {
    let path: String
    let reading: Result<MoodReading, Failure>
    /// The SHA-256 of the photo's file, where it was asked for and the file could be read.
    let sha256: String?
  }

  private static let window = 64
  /// How many bytes may wait that came with their photos.
  private static let byteWindow = 64 << 20

  private struct State {
    var answers: [Int: Answer] = [:]
    /// The next photo's number, and that of the first that is not taken.
    var next = 0, first = 0
    /// Photos whose answer is not taken.
    var open = 0
    /// Bytes that came with photos that are not answered.
    var openBytes = 0
    var isEnded = false
    var isStopped = false
    var failure: Failure?
  }

  private let state = ConditionVariable(State())
  private let isOrdered: Bool

  /// Starts reading.
  ///
  /// - `photos`: Where the photos come from.
  /// - `photo`: Makes one ready to be read; its file's digest goes into the second argument.
  /// - `isOrdered`: Whether answers come in the order of the paths, or as they are ready.
  init(
    _ reader: MoodReader, _ selection: FaceSelection, isOrdered: Bool,
    photos: sending some PhotoSource, photo: @escaping @Sendable (PhotoInput, FileDigest) -> Photo
  ) {
    self.isOrdered = isOrdered
    let source = PhotoFeed(photos)
    Thread.detachNewThread { [state] in
      do {
        while Self.waitForRoom(state), let input = try source.next() {
          let digest = FileDigest()
          Self.submit(input, photo(input, digest), digest, to: reader, selection, state)
        }
      } catch { state.change { $0.failure = Failure(error) } }
      state.change { $0.isEnded = true }
    }
  }

  /// Ends the stream: what is answered already may still be taken.
  func stop() { state.change { $0.isStopped = true } }

  /// The answers that are ready, at least one; nil at the end.
  ///
  /// - Throws: `Failure` if the source of the paths failed.
  func next() throws -> [Answer]? {
    typealias Outcome = ConditionVariable<State>.Outcome<([Answer], Failure?)>
    let (answers, failure) = state.wait { state -> Outcome in
      if state.isStopped { return .done(([], nil)) }
      var ready: [Answer] = []
      if isOrdered {
        while let answer = state.answers.removeValue(forKey: state.first) {
          ready.append(answer)
          state.first += 1
        }
      } else {
        ready = state.answers.sorted { $0.key < $1.key }.map(\.value)
        state.answers = [:]
      }
      state.open -= ready.count
      if !ready.isEmpty { return .done((ready, nil)) }
      return state.isEnded && state.open == 0 ? .done(([], state.failure)) : .wait
    }
    if let failure { throw failure }
    return answers.isEmpty ? nil : answers
  }

  private static func waitForRoom(_ state: ConditionVariable<State>) -> Bool {
    state.wait { state in
      if state.isStopped { return .done(false) }
      return state.open < window && state.openBytes < byteWindow ? .done(true) : .wait
    }
  }

  private static func submit(
    _ input: PhotoInput, _ photo: Photo, _ digest: FileDigest, to reader: MoodReader,
    _ selection: FaceSelection, _ state: ConditionVariable<State>
  ) {
    let bytes = input.bytes?.count ?? 0
    let number = state.change { state in
      defer { (state.next, state.open) = (state.next + 1, state.open + 1) }
      state.openBytes += bytes
      return state.next
    }
    @Sendable func answer(_ result: Result<MoodReading, MoodVisionError>) {
      let reading = result.mapError { PhotoArguments.failure($0, of: input) }
      let answer = Answer(
        path: input.path, reading: reading.map { $0.named(input.path) }, sha256: digest.hexadecimal)
      state.change {
        $0.answers[number] = answer
        $0.openBytes -= bytes
      }
    }
    do throws(MoodVisionError) { try reader.read(photo, selection, then: answer) } catch {
      answer(.failure(error))
    }
  }
}

extension MoodReading {
  /// The same reading of a photo with that name.
  func named(_ id: String) -> MoodReading {
    var reading = self
    reading.id = FilePath.replaced(id)
    return reading
  }
}
