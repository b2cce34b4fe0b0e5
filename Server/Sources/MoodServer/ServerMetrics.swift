public import MoodVision
import Synchronization

/// The server's counters, told in Prometheus's text format.
public final class ServerMetrics: Sendable {
  private struct Histogram {
    let bounds: [Double]
    var counts: [Int]
    var sum = 0.0

    init(_ bounds: [Double]) {
      self.bounds = bounds
      counts = Array(repeating: 0, count: bounds.count + 1)
    }

    mutating func record(_ value: Double) {
      counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
      sum += value
    }

    func lines(_ name: String, _ help: String) -> String {
      var total = 0
      var text = "# HELP \(name) \(help)\n# TYPE \(name) histogram\n"
      for (bound, count) in zip(bounds.map { "\($0)" } + ["+Inf"], counts) {
        total += count
        text += "\(name)_bucket{le=\"\(bound)\"} \(total)\n"
      }
      return text + "\(name)_sum \(sum)\n\(name)_count \(total)\n"
    }
  }

  private struct Values {
    var requests: [Int: Int] = [:]
    var failures: [String: Int] = [:]
    var pending = 0
    var answer = Histogram([0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])
    var compute = Histogram([0.001, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5])
    var batches = Histogram([1, 2, 4, 8, 16, 32])
  }

  private let values = Mutex(Values())

  /// Creates counters that stand at zero.
  public init() {}

  /// Counts an answer by its status.
  func answered(status: Int) { values.withLock { $0.requests[status, default: 0] += 1 } }
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
    func counters(_ name: String, _ help: String, _ label: String, _ rows: [(String, Int)])
      -> String
    {
      rows.sorted { $0.0 < $1.0 }.reduce(into: "# HELP \(name) \(help)\n# TYPE \(name) counter\n") {
        $0 += "\(name){\(label)=\"\($1.0)\"} \($1.1)\n"
      }
    }
    return counters(
      "mood_requests_total", "Answers by status.", "status",
      now.requests.map { ("\($0.key)", $0.value) })
      + counters(
        "mood_failures_total", "Failures by reason.", "reason",
        now.failures.map { ($0.key, $0.value) })
      + "# HELP mood_pending Photos that wait.\n# TYPE mood_pending gauge\n"
      + "mood_pending \(now.pending)\n"
      + now.answer.lines("mood_answer_seconds", "Time from a photo's arrival to its answer.")
      + now.compute.lines("mood_compute_seconds", "Time of a forward pass.")
      + now.batches.lines("mood_batch_size", "Faces of a forward pass.")
  }
}
