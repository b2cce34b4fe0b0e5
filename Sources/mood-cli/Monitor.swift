import Foundation
import Synchronization

/// A value that threads change and wait on.
final class Monitor<Value: Sendable>: Sendable {
  private let value: Mutex<Value>
  private let condition = NSCondition()

  init(_ value: Value) { self.value = Mutex(value) }

  /// Changes the value, and wakes those who wait.
  func change(_ body: (inout Value) -> Void) {
    condition.lock()
    value.withLock { body(&$0) }
    condition.broadcast()
    condition.unlock()
  }

  /// Waits until `body` has a result; it is tried again after each change.
  func wait<Result: Sendable>(_ body: (inout Value) -> Result?) -> Result {
    wait(tick: .infinity) { value, _ in body(&value) }
  }

  /// The same; after each `tick` of seconds without a change `body` is told how long there was none.
  func wait<Result: Sendable>(
    tick: Double, _ body: (inout Value, _ silence: Double) -> Result?
  ) -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    var silence = 0.0
    while true {
      if let result = value.withLock({ body(&$0, silence) }) { return result }
      if tick.isFinite {
        let isChanged = condition.wait(until: Date(timeIntervalSinceNow: tick))
        silence = isChanged ? 0 : silence + tick
      } else {
        condition.wait()
      }
    }
  }
}
