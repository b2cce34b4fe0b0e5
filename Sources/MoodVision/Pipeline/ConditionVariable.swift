import Foundation
import Synchronization

/// A value that threads change and wait on.
package final class ConditionVariable<Value: Sendable>: Sendable {
  private let value: Mutex<Value>
  private let condition = NSCondition()

  /// Wraps a value.
  package init(_ value: Value) { self.value = Mutex(value) }

  /// What a look at the value comes to.
  package enum Outcome<Result: Sendable>: Sendable {
    /// The wait is over.
    case done(Result)
    /// Look again after the next change.
    case wait
    /// Look again after the next change, or then.
    case waitUntil(ContinuousClock.Instant)
  }

  /// Changes the value, and wakes those who wait.
  @discardableResult
  package func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    return value.withLock { body(&$0) }
  }

  /// Waits until `body` is done with the value, which it may change.
  package func wait<Result: Sendable>(
    for body: (inout Value) -> Outcome<Result>
  ) -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    while true {
      switch value.withLock({ body(&$0) }) {
      case .done(let result): return result
      case .wait: condition.wait()
      case .waitUntil(let time):
        let seconds = (time - .now) / .seconds(1)
        if seconds > 0 { _ = condition.wait(until: Date(timeIntervalSinceNow: seconds)) }
      }
    }
  }
}
