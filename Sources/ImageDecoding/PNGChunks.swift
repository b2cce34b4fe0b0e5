/// What the chunks of a PNG say, read before libpng sees them.
///
/// PNG (third edition), <https://www.w3.org/TR/png-3/>, section 5. A PNG is a signature and
/// chunks: four bytes of length, four of type, data, and a CRC-32 of type and data. Only the
/// kinds that make the pixels are kept. The colour chunks (gAMA, cHRM, sRGB, iCCP) are left out
/// because libpng would apply them and Pillow does not; text because it may inflate to anything.
/// Behind the image data, a file may end or go on as it likes: whether all rows are there counts.
struct PNGChunks {
  var width = 0
  var height = 0
  var bitDepth = 0
  var color = Color.grey
  var isInterlaced = false
  /// The data of tRNS, the transparent colour or the alpha of each palette entry.
  var transparency: [UInt8] = []
  /// The whole chunks that libpng needs in front of the image data, in the file's order.
  private(set) var essential: [Range<Int>] = []
  /// The data of the IDAT chunks.
  private(set) var imageData: [Range<Int>] = []
  /// Whether the file has its end mark.
  private(set) var hasEnd = false
  /// Whether a chunk of image data has the wrong checksum, or is cut off.
  private(set) var hasDamagedData = false
  private var exifOrientation: Orientation?
  private(set) var texts: [PNGText] = []

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

  /// Walks over all chunks, and checks every limit and the CRC of every chunk that is needed.
  ///
  /// The image data have a checksum of their own; a wrong CRC of theirs is only noted.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - crc: The CRC-32 of a range of the bytes.
  /// - Throws: ``ImageError`` if a limit is passed, the file ends before its image data, or a chunk
  ///   in front of them is malformed.
  /// - Precondition: `bytes` begins with the signature.
  init(_ bytes: [UInt8], crc: (Range<Int>) -> Int) throws(ImageError) {
    precondition(bytes.starts(with: ImageFormat.png.signature), "no PNG")
    var position = 8
    while !hasEnd, position <= bytes.count - 8 {
      let length = bytes.bigEndian32(at: position)
      let type = Kind(bytes.bigEndian32(at: position + 4))
      if type == .apple { throw .unsupported(kind: "a PNG altered by Apple's Xcode") }
      if position == 8, type != .header || length != 13 {
        throw .corrupt(reason: "no header in front")
      }
      guard length < 1 << 31, type.isNamed else {
        // Behind the image data, bytes that are no chunk end the file.
        if !imageData.isEmpty { break }
        throw .corrupt(
          reason: type.isNamed ? "a chunk of length \(length)" : "a chunk without a name")
      }
      let data = position + 8..<min(position + 8 + length, bytes.count)
      let isWhole = length <= bytes.count - 12 - position
      let isRight =
        isWhole && crc(position + 4..<data.upperBound) == bytes.bigEndian32(at: data.upperBound)
      if type == .imageData {
        imageData.append(data)
        if !isRight { hasDamagedData = true }
      }
      guard isWhole else { break }
      if type.isEssential, !isRight {
        throw .corrupt(reason: "a wrong checksum in chunk \(type)")
      }
      // Other chunks with a wrong checksum say nothing.
      if isRight || type == .end { try read(type, bytes, data) }
      position = data.upperBound + 4
    }
    if imageData.isEmpty {
      throw hasEnd ? .corrupt(reason: "no image data") : .truncated(bytes: bytes.count)
    }
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
      if color.hasAlpha || !transparency.isEmpty { break }
      transparency = Array(bytes[data])
    case .exif: exifOrientation = exifOrientation ?? Orientation(exif: bytes[data])
    case .text, .compressedText, .internationalText:
      if texts.count < PNGText.mostRead, let text = PNGText(type.description, bytes[data]) {
        texts.append(text)
      }
    case .end: hasEnd = true
    default: break  // as in Pillow, also chunks that are unknown and call themselves critical
    }
    if type.isEssential { essential.append(data.lowerBound - 8..<data.upperBound + 4) }
  }

  /// How the picture is to be turned: as EXIF says, in a chunk or else in text; else as XMP does.
  ///
  /// - Parameter inflate: The first bytes of a zlib stream unpacked, so many at most.
  /// - Returns: The orientation; upright if nothing says it.
  func orientation(inflate: ([UInt8], Int) -> [UInt8]) -> Orientation {
    if let exifOrientation { return exifOrientation }
    for isXMP in [false, true] {
      for text in texts where text.isXMP == isXMP {
        let limit = ImageLimits.maximumMetadataBytes
        let value = text.isCompressed ? inflate(text.data, limit) : text.data
        if let found = isXMP ? Orientation(xmp: value) : Orientation(rawProfile: value) {
          return found
        }
      }
    }
    return .upright
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
    static let text = Kind("tEXt")
    static let compressedText = Kind("zTXt")
    static let internationalText = Kind("iTXt")
    /// What Apple's Xcode puts in front of a PNG whose data it has altered.
    static let apple = Kind("CgBI")

    /// Whether libpng needs it for the pixels, in front of the image data.
    var isEssential: Bool { [.header, .palette, .transparency].contains(self) }
    /// Whether it is made of four letters.
    var isNamed: Bool {
      [24, 16, 8, 0].allSatisfy { shift in
        let letter = UInt8(value >> shift & 255) | 0x20
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
      }
    }

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
