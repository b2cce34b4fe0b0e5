/// What the chunks of a PNG say, read before libpng sees them.
///
/// PNG (third edition), <https://www.w3.org/TR/png-3/>, section 5. A PNG is a signature and
/// chunks: four bytes of length, four of type, data, and a CRC-32 of type and data. Only the five
/// kinds that make the pixels are kept. The colour chunks (gAMA, cHRM, sRGB, iCCP) are left out
/// because libpng would apply them and Pillow does not; text because it may inflate to anything.
struct PNGChunks {
  var width = 0
  var height = 0
  var bitDepth = 0
  var color = Color.grey
  var isInterlaced = false
  /// The data of tRNS, the transparent colour or the alpha of each palette entry.
  var transparency: [UInt8] = []
  var metadataBytes = 0
  var orientation = Orientation.upright
  /// The whole chunks that libpng needs, in the file's order.
  private(set) var essential: [Range<Int>] = []
  /// The data of the IDAT chunks.
  private(set) var imageData: [Range<Int>] = []

  /// What a pixel is made of; the numbers are the format's.
  enum Color: Int {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgbAlpha = 6

    /// The samples of a pixel.
    var channels: Int {
      switch self {
      case .grey, .palette: 1
      case .greyAlpha: 2
      case .rgb: 3
      case .rgbAlpha: 4
      }
    }

    /// Whether the pixels themselves have alpha.
    var hasAlpha: Bool { self == .greyAlpha || self == .rgbAlpha }

    /// The bits that a sample may have.
    var depths: [Int] {
      switch self {
      case .grey: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      case .rgb, .greyAlpha, .rgbAlpha: [8, 16]
      }
    }
  }

  /// Walks over all chunks, and checks every limit and the CRC of every chunk that is used.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - crc: The CRC-32 of a range of the bytes.
  /// - Throws: ``ImageError`` if a limit is passed, the file ends early, or a chunk is malformed.
  /// - Precondition: `bytes` begins with the signature.
  init(_ bytes: [UInt8], crc: (Range<Int>) -> Int) throws(ImageError) {
    precondition(bytes.starts(with: ImageFormat.png.signature), "no PNG")
    var position = 8
    while true {
      guard position <= bytes.count - 12 else { throw .truncated(bytes: bytes.count) }
      let length = bytes.bigEndian32(at: position)
      guard length < 1 << 31 else { throw .corrupt(reason: "a chunk of length \(length)") }
      let type = Kind(bytes.bigEndian32(at: position + 4))
      if position == 8, type != .header || length != 13 {
        throw .corrupt(reason: "no header in front")
      }
      if !type.isEssential, type != .animationFrame {
        metadataBytes += length
        guard metadataBytes <= ImageLimits.maximumMetadataBytes else {
          throw .tooMuchMetadata(bytes: metadataBytes)
        }
      }
      guard length <= bytes.count - 12 - position else { throw .truncated(bytes: bytes.count) }
      let data = position + 8..<position + 8 + length
      if type.isEssential || type == .exif {
        guard crc(position + 4..<data.upperBound) == bytes.bigEndian32(at: data.upperBound) else {
          throw .corrupt(reason: "a wrong checksum in chunk \(type)")
        }
      }
      try read(type, bytes, data)
      position = data.upperBound + 4
      if type == .end { break }
    }
    guard !imageData.isEmpty else { throw .corrupt(reason: "no image data") }
  }

  private mutating func read(
    _ type: Kind, _ bytes: [UInt8], _ data: Range<Int>
  ) throws(ImageError) {
    switch type {
    case .header:
      guard essential.isEmpty else { throw .corrupt(reason: "a second header") }
      try readHeader(bytes, data.lowerBound)
    case .transparency:
      // Senseless where the pixels have alpha; libpng ignores it there.
      if color.hasAlpha || !transparency.isEmpty { return }
      transparency = Array(bytes[data])
    case .imageData: imageData.append(data)
    case .exif: orientation = Orientation(tiff: Array(bytes[data]))
    case .palette, .end: break
    default:
      guard type.isAncillary else { throw .corrupt(reason: "an unknown critical chunk \(type)") }
    }
    if type.isEssential { essential.append(data.lowerBound - 8..<data.upperBound + 4) }
  }

  private mutating func readHeader(_ bytes: [UInt8], _ start: Int) throws(ImageError) {
    width = bytes.bigEndian32(at: start)
    height = bytes.bigEndian32(at: start + 4)
    guard width > 0, height > 0 else { throw .corrupt(reason: "a size of \(width)×\(height)") }
    try ImageLimits.check(width: width, height: height)
    bitDepth = Int(bytes[start + 8])
    guard let color = Color(rawValue: Int(bytes[start + 9])), color.depths.contains(bitDepth) else {
      throw .corrupt(reason: "colour type \(bytes[start + 9]) with \(bitDepth) bits")
    }
    self.color = color
    let (compression, filter, interlace) = (
      bytes[start + 10], bytes[start + 11], bytes[start + 12]
    )
    guard compression == 0, filter == 0, interlace <= 1 else {
      throw .corrupt(reason: "unknown methods \(compression), \(filter), \(interlace)")
    }
    isInterlaced = interlace == 1
  }
}

extension PNGChunks {
  /// The four letters of a chunk's type.
  private struct Kind: Equatable, CustomStringConvertible {
    let value: Int

    init(_ value: Int) { self.value = value }
    init(_ name: StaticString) { value = name.description.utf8.reduce(0) { $0 << 8 | Int($1) } }

    static let header = Kind("IHDR")
    static let palette = Kind("PLTE")
    static let transparency = Kind("tRNS")
    static let imageData = Kind("IDAT")
    static let end = Kind("IEND")
    static let exif = Kind("eXIf")
    /// A later frame of an animation: skipped, and no metadata.
    static let animationFrame = Kind("fdAT")

    /// Whether libpng needs it for the pixels.
    var isEssential: Bool {
      [.header, .palette, .transparency, .imageData, .end].contains(self)
    }
    /// Whether a reader may skip it: its first letter is small.
    var isAncillary: Bool { value >> 24 & 0x20 != 0 }

    /// The letters, and a dot for what is none.
    var description: String {
      String(
        decoding: [24, 16, 8, 0].map { shift -> UInt8 in
          let letter = UInt8(value >> shift & 255)
          return (32..<127).contains(letter) ? letter : UInt8(ascii: ".")
        }, as: UTF8.self)
    }
  }
}
