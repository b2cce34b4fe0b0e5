import Foundation

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Why the system did not do what it was asked, in its own words.
package struct SystemError: Error, Equatable, CustomStringConvertible {
  /// The system's number, such as `ENOSPC`.
  package let number: Int32
  /// The system's words, such as "No space left on device".
  package var description: String {
    // SAFETY: strerror's text lasts until its next call, and is copied at once.
    unsafe String(cString: strerror(number))
  }

  /// The error of the call that failed last on this thread.
  fileprivate static var last: SystemError { SystemError(number: errno) }
}

/// What stands at a path; links are followed.
package enum FileKind: Sendable, Equatable {
  /// A regular file with that mode; `identity` is the same for all its names.
  case regular(mode: UInt16, identity: FileIdentity)
  /// A folder.
  case folder(identity: FileIdentity)
  /// A device, a FIFO or a socket.
  case special
}

/// The system's `read`, which ``FileSystem`` has a method of that name beside.
private func systemRead(
  _ file: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int
) -> Int {
  unsafe read(file, buffer, count)
}

/// One file of one disk.
package struct FileIdentity: Sendable, Hashable {
  private let device, number: UInt64

  fileprivate init(_ status: stat) {
    (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
  }
}

/// The calls to the system that Foundation has no safe words for; each checks what it gets back.
///
/// Paths are those of ``FilePath``: a name that is not UTF-8 reaches the system as it is.
package enum FileSystem {
  /// What stands at a path; nil for nothing.
  package static func kind(_ path: String) -> FileKind? {
    var status = stat()
    // SAFETY: the path's bytes end with a zero; `status` is the record that the call fills.
    guard unsafe stat(FilePath.zeroTerminated(path), &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      return .regular(
        mode: UInt16(status.st_mode & 0o7777), identity: FileIdentity(status))
    case S_IFDIR: return .folder(identity: FileIdentity(status))
    default: return .special
    }
  }

  /// Writes all of `bytes` into what stands at a path, from its start, or into a new file.
  ///
  /// - Parameters:
  ///   - bytes: What is written.
  ///   - path: Where.
  ///   - flags: How it is opened, beside writing.
  ///   - mode: The mode of a new file, less the user's mask.
  ///   - exactly: Whether the file gets that mode whatever the mask.
  /// - Throws: ``SystemError``; the file may have a part of the bytes then.
  package static func writeFile(
    _ bytes: [UInt8], to path: String, flags: Int32, mode: UInt16 = 0o666, exactly: Bool = false
  ) throws(SystemError) {
    // SAFETY: the path's bytes end with a zero.
    let file = unsafe open(
      FilePath.zeroTerminated(path), O_WRONLY | O_CLOEXEC | flags, mode_t(mode))
    guard file >= 0 else { throw .last }
    var failure: SystemError?
    do throws(SystemError) { try writeAll(bytes, to: file) } catch { failure = error }
    if failure == nil, exactly, fchmod(file, mode_t(mode)) != 0 { failure = .last }
    // What is no file of a disk cannot be synchronised, and says so.
    if failure == nil, fsync(file) != 0, errno != EINVAL, errno != EROFS, errno != ENOTSUP {
      failure = .last
    }
    if close(file) != 0, failure == nil { failure = .last }
    if let failure { throw failure }
  }

  /// Writes all of `bytes` to an open file; of no bytes, asks whether it takes any.
  package static func writeAll(_ bytes: [UInt8], to file: Int32) throws(SystemError) {
    var written = 0
    repeat {
      // SAFETY: the bytes from `written` on are the array's own, for the length of the call.
      let count = unsafe bytes.withUnsafeBytes {
        unsafe write(file, $0.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw .last
      }
      written += count
    } while written < bytes.count
  }

  /// The bytes of a file, of which no more than `limit` and one are read.
  package static func read(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
    // SAFETY: the path's bytes end with a zero.
    let file = unsafe open(FilePath.zeroTerminated(path), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .last }
    defer { close(file) }
    return try read(file, limit: limit)
  }

  /// What an open file has left, of which no more than `limit` and one are read.
  package static func read(_ file: Int32, limit: Int) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count <= limit {
      let part = try readSome(file, most: min(1 << 16, limit + 1 - bytes.count))
      if part.isEmpty { break }
      bytes += part
    }
    return bytes
  }

  /// The next bytes of an open file: what is there, once something is; none at the end.
  package static func readSome(_ file: Int32, most: Int) throws(SystemError) -> [UInt8] {
    while true {
      var failure: SystemError?
      // SAFETY: the call fills at most `most` bytes, and says how many it did.
      let part = unsafe [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
        let result = unsafe systemRead(file, buffer.baseAddress, most)
        if result < 0 { failure = .last }
        count = max(0, result)
      }
      guard let failure else { return part }
      if failure.number != EINTR { throw failure }
    }
  }

  /// The names in a folder, but `.` and `..`; in no order.
  package static func names(in folder: String) throws(SystemError) -> [String] {
    // SAFETY: the path's bytes end with a zero.
    guard let listing = unsafe opendir(FilePath.zeroTerminated(folder)) else { throw .last }
    defer { unsafe _ = closedir(listing) }
    var names: [String] = []
    while let entry = unsafe readdir(listing) {
      // SAFETY: the name ends with a zero within its field.
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { field in
        unsafe Array(field.prefix { $0 != 0 })
      }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(FilePath.text(name)) }
    }
    return names
  }

  /// The program's arguments, its own name left out.
  package static var arguments: [String] {
    // SAFETY: the system's list of arguments lasts as long as the program, and each ends with a zero.
    (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      unsafe CommandLine.unsafeArgv[index].map { word in
        unsafe FilePath.text(
          Array(UnsafeBufferPointer(start: word, count: strlen(word))).map { UInt8(bitPattern: $0) }
        )
      }
    }
  }

  /// Gives a file another name, in place of what had that name.
  package static func move(_ old: String, to new: String) throws(SystemError) {
    // SAFETY: both names' bytes end with a zero.
    let result = unsafe rename(FilePath.zeroTerminated(old), FilePath.zeroTerminated(new))
    if result != 0 { throw .last }
  }

  /// Removes a file's name; nothing happens if there is none.
  package static func remove(_ path: String) {
    // SAFETY: the path's bytes end with a zero.
    unsafe _ = unlink(FilePath.zeroTerminated(path))
  }

  /// Opens a file that is made if need be and never cut.
  package static let createFlags = O_CREAT | O_EXCL
  /// Opens a file that is there, and empties it.
  package static let truncateFlags = O_TRUNC
}
