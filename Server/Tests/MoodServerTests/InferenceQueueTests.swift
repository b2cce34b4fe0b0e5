import ImageDecoding
import MoodVision
import Testing

@testable import MoodServer

/// The queue alone: a test client sends its requests one after the other.
struct InferenceQueueTests {
  private func photo(_ text: String) -> PhotoRequest { PhotoRequest(bytes: Array(text.utf8)) }

  private func queue(_ change: (inout ServerOptions) -> Void) -> InferenceQueue {
    var options = ServerOptions()
    change(&options)
    return InferenceQueue(service: FakeMoods(), options: options, metrics: ServerMetrics())
  }

  private func outcomes(_ queue: InferenceQueue, _ photos: [PhotoRequest]) async -> [ServerError?] {
    await withTaskGroup(of: ServerError?.self) { group in
      for photo in photos {
        group.addTask {
          do throws(ServerError) {
            _ = try await queue.read(photo)
            return nil
          } catch { return error }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  @Test func refusesWhatFindsNoPlace() async {
    let queue = queue { ($0.pending, $0.batch) = (1, 1) }
    let outcomes = await outcomes(queue, Array(repeating: photo("slow"), count: 8))
    #expect(outcomes.contains(.overloaded) && outcomes.contains(nil))
    #expect(outcomes.allSatisfy { $0 == nil || $0 == .overloaded })
  }

  @Test func keepsDeadlines() async throws {
    let queue = queue { $0.answerDeadline = .milliseconds(100) }
    #expect(await outcomes(queue, [photo("slow")]) == [.deadlineExceeded])
    #expect(await outcomes(queue, [photo("face")]) == [nil])
  }

  @Test func dropsWhoHasGone() async {
    let queue = queue { $0.batch = 1 }
    await #expect(throws: ServerError.clientGone) {
      _ = try await queue.read(photo("face"), isGone: { true })
    }
    let began = ContinuousClock.now
    await #expect(throws: ServerError.clientGone) {
      _ = try await queue.read(photo("slower"), isGone: { .now - began > .milliseconds(60) })
    }
    #expect(.now - began < .seconds(10))
  }

  @Test func oneBadPhotoDoesNotFailTheOthers() async {
    let queue = queue { $0.batch = 4 }
    let photos = [photo("slow"), photo("face"), photo("bad"), photo("face")]
    let outcomes = await outcomes(queue, photos)
    #expect(outcomes.count(where: { $0 == nil }) == 3)
    #expect(outcomes.contains(.photo(.image(.notAnImage))))
  }

  @Test func limitsTheBytesThatWait() async {
    let queue = queue { $0.pendingBytes = 3 }
    #expect(await outcomes(queue, [photo("face")]) == [.overloaded])
  }
}
