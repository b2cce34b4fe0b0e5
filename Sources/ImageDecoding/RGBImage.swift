private import Foundation

/// A picture of red, green and blue bytes, upright.
///
/// ```swift
/// let photo = try RGBImage(contentsOf: "face.jpg")
/// let face = try photo.cropped(x: 120, y: 40, width: 96, height: 96)
/// let input = try face.resized(width: 96, height: 96, filter: .bicubic)
/// ```
public struct RGBImage: Sendable, Equatable, CustomStringConvertible {
  /// The columns.
  public let width: Int
  /// The rows.
  public let height: Int
  /// The bytes, `[H, W, 3]`, row-major.
  public let pixels: [UInt8]

  /// Makes a picture of its bytes.
  ///
  /// - Throws: ``ImageError/invalidSize(width:height:)`` for a side below 1 or over
  ///   ``ImageLimits/maximumNewSide``, ``ImageError/byteCount(width:height:found:)`` unless there
  ///   are 3 · width · height bytes.
  public init(width: Int, height: Int, pixels: [UInt8]) throws(ImageError) {
    try ImageLimits.checkNew(width: width, height: height)
    guard pixels.count == 3 * width * height else {
      throw .byteCount(width: width, height: height, found: pixels.count)
    }
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }

  /// Makes a picture of bytes that were counted.
  package init(checkedWidth width: Int, height: Int, pixels: [UInt8]) {
    precondition(
      width > 0 && height > 0 && pixels.count == 3 * width * height,
      "\(pixels.count) bytes for \(width)×\(height)×3")
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }

  /// The size: `640×480`.
  public var description: String { "\(width)×\(height)" }

  /// Decodes a JPEG or PNG; which of them it is, the first bytes say.
  ///
  /// The limits of ``ImageLimits`` are checked before memory is taken for the pixels.
  ///
  /// - Throws: ``ImageError`` if the bytes are no such picture, are damaged, or ask for too much.
  public init(
    decoding bytes: [UInt8], options: DecodingOptions = DecodingOptions()
  ) throws(ImageError) {
    if bytes.isEmpty { throw .empty }
    guard bytes.count <= ImageLimits.maximumBytes else { throw .tooManyBytes(bytes: bytes.count) }
    let (image, orientation) =
      switch try ImageFormat(of: bytes) {
      case .jpeg: try JPEGDecoder.decode(bytes)
      case .png: try PNGDecoder.decode(bytes)
      }
    self = options.appliesOrientation ? orientation.upright(image) : image
  }

  /// Reads and decodes a JPEG or PNG file; its name does not matter.
  ///
  /// - Throws: ``ImageError`` if it cannot be read, and as ``init(decoding:options:)`` does.
  public init(
    contentsOf path: String, options: DecodingOptions = DecodingOptions()
  ) throws(ImageError) {
    var bytes: [UInt8] = []
    do {
      // Never more than one byte over the limit, whatever kind of file it is.
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      while bytes.count <= ImageLimits.maximumBytes,
        let part = try file.read(upToCount: ImageLimits.maximumBytes + 1 - bytes.count),
        !part.isEmpty
      { bytes += part }
    } catch { throw .unreadable(path: path, reason: Self.reason(error)) }
    try self.init(decoding: bytes, options: options)
  }

  /// The system's words for a failed read, as `strerror` has them.
  private static func reason(_ error: any Error) -> String {
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    return cause.localizedFailureReason ?? cause.localizedDescription
  }
}

/// What a decoder does besides decoding.
public struct DecodingOptions: Sendable, Equatable {
  /// Whether a picture is turned and mirrored as its EXIF orientation says.
  public var appliesOrientation: Bool

  /// Makes options; the defaults are what a viewer does.
  public init(appliesOrientation: Bool = true) { self.appliesOrientation = appliesOrientation }
}
