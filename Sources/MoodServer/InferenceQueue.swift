import Dispatch

/// Photos waiting for the network: whatever waits is taken together, one forward pass at a time.
///
/// The network runs on a thread of its own, so the event loops answer while it computes. The queue
/// is bounded in photos and bytes; a photo whose client has gone or whose time is over is dropped
/// before it is computed.
actor InferenceQueue {
  private struct Job {
    let id: UInt64
    let photo: Photo
    let arrival: ContinuousClock.Instant
    let deadline: ContinuousClock.Instant
    let isGone: @Sendable () -> Bool
    let answer: CheckedContinuation<Result<Reading, ServerError>, Never>
  }

  private let service: any MoodService
  private let options: ServerOptions
  private let metrics: ServerMetrics
  private let thread = DispatchQueue(label: "inference", qos: .userInitiated)
  private var jobs: [Job] = []
  private var waitingBytes = 0
  private var isRunning = false
  private var nextID: UInt64 = 0

  init(service: any MoodService, options: ServerOptions, metrics: ServerMetrics) {
    (self.service, self.options, self.metrics) = (service, options, metrics)
  }

  /// Waits for a photo's reading.
  ///
  /// - Throws: ``ServerError/overloaded`` at once where no place is free;
  ///   ``ServerError/deadlineExceeded`` or ``ServerError/clientGone`` if it was dropped.
  func read(
    _ photo: Photo, isGone: @escaping @Sendable () -> Bool = { false }
  ) async throws(ServerError) -> Reading {
    guard jobs.count < options.pending, waitingBytes + photo.byteCount <= options.pendingBytes
    else { throw .overloaded }
    nextID += 1
    let id = nextID
    let arrival = ContinuousClock.now
    let deadline = arrival + options.answerDeadline
    let timer = Task { [weak self] in
      try? await Task.sleep(until: deadline, clock: .continuous)
      if !Task.isCancelled { await self?.expire(id) }
    }
    let result = await withCheckedContinuation { answer in
      jobs.append(
        Job(
          id: id, photo: photo, arrival: arrival, deadline: deadline, isGone: isGone,
          answer: answer))
      waitingBytes += photo.byteCount
      metrics.setPending(jobs.count)
      start()
    }
    timer.cancel()
    return try result.get()
  }

  /// Answers a photo that still waits when its time is over.
  private func expire(_ id: UInt64) {
    guard let index = jobs.firstIndex(where: { $0.id == id }) else { return }
    let job = remove(index...index)[0]
    job.answer.resume(returning: .failure(.deadlineExceeded))
  }

  private func start() {
    guard !isRunning, !jobs.isEmpty else { return }
    isRunning = true
    Task {
      if options.batchDelay > .zero { try? await Task.sleep(for: options.batchDelay) }
      while let batch = nextBatch() { await run(batch) }
      isRunning = false
    }
  }

  /// The jobs that are worth computing, at most a batch; the others are answered.
  private func nextBatch() -> [Job]? {
    while !jobs.isEmpty {
      let now = ContinuousClock.now
      let batch = remove(0...(min(jobs.count, options.batch) - 1)).filter { job in
        let failure: ServerError? =
          job.isGone() ? .clientGone : job.deadline < now ? .deadlineExceeded : nil
        if let failure { job.answer.resume(returning: .failure(failure)) }
        return failure == nil
      }
      for job in batch { metrics.waited(now - job.arrival) }
      if !batch.isEmpty { return batch }
    }
    return nil
  }

  private func remove(_ range: ClosedRange<Int>) -> [Job] {
    let removed = Array(jobs[range])
    jobs.removeSubrange(range)
    waitingBytes -= removed.reduce(0) { $0 + $1.photo.byteCount }
    metrics.setPending(jobs.count)
    return removed
  }

  private func run(_ batch: [Job]) async {
    let began = ContinuousClock.now
    let photos = batch.map(\.photo)
    let results = await withCheckedContinuation { done in
      thread.async { [service] in done.resume(returning: service.read(photos)) }
    }
    metrics.computed(batch: batch.count, in: ContinuousClock.now - began)
    for (index, job) in batch.enumerated() {
      job.answer.resume(returning: index < results.count ? results[index] : .failure(.failed))
    }
  }
}
