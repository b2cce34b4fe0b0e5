import ArgumentParser
import Dispatch
import Foundation
import Synchronization

/// SIGINT and SIGTERM as a wish to end well; the second one ends the program at once.
struct StopSignals {
  private final class First: Sendable {
    let signal = Mutex<Int32?>(nil)
  }
  private let first = First()
  private let sources: [any DispatchSourceSignal]

  /// Listens from here on.
  ///
  /// - `stop`: Called at the first signal, on another thread.
  init(_ stop: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM].map { [first] number in
      signal(number, SIG_IGN)  // the source sees it all the same
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        let isFirst = first.signal.withLock { known in
          defer { known = known ?? number }
          return known == nil
        }
        if !isFirst { _exit(128 + number) }
        stop()
      }
      source.resume()
      return source
    }
  }

  /// The name of the signal that came, and the exit code that tells of it; nil if none came.
  var received: (name: String, exitCode: ExitCode)? {
    first.signal.withLock { $0 }.map {
      ($0 == SIGINT ? "SIGINT" : "SIGTERM", ExitCode(128 + $0))
    }
  }
}
