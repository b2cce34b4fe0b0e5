import Synchronization

/// Where paths of photos come from, one by one.
protocol PathSource: SendableMetatype {
  /// The next path; nil at the end.
  ///
  /// - Throws: `Failure` if a list cannot be read on.
  mutating func next() throws -> String?
}

extension PhotoPaths: PathSource {}
extension RemainingPaths: PathSource {}
extension IndexingIterator<[String]>: PathSource {}

/// A source of paths that a thread takes from.
final class PathFeed<Source: PathSource>: Sendable {
  private let source: Mutex<Source>

  init(_ source: sending Source) { self.source = Mutex(source) }

  func next() throws -> String? { try source.withLock { try $0.next() } }
}
