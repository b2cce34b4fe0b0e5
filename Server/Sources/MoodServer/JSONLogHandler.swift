public import Foundation
public import Logging

/// A log of one JSON object per line: `time`, `level`, `label`, `message`, and what stands beside it.
public struct JSONLogHandler: LogHandler {
  /// From which level on lines are written.
  public var logLevel = Logger.Level.info
  /// What stands in every line.
  public var metadata: Logger.Metadata = [:]
  private let label: String
  private let write: @Sendable (Data) -> Void

  /// Creates a log.
  ///
  /// - Parameters:
  ///   - label: What writes.
  ///   - write: Takes a line with its line break; standard error unless told otherwise.
  public init(
    label: String, write: @escaping @Sendable (Data) -> Void = FileHandle.standardError.write
  ) {
    (self.label, self.write) = (label, write)
  }

  /// What stands in every line, by name.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes a line.
  public func log(event: LogEvent) {
    var fields = metadata.merging(event.metadata ?? [:]) { _, new in new }
      .mapValues { "\($0)" }
    fields["time"] = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    (fields["level"], fields["label"]) = ("\(event.level)", label)
    fields["message"] = "\(event.message)"
    write(Data(encoded(fields) + [0x0A]))
  }
}
