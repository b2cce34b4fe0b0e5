/// Why a multipart body was refused.
public enum MultipartError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The content type is not `multipart/form-data` with a boundary of 1 to 70 characters.
  case noBoundary
  /// The body ends before its last boundary.
  case truncated
  /// A boundary is followed by neither a line end nor `--`.
  case badBoundaryLine
  /// A header line without a colon or a name, or with a forbidden byte.
  case badHeader
  /// The headers of one part are over the limit.
  case headersTooLarge(limit: Int)
  /// More parts than the limit.
  case tooManyParts(limit: Int)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .noBoundary: "the content type names no multipart boundary"
    case .truncated: "the multipart body ends before its last boundary"
    case .badBoundaryLine: "a multipart boundary is not followed by a line end"
    case .badHeader: "a multipart header is malformed"
    case .headersTooLarge(let limit): "the headers of a part have more than \(limit) bytes"
    case .tooManyParts(let limit): "the form has more than \(limit) parts"
    }
  }
}
