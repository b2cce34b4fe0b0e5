import Foundation
import MoodRecommend
import Synchronization

/// Photos on their way to the network: decoded, searched and made ready ahead of it by threads.
///
/// At most ``window`` photos are under way, from a thread's turn to ``finish(_:)``; of each there are
/// its prepared faces only, so memory does not depend on how many photos there are.
final class PhotoQueue: Sendable {
  /// What the network's side gets; the events of one photo come in order.
  enum Event: Sendable {
    /// A photo, and how many faces of it follow or why there are none.
    case photo(number: Int, path: String, Result<Int, Failure>)
    case face(number: Int, FaceReader.Place, MoodClassifier.PreparedFace)

    var isFace: Bool { if case .face = self { true } else { false } }
  }

  /// Makes the faces of a photo ready, one after the other.
  typealias Work =
    @Sendable (
      _ path: String, _ begin: (_ faces: Int) -> Void,
      _ face: (FaceReader.Place, MoodClassifier.PreparedFace) -> Void
    ) throws -> Void

  static let window = 64

  private struct State {
    var events: [Event] = []
    var faces = 0
    /// Photos under way; photos that a thread works on; threads that live.
    var open = 0
    var working = 0
    var threads = 0
    var isStopped = false
    var failure: Failure?
  }
  private let state = Monitor(State())
  private let source: Mutex<(paths: RemainingPaths, number: Int)>
  private let work: Work

  /// Starts threads that work ahead.
  init(threads: Int, _ paths: RemainingPaths, work: @escaping Work) {
    source = Mutex((paths, 0))
    self.work = work
    state.change { $0.threads = threads }
    for _ in 0..<threads {
      Thread.detachNewThread { [self] in
        while step() {}
        state.change { $0.threads -= 1 }
      }
    }
  }

  /// Ends the queue: what the network works on is answered, what waits is not.
  func stop() { state.change { $0.isStopped = true } }

  /// So many photos have been answered, and others may take their places.
  func finish(_ count: Int) { state.change { $0.open -= count } }

  /// The next events: `batch` faces, fewer only if no more are to be expected soon.
  ///
  /// A list that is still being written, or a photo that takes long, must not hold up the others for
  /// ever; a moment between two photos is no reason for a small pass.
  ///
  /// - Returns: The events; nil at the end.
  /// - Throws: `Failure` if the source of the paths failed.
  func next(batch: Int) throws -> [Event]? {
    let (events, failure) = state.wait(tick: 0.02) { state, silence -> ([Event], Failure?)? in
      if state.isStopped { return ([], state.failure) }
      if state.faces >= batch {
        var taken = 0
        let end = state.events.firstIndex { event in
          taken += event.isFace ? 1 : 0
          return taken > batch
        }
        let some = Array(state.events.prefix(end ?? state.events.count))
        state.events.removeFirst(some.count)
        state.faces -= batch
        return (some, nil)
      }
      let isEnding = state.threads == 0
      let isIdle = isEnding || (state.working == 0 && silence > 0)
      guard isIdle || silence > 0.5 else { return nil }
      if state.events.isEmpty { return isEnding ? ([], state.failure) : nil }
      defer { (state.events, state.faces) = ([], 0) }
      return (state.events, nil)
    }
    if let failure { throw failure }
    return events.isEmpty ? nil : events
  }

  /// One photo's turn; false at the end.
  private func step() -> Bool {
    let isOpen = state.wait { state -> Bool? in
      if state.isStopped { return false }
      guard state.open < Self.window else { return nil }
      state.open += 1
      return true
    }
    guard isOpen, let (number, path) = nextPath() else { return false }
    let begins = state.wait { state -> Bool? in
      if !state.isStopped { state.working += 1 }
      return !state.isStopped
    }
    guard begins else { return false }
    defer { state.change { $0.working -= 1 } }
    do {
      try work(path) { count in
        put(.photo(number: number, path: path, .success(count)))
      } _: { place, face in
        put(.face(number: number, place, face))
      }
    } catch { put(.photo(number: number, path: path, .failure(Failure(error)))) }
    return true
  }

  private func nextPath() -> (Int, String)? {
    source.withLock { source in
      do {
        guard let path = try source.paths.next() else { return nil }
        defer { source.number += 1 }
        return (source.number, path)
      } catch {
        let failure = Failure(error)
        state.change { $0.failure = failure }
        return nil
      }
    }
  }

  private func put(_ event: Event) {
    state.wait { state -> Void? in
      guard !event.isFace || state.faces < Self.window else { return nil }
      state.events.append(event)
      state.faces += event.isFace ? 1 : 0
      return ()
    }
  }
}
