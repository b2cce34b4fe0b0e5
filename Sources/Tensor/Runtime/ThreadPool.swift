import Dispatch
private import Synchronization

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Work that a ``ThreadPool`` hands out in chunks.
package final class ParallelWork: Sendable {
  /// Does chunk number `chunk` of job `job`; `worker` is 0 for the calling thread, else below the
  /// pool's `threads`. Chunks of one job run at the same time and must not depend on each other.
  let run: @Sendable (_ job: Int, _ chunk: Int, _ worker: Int) -> Void

  /// Creates work from what a chunk does.
  package init(_ run: @escaping @Sendable (_ job: Int, _ chunk: Int, _ worker: Int) -> Void) {
    self.run = run
  }
}

/// A few threads that share loops of short chunks: all that the engine runs on.
///
/// A forward pass has some seventy parallel loops of 0.1 to 1 ms. Waking threads for each costs
/// 60 µs a time, so workers spin while a pass runs (0.3 µs a loop) and park soon after it. Chunks
/// are claimed from an atomic counter: a worker that the system has put aside simply claims none,
/// so another process on a core costs its share and no stall.
package final class ThreadPool: Sendable {
  /// How many threads work, the calling one included; at least 1.
  package let threads: Int

  /// Generation (32 bits), first free chunk (16), end of the free chunks (16): claimed by compare
  /// and exchange.
  private let ticket = Atomic<UInt64>(0)
  private let finished = Atomic<Int>(0)
  private let work = Atomic<UInt>(0)  // address of a `ParallelWork`
  private let job = Atomic<Int>(0)
  private let passIsRunning = Atomic<Bool>(false)
  private let parked = Atomic<Int>(0)
  private let wakeUp = DispatchSemaphore(value: 0)

  /// The pool of so many threads; made at its first use, kept for the life of the process.
  ///
  /// - Precondition: `1 <= threads <= 1024`.
  package static func shared(threads: Int) -> ThreadPool {
    precondition((1...1024).contains(threads), "\(threads) threads")
    return pools.withLock { pools in
      if let pool = pools[threads] { return pool }
      let pool = ThreadPool(threads: threads)
      pools[threads] = pool
      return pool
    }
  }
  private static let pools = Mutex<[Int: ThreadPool]>([:])

  private init(threads: Int) {
    self.threads = threads
    for worker in 1..<max(threads, 1) { start(worker) }
  }

  private func start(_ worker: Int) {
    final class Start {
      let pool: ThreadPool, worker: Int
      init(_ pool: ThreadPool, _ worker: Int) { (self.pool, self.worker) = (pool, worker) }
    }
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    // SAFETY: the box is retained here and released by the new thread, once.
    let box = unsafe Unmanaged.passRetained(Start(self, worker)).toOpaque()
    let failure = unsafe pthread_create(
      &thread, nil,
      { argument in
        let box: UnsafeMutableRawPointer? = unsafe argument
        guard let box = unsafe box else { return nil }
        let start = unsafe Unmanaged<Start>.fromOpaque(box).takeRetainedValue()
        DenormalMode.flush()
        start.pool.work(as: start.worker)
      }, box)
    // Fewer threads than asked for are no error: the others claim their chunks.
    if failure != 0 { unsafe Unmanaged<Start>.fromOpaque(box).release() }
  }

  /// Runs `body` while the workers stay awake for its calls of ``run(_:job:chunks:)``.
  ///
  /// If another thread's pass holds the workers, `body` runs on this thread alone: results do not
  /// depend on that. Denormals count as zero inside.
  package func pass(_ body: (_ isParallel: Bool) -> Void) {
    let mode = DenormalMode.flush()
    defer { mode.restore() }
    guard threads > 1,
      passIsRunning.compareExchange(
        expected: false, desired: true, ordering: .sequentiallyConsistent
      ).exchanged
    else { return body(false) }
    for _ in 0..<parked.load(ordering: .sequentiallyConsistent) { wakeUp.signal() }
    body(true)
    passIsRunning.store(false, ordering: .sequentiallyConsistent)
  }

  /// Most chunks of one job: what the ticket's 16 bits count.
  static let mostChunks = 0xFFFF

  /// Runs all chunks of one job; returns when the last is done. Allocates nothing.
  ///
  /// - Precondition: Called inside ``pass(_:)`` with `isParallel`; `chunks <= mostChunks`.
  package func run(_ work: ParallelWork, job number: Int, chunks: Int) {
    precondition((0...Self.mostChunks).contains(chunks), "\(chunks) chunks")
    let generation = (ticket.load(ordering: .relaxed) >> 32) &+ 1
    withExtendedLifetime(work) {
      let address = unsafe UInt(bitPattern: Unmanaged.passUnretained(work).toOpaque())
      self.work.store(address, ordering: .relaxed)
      job.store(number, ordering: .relaxed)
      finished.store(0, ordering: .relaxed)
      ticket.store(generation << 32 | UInt64(chunks), ordering: .releasing)
      while claim(as: 0) {}
      var spins = 0
      while finished.load(ordering: .acquiring) < chunks { pause(&spins) }
    }
  }

  /// Runs `body` for 0 ..< chunks on all threads, in no order.
  package func forEach(_ chunks: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let work = ParallelWork { first, chunk, _ in body(first + chunk) }
    pass { isParallel in
      if isParallel {
        for first in stride(from: 0, to: chunks, by: Self.mostChunks) {
          run(work, job: first, chunks: min(chunks - first, Self.mostChunks))
        }
      } else {
        for chunk in 0..<chunks { body(chunk) }
      }
    }
  }

  /// Claims one chunk and does it; false if none is left.
  ///
  /// Odd workers begin at the end: of two, each has the same half of every layer's pixels, mostly,
  /// and finds what it reads in its own core's cache.
  private func claim(as worker: Int) -> Bool {
    var seen = ticket.load(ordering: .acquiring)
    while true {
      let (first, end) = ((seen >> 16) & 0xFFFF, seen & 0xFFFF)
      if first >= end { return false }
      let isFromBack = worker & 1 == 1
      let (exchanged, original) = ticket.weakCompareExchange(
        expected: seen, desired: isFromBack ? seen - 1 : seen + 0x10000,
        ordering: .acquiringAndReleasing)
      if exchanged {
        // SAFETY: the job cannot end before this chunk does, and its work lives until then.
        if let work = unsafe UnsafeRawPointer(bitPattern: work.load(ordering: .relaxed)) {
          unsafe Unmanaged<ParallelWork>.fromOpaque(work).takeUnretainedValue()
            .run(job.load(ordering: .relaxed), Int(isFromBack ? end - 1 : first), worker)
        }
        finished.add(1, ordering: .releasing)
        return true
      }
      seen = original
    }
  }

  /// A worker's life: claim chunks while a pass runs, park a little after it.
  private func work(as worker: Int) -> Never {
    var spins = 0
    while true {
      if claim(as: worker) {
        spins = 0
      } else if passIsRunning.load(ordering: .relaxed) || spins < Self.spinsBeforeParking {
        pause(&spins)
      } else {
        parked.add(1, ordering: .sequentiallyConsistent)
        if !passIsRunning.load(ordering: .sequentiallyConsistent) { wakeUp.wait() }
        parked.subtract(1, ordering: .sequentiallyConsistent)
        spins = 0
      }
    }
  }

  /// About 0.1 ms; then the processor is left to others.
  private static let spinsBeforeParking = 4000

  /// Waits a moment: a hint to the core at first, the rest of the time slice when it takes long.
  @inline(__always) private func pause(_ spins: inout Int) {
    spins &+= 1
    if spins & 0x3FF == 0 {
      sched_yield()
    } else {
      spinHint()
    }
  }
}

#if arch(x86_64)
  @_silgen_name("llvm.x86.sse2.pause") private func spinHint()
#else
  private func spinHint() {}
#endif
