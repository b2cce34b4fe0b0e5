import Synchronization

/// A photo that is to be read: its path, or its name and the bytes that came with it.
struct PhotoInput: Sendable {
  let path: String
  var bytes: [UInt8]?
}

/// Where photos come from, one by one.
protocol PhotoSource: SendableMetatype {
  /// The next photo; nil at the end.
  ///
  /// - Throws: `Failure` if a list cannot be read on.
  mutating func next() throws -> PhotoInput?
}

extension PhotoPaths: PhotoSource {}
extension RemainingPhotos: PhotoSource {}
extension IndexingIterator<[PhotoInput]>: PhotoSource {}

/// A source of photos that a thread takes from.
final class PhotoFeed<Source: PhotoSource>: Sendable {
  private let source: Mutex<Source>

  init(_ source: sending Source) { self.source = Mutex(source) }

  func next() throws -> PhotoInput? { try source.withLock { try $0.next() } }
}
