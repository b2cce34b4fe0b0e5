import Foundation

/// Lets one process or thread at a time make or migrate the databases of a folder.
///
/// Two that start together would else both find no tables, and the second one's making of them
/// would fail. The lock is on the folder itself (`flock`), so that no file of it stays behind; where
/// the file system has none, it does nothing.
struct OpeningLock {
  private let folder: FileHandle

  /// Waits for whoever is opening a database of the folder.
  init(folder url: URL) throws {
    folder = try FileHandle(forReadingFrom: url)
    while flock(folder.fileDescriptor, LOCK_EX) != 0, errno == EINTR {}
  }

  /// Lets the next one in.
  func release() { try? folder.close() }
}
