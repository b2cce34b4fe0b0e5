import CommandSupport

/// The paths of photos one by one: those that were named, folders walked, lists read as they come.
struct PhotoPaths {
  private enum Source {
    case named(String)
    case list(DelimitedReader)
  }
  private var sources: [Source]
  private var walk: (folder: String, photos: FolderWalk, isEmpty: Bool)?

  /// Opens all lists.
  ///
  /// - `lists`: Files with a path a line, or between NUL bytes; `-` is standard input.
  /// - Throws: `Failure` `unreadable_file`.
  init(named: [String], lists: [String], isNullSeparated: Bool) throws {
    func list(_ path: String) throws -> Source {
      // A path of more than 4096 bytes cannot be opened anyway.
      .list(
        try DelimitedReader(
          path: path, separator: isNullSeparated ? 0 : UInt8(ascii: "\n"), limit: 1 << 16))
    }
    sources = try named.map { $0 == "-" ? try list($0) : .named($0) } + lists.map(list)
    sources.reverse()
  }

  /// The next path; nil at the end. A folder comes itself where it has no photo.
  ///
  /// - Throws: `Failure` if a list cannot be read on, or is none.
  mutating func next() throws -> String? {
    while true {
      if var current = walk {
        let path = current.photos.next()
        let wasEmpty = current.isEmpty
        current.isEmpty = false
        walk = path == nil ? nil : current
        if let path { return path }
        if wasEmpty { return current.folder }
      }
      switch sources.popLast() {
      case nil: return nil
      case .named(let path):
        guard let photos = FolderWalk(path) else { return path }
        walk = (path, photos, true)
      case .list(var list):
        guard let piece = try list.next() else { continue }
        sources.append(.list(list))
        var path = piece.bytes[...]
        if path.last == UInt8(ascii: "\r") { path.removeLast() }
        if !path.isEmpty { return String(decoding: path, as: UTF8.self) }
      }
    }
  }
}
