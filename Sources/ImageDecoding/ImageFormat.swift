/// The formats that are read, told apart by their first bytes.
enum ImageFormat: CaseIterable {
  case jpeg, png

  var signature: [UInt8] {
    switch self {
    case .jpeg: [0xFF, 0xD8]
    case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    }
  }

  /// Finds the format of a file.
  ///
  /// - Throws: ``ImageError/notAnImage``; ``ImageError/unsupported(kind:)`` for well-known other
  ///   formats; ``ImageError/truncated(bytes:)`` if the bytes are the beginning of a signature.
  init(of bytes: [UInt8]) throws(ImageError) {
    if let format = Self.allCases.first(where: { bytes.starts(with: $0.signature) }) {
      self = format
      return
    }
    if Self.allCases.contains(where: { $0.signature.starts(with: bytes) }) {
      throw .truncated(bytes: bytes.count)
    }
    if let kind = Self.otherKind(bytes) { throw .unsupported(kind: kind) }
    throw .notAnImage
  }

  private static func otherKind(_ bytes: [UInt8]) -> String? {
    if bytes.holds("GIF8", at: 0) { return "a GIF" }
    if bytes.holds("RIFF", at: 0), bytes.holds("WEBP", at: 8) { return "a WebP" }
    if bytes.holds("II*\0", at: 0) || bytes.holds("MM\0*", at: 0) { return "a TIFF" }
    if bytes.holds("ftypavif", at: 4) { return "an AVIF" }
    if bytes.holds("ftyphei", at: 4) || bytes.holds("ftypmif1", at: 4) { return "a HEIC" }
    if bytes.holds("BM", at: 0), bytes.holds("\0\0\0\0", at: 6) { return "a BMP" }
    return nil
  }
}
