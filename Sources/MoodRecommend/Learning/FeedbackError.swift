/// Why feedback could not be kept or read.
public enum FeedbackError: Error, Equatable, Sendable {
  /// The file or its folder cannot be opened or made.
  case unreadable(path: String)
  /// The file may be read and not written.
  case readOnly(path: String)
  /// The file is no feedback database, or a damaged one.
  case corrupt(path: String)
  /// The file was written by a later version of this package.
  case tooNew(path: String)
  /// Another process kept the database locked for longer than one waits.
  case busy(path: String)
  /// The file, or its folder, is no longer where it was opened.
  case gone(path: String)
  /// The disk is full.
  case full(path: String)
  /// SQLite said something else; `code` is its extended result code.
  case failed(path: String, code: Int)
}

extension FeedbackError: CustomStringConvertible {
  /// One sentence for a person.
  public var description: String {
    switch self {
    case .unreadable(let path): "the feedback database \(path) cannot be opened"
    case .readOnly(let path): "the feedback database \(path) may not be written"
    case .corrupt(let path): "\(path) is damaged, or no feedback database"
    case .tooNew(let path): "the feedback database \(path) was written by a later version"
    case .busy(let path): "the feedback database \(path) is locked by another program"
    case .gone(let path): "the feedback database \(path) is no longer in its place"
    case .full(let path): "no room is left on the disk of \(path)"
    case .failed(let path, let code): "the feedback database \(path) failed, SQLite code \(code)"
    }
  }

  /// A stable name for programs.
  public var code: String {
    switch self {
    case .unreadable: "unreadable_file"
    case .readOnly: "read_only_database"
    case .corrupt: "corrupt_database"
    case .tooNew: "newer_database"
    case .busy: "busy_database"
    case .gone: "database_gone"
    case .full: "disk_full"
    case .failed: "database_failure"
    }
  }
}
