import Dispatch

/// Photos waiting for the network: whatever waits is taken together, one forward pass at a time.
///
/// Photos are prepared as they come, and those that come meanwhile join the batch.
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

  /// Makes ready for every size of a batch; photos that come meanwhile go between two sizes.
  func warmUp() async {
    for size in stride(from: 1, through: options.batch, by: 1) where !Task.isCancelled {
      await onThread { $0.warmUp(batch: size) }
    }
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
      while !jobs.isEmpty { await runBatch() }
      isRunning = false
    }
  }

  /// How many decoded bytes may wait for one forward pass.
  private static let pixelBytes = 64 << 20

  /// Prepares photos until none waits or the batch is full, and reads their moods.
  private func runBatch() async {
    let began = ContinuousClock.now
    var batch: [(job: Job, photo: PreparedPhoto)] = []
    var bytes = 0
    while !jobs.isEmpty, batch.count < options.batch, bytes < Self.pixelBytes {
      let some = nextJobs(atMost: min(service.photosAtATime, options.batch - batch.count))
      if some.isEmpty { continue }
      let photos = some.map(\.photo)
      let results = await onThread { $0.prepare(photos) }
      for (index, job) in some.enumerated() {
        switch index < results.count ? results[index] : .failure(.failed) {
        case .success(let photo):
          batch.append((job, photo))
          bytes += photo.byteCount
        case .failure(let error): job.answer.resume(returning: .failure(error))
        }
      }
    }
    if batch.isEmpty { return }
    let photos = batch.map(\.photo)
    let readings = await onThread { $0.read(photos) }
    metrics.computed(batch: batch.count, in: ContinuousClock.now - began)
    for (index, waiting) in batch.enumerated() {
      waiting.job.answer.resume(
        returning: index < readings.count ? readings[index] : .failure(.failed))
    }
  }

  /// The first jobs that are worth computing; others on the way are answered.
  private func nextJobs(atMost count: Int) -> [Job] {
    let now = ContinuousClock.now
    let some = remove(0...(min(jobs.count, count) - 1)).filter { job in
      let failure: ServerError? =
        job.isGone() ? .clientGone : job.deadline < now ? .deadlineExceeded : nil
      if let failure { job.answer.resume(returning: .failure(failure)) }
      return failure == nil
    }
    for job in some { metrics.waited(now - job.arrival) }
    return some
  }

  private func remove(_ range: ClosedRange<Int>) -> [Job] {
    let removed = Array(jobs[range])
    jobs.removeSubrange(range)
    waitingBytes -= removed.reduce(0) { $0 + $1.photo.byteCount }
    metrics.setPending(jobs.count)
    return removed
  }

  /// Computes on the thread that all computing is done on.
  private func onThread<R: Sendable>(
    _ compute: @escaping @Sendable (any MoodService) -> R
  ) async -> R {
    await withCheckedContinuation { done in
      thread.async { [service] in done.resume(returning: compute(service)) }
    }
  }
}
