import CommandSupport
import ImageDecoding
import Synchronization

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

  /// The next path; nil at the end. A folder comes itself where it has no photo.
  ///
  /// - Throws: `Failure` if a list cannot be read on, or is none.
  mutating func next() throws -> String? {
    while true {
      if var current = walk {
        let path = current.photos.next()
        if path == nil { skipped += current.photos.skipped }
        let wasEmpty = current.isEmpty
        current.isEmpty = false
        walk = path == nil ? nil : current
        if let path { return path }
        if wasEmpty { return current.folder }
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
        guard let photos = FolderWalk(path) else { return path }
        walk = (path, photos, true)
      case .list(var list):
        if isAtStart, list.path == "-", try list.beginsWithPhoto() {
          StandardInputPhoto.keep(try list.rest(limit: ImageLimits.maximumBytes))
          return "-"
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
        if !path.isEmpty { return FilePath.text(Array(path)) }
      }
    }
  }
}

/// A photo that stands on standard input itself; its path is `-`.
enum StandardInputPhoto {
  private static let kept = Mutex<[UInt8]?>(nil)

  /// Keeps the photo's bytes.
  static func keep(_ bytes: [UInt8]) { kept.withLock { $0 = bytes } }

  /// The photo's bytes, if one was there.
  static var bytes: [UInt8]? { kept.withLock { $0 } }
}
