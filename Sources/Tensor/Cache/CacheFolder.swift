#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A file that this package made in its cache.
package struct CachedFile: Sendable, Equatable {
  /// Its name in the folder.
  package let name: String
  /// How long it is.
  package let bytes: Int
  /// When it was written, in seconds since 1970.
  package let time: Double
}

/// The folder of packed weights and tuned algorithms; files of other programs are left alone.
package struct CacheFolder: Sendable {
  /// The most bytes of all files together: 512 MiB.
  package static let byteLimit = 512 << 20
  /// The most files of packed weights.
  static let fileLimit = 8
  /// Half-written files of a program that died are removed after this many seconds.
  private static let abandonedAfter = 3_600.0

  /// Where it is.
  package let path: String

  /// The folder at a path, which need not exist.
  package init(_ path: String) { self.path = path }

  /// The files, the newest first.
  package var files: [CachedFile] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe _ = closedir(folder) }
    var files: [CachedFile] = []
    while let entry = unsafe readdir(folder) {
      // SAFETY: the name ends with a zero within its field.
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      var status = stat()
      guard Self.isOurs(name), unsafe stat("\(path)/\(name)", &status) == 0 else { continue }
      #if canImport(Darwin)
        let changed = status.st_mtimespec
      #else
        let changed = status.st_mtim
      #endif
      files.append(
        CachedFile(
          name: name, bytes: Int(status.st_size),
          time: Double(changed.tv_sec) + Double(changed.tv_nsec) * 1e-9))
    }
    return files.sorted { ($1.time, $0.name) < ($0.time, $1.name) }
  }

  /// Removes the oldest files until what is left keeps the limits.
  package func prune() {
    var (bytes, packed) = (0, 0)
    for file in files {
      if Self.isHalfWritten(file.name) {
        if Double(time(nil)) - file.time > Self.abandonedAfter { remove(file) }
        continue
      }
      bytes += file.bytes
      packed += file.name.hasSuffix(".packed") ? 1 : 0
      if bytes > Self.byteLimit || packed > Self.fileLimit { remove(file) }
    }
  }

  /// Removes a file; whether it is gone.
  @discardableResult package func remove(_ file: CachedFile) -> Bool {
    unsafe unlink("\(path)/\(file.name)") == 0 || errno == ENOENT
  }

  private static func isOurs(_ name: String) -> Bool {
    let word = name.prefix { $0.isHexDigit || $0 == "-" }
    return !word.isEmpty
      && [".packed", ".tuned"].contains { name.dropFirst(word.count).hasPrefix($0) }
  }

  private static func isHalfWritten(_ name: String) -> Bool {
    !name.hasSuffix(".packed") && !name.hasSuffix(".tuned")
  }
}
