import Foundation
import Synchronization

/// Standard output, of which nothing is lost silently: a write that fails ends the command.
public enum StandardOutput {
  /// What is not written yet; nil where nothing was to be written.
  private static let buffer = Mutex<[UInt8]?>(nil)

  /// Adds text; it is written when there is much of it, or at ``flush()``.
  ///
  /// A command that may have nothing to say adds an empty text: an output that takes nothing is then
  /// told as well.
  ///
  /// - Throws: `Failure` `unwritable_output` with the system's reason.
  public static func write(_ text: String) throws {
    let isFull = buffer.withLock {
      if $0 == nil { $0 = [] }
      $0?.append(contentsOf: text.utf8)
      return $0?.count ?? 0 >= 1 << 16
    }
    if isFull { try flush() }
  }

  /// Adds a line.
  ///
  /// - Throws: `Failure` `unwritable_output` with the system's reason.
  public static func writeLine(_ text: String) throws { try write(text + "\n") }

  /// Writes what was added.
  ///
  /// - Throws: `Failure` `unwritable_output` with the system's reason; what was added is dropped.
  public static func flush() throws {
    try buffer.withLock { bytes in
      guard let waiting = bytes else { return }
      bytes = nil
      do throws(SystemError) {
        try FileSystem.writeAll(waiting, to: FileHandle.standardOutput.fileDescriptor)
      } catch {
        throw Failure(
          "unwritable_output", "standard output cannot be written: \(error)", Failure.cannotWrite)
      }
    }
  }
}
