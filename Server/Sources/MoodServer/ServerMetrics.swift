public import MoodVision
import Synchronization

/// The server's counters, told in Prometheus's text format.
public final class ServerMetrics: Sendable {
  /// What an answer is counted under; a route is a pattern of the router, so there are few.
  struct Answer: Hashable {
    var method, route: String
    var status: Int
  }

  private struct Values {
    var requests: [Answer: Int] = [:]
    var routes: [String: Histogram] = [:]
    var failures: [String: Int] = [:]
    var pending = 0
    var answer = Histogram([0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])
    var compute = Histogram([0.001, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5])
    var batches = Histogram([1, 2, 4, 8, 16, 32])
  }

  private static let routeBounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  private let values = Mutex(Values())
  private let version: String

  /// Creates counters that stand at zero.
  ///
  /// - Parameter version: What build this is, for `mood_build_info`.
  public init(version: String = "0.2.0") { self.version = version }

  /// Counts an answer and the time that it took.
  func answered(_ answer: Answer, in time: Duration) {
    values.withLock {
      $0.requests[answer, default: 0] += 1
      $0.routes[answer.route, default: Histogram(Self.routeBounds)].record(time / .seconds(1))
    }
  }
  /// Counts a failure by its reason.
  func failed(_ code: String) { values.withLock { $0.failures[code, default: 0] += 1 } }
  /// Says how many photos wait.
  func setPending(_ count: Int) { values.withLock { $0.pending = count } }
  /// Counts the time from a photo's arrival to its answer.
  func answered(in time: Duration) { values.withLock { $0.answer.record(time / .seconds(1)) } }
  /// Counts a forward pass; for `MoodReaderOptions.passObserver`.
  @Sendable public func computed(_ pass: MoodReaderOptions.Pass) {
    values.withLock {
      $0.batches.record(Double(pass.faces))
      $0.compute.record(pass.duration / .seconds(1))
    }
  }

  /// All of them in Prometheus's text format, version 0.0.4.
  var text: String {
    let now = values.withLock { $0 }
    var text = PrometheusText()
    text.add(
      "mood_requests_total", .counter, "Answers by method, route and status.",
      now.requests.map {
        (
          [("method", $0.key.method), ("route", $0.key.route), ("status", "\($0.key.status)")],
          Double($0.value)
        )
      })
    text.add(
      "mood_request_seconds", "Time to an answer's head, by route.",
      now.routes.map { ([("route", $0.key)], $0.value) })
    text.add(
      "mood_failures_total", .counter, "Failures by reason.",
      now.failures.map { ([("reason", $0.key)], Double($0.value)) })
    text.add("mood_pending", .gauge, "Photos that wait.", [([], Double(now.pending))])
    text.add(
      "mood_answer_seconds", "Time from a photo's arrival to its answer.", [([], now.answer)])
    text.add("mood_compute_seconds", "Time of a forward pass.", [([], now.compute)])
    text.add("mood_batch_size", "Faces of a forward pass.", [([], now.batches)])
    text.add("mood_build_info", .gauge, "What build this is.", [([("version", version)], 1)])
    ProcessFigures().add(to: &text)
    return text.text
  }
}
