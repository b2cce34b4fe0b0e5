import MoodVision

/// Lets photos to the reader, as many as may wait: bounded in photos and bytes, each with a deadline.
///
/// The reader joins what waits in one forward pass. A photo whose client has gone, or whose time is
/// over, leaves it.
actor InferenceQueue {
  private let service: any MoodService
  private let options: ServerOptions
  private let metrics: ServerMetrics
  private var waiting = 0
  private var waitingBytes = 0

  /// How often is looked whether a client has gone.
  private static let watchInterval = Duration.milliseconds(50)

  init(service: any MoodService, options: ServerOptions, metrics: ServerMetrics) {
    (self.service, self.options, self.metrics) = (service, options, metrics)
  }

  /// Makes ready for every size of a batch.
  nonisolated func warmUp() async {
    for size in 1...max(1, options.batch) where !Task.isCancelled {
      service.warmUp(batch: size)
      await Task.yield()
    }
  }

  /// Waits for what a photo shows.
  ///
  /// - Throws: ``ServerError/overloaded`` at once where no place is free;
  ///   ``ServerError/deadlineExceeded`` or ``ServerError/clientGone`` if it left the queue.
  func read(
    _ request: PhotoRequest, isGone: @escaping @Sendable () -> Bool = { false }
  ) async throws(ServerError) -> PhotoResult {
    if isGone() { throw .clientGone }
    guard waiting < options.pending, waitingBytes + request.bytes.count <= options.pendingBytes
    else { throw .overloaded }
    waiting += 1
    waitingBytes += request.bytes.count
    metrics.setPending(waiting)
    let began = ContinuousClock.now
    let deadline = began + options.answerDeadline
    defer {
      waiting -= 1
      waitingBytes -= request.bytes.count
      metrics.setPending(waiting)
      metrics.answered(in: ContinuousClock.now - began)
    }
    return try await withTaskGroup(of: Result<PhotoResult, ServerError>.self) { [service] group in
      group.addTask { await Self.answer(request, service) }
      group.addTask { .failure(await Self.watch(until: deadline, isGone)) }
      let first = await group.next() ?? .failure(.failed)
      group.cancelAll()
      return first
    }.get()
  }

  private static func answer(
    _ request: PhotoRequest, _ service: any MoodService
  ) async -> Result<PhotoResult, ServerError> {
    let photo = Photo(bytes: request.bytes)
    do {
      if request.explains {
        let explanation = try await service.explain(photo, mood: nil, request.selection)
        return .success(try PhotoResult(explanation, id: request.id))
      }
      return .success(
        PhotoResult(try await service.read(photo, request.selection), id: request.id))
    } catch let error as MoodVisionError {
      return .failure(.photo(error))
    } catch is CancellationError {
      return .failure(.clientGone)
    } catch {
      return .failure(.failed)
    }
  }

  /// Returns why the photo need not be read any more.
  private static func watch(
    until deadline: ContinuousClock.Instant, _ isGone: @Sendable () -> Bool
  ) async -> ServerError {
    while !isGone() {
      let now = ContinuousClock.now
      if now >= deadline { return .deadlineExceeded }
      do {
        try await Task.sleep(
          until: min(now + watchInterval, deadline), clock: .continuous)
      } catch { return .clientGone }
    }
    return .clientGone
  }
}
