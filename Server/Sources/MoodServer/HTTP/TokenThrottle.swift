import NIOCore
import Synchronization

/// Makes who guesses the token wait: after three wrong ones from an address, each next one is answered
/// later, up to eight seconds. The right token is never kept waiting.
final class TokenThrottle: Sendable {
  /// After so long without a wrong token an address begins anew.
  private static let memory = Duration.seconds(600)
  /// Of so many addresses is known at most.
  private static let limit = 10_000

  private struct Record {
    var failures: Int
    var last: ContinuousClock.Instant
  }
  private let records = Mutex<[String: Record]>([:])

  /// Counts a wrong token, and says how long its answer is to wait.
  func delay(_ address: String, at now: ContinuousClock.Instant = .now) -> Duration {
    records.withLock { records in
      if records.count >= Self.limit, records[address] == nil {
        records = records.filter { now - $0.value.last < Self.memory }
        if records.count >= Self.limit { records.removeAll() }
      }
      var record = records[address] ?? Record(failures: 0, last: now)
      if now - record.last >= Self.memory { record.failures = 0 }
      record = Record(failures: min(record.failures + 1, 32), last: now)
      records[address] = record
      let doublings = record.failures - 4
      return doublings < 0 ? .zero : min(.seconds(8), .milliseconds(250 << doublings))
    }
  }

  /// The address that a connection comes from; a stream of HTTP/2 has its connection's.
  static func address(_ channel: any Channel) -> String {
    (channel.remoteAddress ?? channel.parent?.remoteAddress)?.ipAddress ?? "unknown"
  }
}
