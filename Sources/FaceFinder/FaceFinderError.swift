public import Tensor

/// Why a search was refused; nothing was searched.
public enum FaceFinderError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A picture of no pixels, or of more than an `Int` counts.
  case invalidSize(width: Int, height: Int)
  /// More or fewer bytes than a picture has.
  case byteCount(expected: Int, found: Int)
  /// An option outside of its range.
  case invalidOption(name: String, value: String, expected: String)
  /// A face that has not five landmarks.
  case landmarkCount(found: Int)
  /// The engine refuses the picture's size, or lacks memory for it.
  case refusedByEngine(TensorError)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .invalidSize(let width, let height): "\(width)×\(height) is no size of a picture"
    case .byteCount(let expected, let found):
      "the picture has \(found) bytes; its size needs \(expected)"
    case .invalidOption(let name, let value, let expected):
      "\(name) is \(value); expected \(expected)"
    case .landmarkCount(let found): "a face has five landmarks, not \(found)"
    case .refusedByEngine(let error): error.description
    }
  }
}
