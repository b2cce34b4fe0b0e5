import CommandSupport
import ImageDecoding

/// The paths of photos one by one: those that were named, folders walked, lists read as they come.
struct PhotoPaths {
  private enum Source {
    case named(String)
    case list(DelimitedReader)
  }
  private var sources: [Source]
  /// Whether nothing was read of the list that is read next.
  private var isAtStart = true
  /// How many files of folders were passed over, as their names are not those of photos.
  private(set) var skipped = 0
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

  /// The next photo; nil at the end. A folder comes itself where it has no photo.
  ///
  /// - Throws: `Failure` if a list cannot be read on, or is none.
  mutating func next() throws -> PhotoInput? {
    while true {
      if var current = walk {
        let path = current.photos.next()
        if path == nil { skipped += current.photos.skipped }
        let wasEmpty = current.isEmpty
        current.isEmpty = false
        walk = path == nil ? nil : current
        if let path { return PhotoInput(path: path) }
        if wasEmpty { return PhotoInput(path: current.folder) }
      }
      switch sources.popLast() {
      case nil:
        if skipped > 0 {
          let (files, were) = skipped == 1 ? ("file", "was") : ("files", "were")
          printError("\(skipped) other \(files) in the folders \(were) skipped.")
          skipped = 0
        }
        return nil
      case .named(let path):
        guard let photos = FolderWalk(path) else { return PhotoInput(path: path) }
        walk = (path, photos, true)
      case .list(var list):
        if isAtStart, list.path == "-", try list.beginsWithPhoto() {
          return PhotoInput(path: "-", bytes: try list.rest(limit: ImageLimits.maximumBytes))
        }
        guard let piece = try list.next() else {
          isAtStart = true
          continue
        }
        sources.append(.list(list))
        var path = piece.bytes[...]
        // A byte order mark, as some editors put in front.
        if isAtStart, path.starts(with: [0xEF, 0xBB, 0xBF]) { path = path.dropFirst(3) }
        isAtStart = false
        if path.last == UInt8(ascii: "\r") { path.removeLast() }
        if !path.isEmpty { return PhotoInput(path: FilePath.text(Array(path))) }
      }
    }
  }
}
