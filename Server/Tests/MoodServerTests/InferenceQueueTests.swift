import ImageDecoding
import Testing

@testable import MoodServer

/// The queue alone: a test client sends its requests one after the other.
struct InferenceQueueTests {
  private func photo(_ text: String) -> Photo { Photo(.file(Array(text.utf8))) }

  private func queue(_ change: (inout ServerOptions) -> Void) -> InferenceQueue {
    var options = ServerOptions()
    change(&options)
    return InferenceQueue(service: FakeMoods(), options: options, metrics: ServerMetrics())
  }

  private func outcomes(_ queue: InferenceQueue, _ photos: [Photo]) async -> [ServerError?] {
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
    let queue = queue { ($0.batch, $0.answerDeadline) = (1, .milliseconds(100)) }
    async let first = outcomes(queue, [photo("slow")])
    try await Task.sleep(for: .milliseconds(50))
    #expect(await outcomes(queue, [photo("face")]) == [.deadlineExceeded])
    _ = await first
  }

  @Test func dropsWhoHasGone() async {
    let queue = queue { $0.batch = 1 }
    await #expect(throws: ServerError.clientGone) {
      _ = try await queue.read(photo("face"), isGone: { true })
    }
  }

  @Test func takesWhatWaitsTogether() async {
    let queue = queue { $0.batch = 4 }
    let photos = [photo("slow"), photo("face"), photo("bad"), photo("face")]
    let outcomes = await outcomes(queue, photos)
    #expect(outcomes.count(where: { $0 == nil }) == 3)
    #expect(outcomes.contains(.image(.notAnImage)))
  }

  @Test func takesWhatComesMeanwhile() async throws {
    let metrics = ServerMetrics()
    let queue = InferenceQueue(service: FakeMoods(), options: .init(), metrics: metrics)
    async let first = outcomes(queue, [photo("slow")])
    try await Task.sleep(for: .milliseconds(100))
    #expect(await outcomes(queue, [photo("face"), photo("bad")]).contains(nil))
    #expect(await first == [nil])
    #expect(metrics.text.contains("mood_batch_size_sum 2.0\nmood_batch_size_count 1\n"))
  }
}
