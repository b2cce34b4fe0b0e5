public import Foundation
public import ImageDecoding

/// A photo that is to be read: a file, a file's bytes, or pixels.
public struct Photo: Sendable {
  private enum Content: Sendable {
    case file(path: String)
    case bytes([UInt8])
    case image(RGBImage)
    case decoder(@Sendable () throws(MoodVisionError) -> RGBImage)
  }
  private let content: Content

  /// A JPEG or PNG file; it is opened when its turn has come.
  public init(contentsOf url: URL) { content = .file(path: url.path(percentEncoded: false)) }

  /// A JPEG or PNG file, by its path.
  package init(path: String) { content = .file(path: path) }

  /// The bytes of a JPEG or PNG file.
  public init(bytes: some Sequence<UInt8>) { content = .bytes(Array(bytes)) }

  /// Pixels that are decoded already.
  public init(_ image: RGBImage) { content = .image(image) }

  /// Pixels that `decode` makes when the photo's turn has come.
  package init(decode: @escaping @Sendable () throws(MoodVisionError) -> RGBImage) {
    content = .decoder(decode)
  }

  /// The file's bytes, where the photo was made of them.
  public var bytes: [UInt8]? { if case .bytes(let bytes) = content { bytes } else { nil } }

  /// The pixels, upright.
  func decoded() throws(MoodVisionError) -> RGBImage {
    if case .decoder(let decode) = content { return try decode() }
    do throws(ImageError) {
      switch content {
      case .file(let path): return try RGBImage(contentsOf: path)
      case .bytes(let bytes): return try RGBImage(decoding: bytes)
      case .image(let image): return image
      case .decoder: throw .empty
      }
    } catch { throw .image(error) }
  }
}
