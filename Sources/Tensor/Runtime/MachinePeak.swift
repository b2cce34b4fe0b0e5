import KernelTypes
private import Synchronization

/// What this machine's cores can do at most.
package enum MachinePeak {
  /// Floating-point operations a second, in billions, of multiply–adds in registers on all threads.
  ///
  /// The best of a few rounds, some 0.2 s in all.
  package static func gigaflops(_ options: EngineOptions) -> Double {
    let options = options.resolved
    let kernels = KernelTable.kernels(of: options.instructionSet ?? .portable)
    let pool = ThreadPool.shared(threads: options.threads)
    let rounds = 1_000_000
    let sink = Atomic<UInt32>(0)
    var best = 0.0
    for _ in 0..<8 {
      let start = ContinuousClock.now
      // Several chunks a thread: whoever is put aside claims fewer.
      let chunks = options.threads * 4
      pool.forEach(chunks) { _ in
        sink.store(kernels.multiplyAddLoop(rounds, 0.5).bitPattern, ordering: .relaxed)
      }
      let seconds = (ContinuousClock.now - start).seconds
      let operations = Double(rounds * chunks * kernels.multiplyAddLoopOperations)
      best = max(best, operations / seconds / 1e9)
    }
    return best
  }
}

extension Duration {
  /// The duration in seconds.
  package var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
