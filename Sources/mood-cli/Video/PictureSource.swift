import CommandSupport
import Dispatch
import Foundation
import ImageDecoding
import Synchronization

/// Pictures of an MJPEG stream, read on a thread of its own.
///
/// A live source keeps only the newest picture: who is slow drops the older ones. Otherwise reading
/// waits while four pictures stand in line, so that memory stays flat either way.
final class PictureSource: Sendable {
  struct Picture: Sendable {
    let bytes: [UInt8]
    /// Seconds from the start to its last byte.
    let arrival: Double
    /// Place in the stream, from 0.
    let number: Int
  }

  private struct State {
    var waiting: [Picture] = []
    var count = 0
    var dropped = 0
    var isEnded = false
    var failure: Failure?
    var brokenCount = 0
  }
  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)
  private let room: DispatchSemaphore?
  private let start = ContinuousClock.now

  /// Opens a file, or standard input for `-`.
  ///
  /// - Throws: `Failure` `unreadable_file`.
  init(path: String, dropsOldest: Bool) throws {
    room = dropsOldest ? nil : DispatchSemaphore(value: 4)
    let file: FileHandle
    if path == "-" {
      file = .standardInput
    } else {
      do { file = try FileHandle(forReadingFrom: URL(filePath: path)) } catch {
        throw Failure.unreadable(path, error)
      }
    }
    Thread.detachNewThread { [self] in
      var stream = JPEGStream()
      var failure: Failure?
      do {
        while case let piece = try FileSystem.readSome(file.fileDescriptor, most: 1 << 16),
          !piece.isEmpty
        {
          for bytes in stream.append(piece) { arrive(bytes) }
        }
      } catch {
        failure = Failure("unreadable_file", "\(path) cannot be read: \(error)", Failure.noInput)
      }
      if let last = stream.finish() { arrive(last) }
      let broken = stream.brokenCount
      state.withLock { ($0.isEnded, $0.failure, $0.brokenCount) = (true, failure, broken) }
      arrived.signal()
    }
  }

  /// Seconds since the start.
  var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }

  /// How many pictures were dropped so far.
  var dropped: Int { state.withLock { $0.dropped } }

  /// How many pictures had no coded data, once the stream has ended.
  var brokenCount: Int { state.withLock { $0.brokenCount } }

  private func arrive(_ bytes: [UInt8]) {
    room?.wait()
    let time = elapsed
    let isNew = state.withLock { state in
      let picture = Picture(bytes: bytes, arrival: time, number: state.count)
      state.count += 1
      if room == nil, !state.waiting.isEmpty {
        state.waiting = [picture]
        state.dropped += 1
        return false
      }
      state.waiting.append(picture)
      return true
    }
    if isNew { arrived.signal() }
  }

  /// The next picture; nil at the end of the stream.
  ///
  /// - Throws: `Failure` `unreadable_file` if the stream ended because it cannot be read on.
  func next() throws -> Picture? {
    arrived.wait()
    let picture = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    if picture != nil { room?.signal() }
    if picture == nil, let failure = state.withLock({ $0.failure }) { throw failure }
    return picture
  }
}
