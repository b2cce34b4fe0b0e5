/// Why a picture was refused; nothing of it is kept.
public enum ImageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file cannot be opened or read; `reason` is the system's word for it.
  case unreadable(path: String, reason: String)
  /// No bytes at all.
  case empty
  /// The first bytes are those of no picture.
  case notAnImage
  /// A picture of a kind that is not read here, such as GIF or a lossless JPEG.
  case unsupported(kind: String)
  /// The bytes end before the picture does.
  case truncated(bytes: Int)
  /// Bytes that break the format's rules; `reason` is the decoder's word for it.
  case corrupt(reason: String)
  /// A file over ``ImageLimits/maximumBytes``; `bytes` of it were seen.
  case tooManyBytes(bytes: Int)
  /// A side over ``ImageLimits/maximumSide``.
  case sideTooLarge(width: Int, height: Int)
  /// More pixels than ``ImageLimits/maximumPixels``.
  case tooManyPixels(width: Int, height: Int)
  /// A JPEG with more than ``ImageLimits/maximumScans`` scans.
  case tooManyScans
  /// A size that a caller asks for and that no picture has: a side below 1 or over
  /// ``ImageLimits/maximumNewSide``.
  case invalidSize(width: Int, height: Int)
  /// More or fewer bytes than a picture of that size has.
  case byteCount(width: Int, height: Int, found: Int)
  /// A JPEG quality outside of 1…100.
  case invalidQuality(Int)

  /// A stable name for programs: `truncated_image`, `not_an_image` and so on.
  public var code: String {
    switch self {
    case .unreadable: "unreadable_file"
    case .empty: "empty_image"
    case .notAnImage: "not_an_image"
    case .unsupported: "unsupported_image"
    case .truncated: "truncated_image"
    case .corrupt: "corrupt_image"
    case .tooManyBytes: "image_file_too_large"
    case .sideTooLarge, .tooManyPixels: "image_too_large"
    case .tooManyScans: "too_many_scans"
    case .invalidSize: "invalid_size"
    case .byteCount: "wrong_byte_count"
    case .invalidQuality: "invalid_quality"
    }
  }

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .empty: "the file is empty"
    case .notAnImage: "the file is neither a JPEG nor a PNG"
    case .unsupported(let kind): "\(kind) is not supported"
    case .truncated(let bytes): "the picture is cut off after \(bytes) bytes"
    case .corrupt(let reason): "the picture is damaged: \(reason)"
    case .tooManyBytes(let bytes):
      "the file has \(bytes) bytes or more, over the limit of \(ImageLimits.maximumBytes)"
    case .sideTooLarge(let width, let height):
      "the picture is \(width)×\(height); a side may have \(ImageLimits.maximumSide) pixels"
    case .tooManyPixels(let width, let height):
      "the picture is \(width)×\(height), over the limit of \(ImageLimits.maximumPixels) pixels"
    case .tooManyScans: "the JPEG has more than \(ImageLimits.maximumScans) scans"
    case .invalidSize(let width, let height):
      "\(width)×\(height) is no size of a picture; a side has 1 to \(ImageLimits.maximumNewSide)"
    case .byteCount(let width, let height, let found):
      "\(found) bytes are no picture of \(width)×\(height) pixels of 3 bytes"
    case .invalidQuality(let quality): "the quality is \(quality); expected 1 to 100"
    }
  }
}
