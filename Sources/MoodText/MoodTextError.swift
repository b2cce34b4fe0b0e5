/// Why a text model was refused, or where none was found.
public enum MoodTextError: Error, Equatable, Sendable {
  /// The file cannot be opened or read.
  case unreadable(path: String)
  /// No such file is beside the program or where programs keep theirs.
  case notFound(name: String, searched: [String])
  /// The file does not begin as a text model does, or its head is none.
  case notAModel
  /// The file is of a version that this package does not read.
  case unknownVersion(Int)
  /// The file has another length than its head says.
  case wrongLength(expected: Int, found: Int)
}

extension MoodTextError: CustomStringConvertible {
  /// One sentence for a person.
  public var description: String {
    switch self {
    case .unreadable(let path): "\(path) cannot be read"
    case .notFound(let name, let searched):
      "\(name) was not found; looked in \(searched.joined(separator: ", "))"
    case .notAModel: "this is no text model"
    case .unknownVersion(let version): "the text model has version \(version), not 1"
    case .wrongLength(let expected, let found):
      "the text model has \(found) bytes, not the \(expected) that its head says"
    }
  }
}
