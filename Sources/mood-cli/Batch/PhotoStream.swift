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
  typealias Answer = (path: String, reading: Result<MoodReading, Failure>)

  private static let window = 64

  private struct State {
    var answers: [Int: Answer] = [:]
    /// The next photo's number, and that of the first that is not taken.
    var next = 0, first = 0
    /// Photos whose answer is not taken.
    var open = 0
    var isEnded = false
    var isStopped = false
    var failure: Failure?
  }

  private let state = ConditionVariable(State())
  private let isOrdered: Bool

  /// Starts reading.
  ///
  /// - `paths`: Where the paths come from.
  /// - `photo`: Makes a photo of a path.
  /// - `isOrdered`: Whether answers come in the order of the paths, or as they are ready.
  init(
    _ reader: MoodReader, _ selection: FaceSelection, isOrdered: Bool,
    paths: sending some PathSource, photo: @escaping @Sendable (String) -> Photo
  ) {
    self.isOrdered = isOrdered
    let source = PathFeed(paths)
    Thread.detachNewThread { [state] in
      do {
        while Self.waitForRoom(state), let path = try source.next() {
          Self.submit(path, photo(path), to: reader, selection, state)
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
      return state.open < window ? .done(true) : .wait
    }
  }

  private static func submit(
    _ path: String, _ photo: Photo, to reader: MoodReader, _ selection: FaceSelection,
    _ state: ConditionVariable<State>
  ) {
    let number = state.change { state in
      defer { (state.next, state.open) = (state.next + 1, state.open + 1) }
      return state.next
    }
    @Sendable func answer(_ result: Result<MoodReading, MoodVisionError>) {
      let reading = result.mapError { PhotoArguments.failure($0, at: path) }
      state.change {
        $0.answers[number] = (path, reading.map { $0.named(path) })
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
