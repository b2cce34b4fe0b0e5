private import Dispatch
private import Synchronization

/// Work on many elements at a time.
enum Parallel {
  /// As `elements.map(transform)`, on all cores.
  static func map<Elements: RandomAccessCollection & Sendable, Value: Sendable>(
    _ elements: Elements, _ transform: @Sendable (Elements.Element) -> Value
  ) -> [Value] {
    let size = 256
    let count = (elements.count + size - 1) / size
    let pieces = Mutex([[Value]](repeating: [], count: count))
    DispatchQueue.concurrentPerform(iterations: count) { piece in
      let part = elements.dropFirst(piece * size).prefix(size).map(transform)
      pieces.withLock { $0[piece] = part }
    }
    return pieces.withLock { $0.flatMap { $0 } }
  }
}
