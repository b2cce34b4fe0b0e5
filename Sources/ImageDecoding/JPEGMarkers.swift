/// What the markers of a JPEG say, read before the decoder sees it.
///
/// ITU-T T.81 annex B. A JPEG is a sequence of segments (0xFF, a marker, two bytes of length,
/// data) with entropy-coded data behind each start of scan; in those data a 0xFF is followed by
/// 0x00 or by a restart marker. The walk visits every segment that libjpeg would.
struct JPEGMarkers: Equatable {
  var width = 0
  var height = 0
  /// 1: grey, 3: colour, 4: CMYK.
  var components = 0
  var scans = 0
  var metadataBytes = 0
  var orientation = Orientation.upright
  /// The position behind the end-of-image marker; what follows is no part of the picture.
  var end = 0

  /// Walks over all markers and checks every limit.
  ///
  /// - Throws: ``ImageError`` if a limit is passed, the file ends early, or a segment is malformed.
  /// - Precondition: `bytes` begins with the start-of-image marker.
  init(_ bytes: [UInt8]) throws(ImageError) {
    precondition(bytes.starts(with: [0xFF, Marker.startOfImage]), "no JPEG")
    var position = 2
    while let marker = Self.nextMarker(bytes, &position) {
      switch marker {
      case Marker.temporary, Marker.restarts: continue
      case Marker.startOfImage: throw .corrupt(reason: "a second start of image")
      case Marker.endOfImage:
        guard components > 0, scans > 0 else { throw .corrupt(reason: "no image data") }
        end = position
        return
      default: break
      }
      guard position <= bytes.count - 2 else { break }
      let length = bytes.bigEndian16(at: position)  // counts its own two bytes
      guard length >= 2 else { throw .corrupt(reason: "a segment of length \(length)") }
      guard length <= bytes.count - position else { break }
      try read(marker, bytes, position + 2..<position + length)
      position += length
    }
    throw .truncated(bytes: bytes.count)
  }

  /// Moves behind the next marker; nil at the end of the bytes.
  private static func nextMarker(_ bytes: [UInt8], _ position: inout Int) -> UInt8? {
    while position < bytes.count - 1 {
      let byte = bytes[position + 1]
      if bytes[position] == 0xFF, byte != 0, byte != 0xFF {
        position += 2
        return byte
      }
      position += 1
    }
    return nil
  }

  private mutating func read(
    _ marker: UInt8, _ bytes: [UInt8], _ data: Range<Int>
  ) throws(ImageError) {
    switch marker {
    case Marker.huffmanTables, Marker.arithmeticConditioning: break
    case Marker.frames:
      guard Marker.framesRead.contains(marker) else {
        throw .unsupported(kind: "a lossless or hierarchical JPEG")
      }
      try readFrame(bytes, data)
    case Marker.startOfScan:
      guard components > 0 else { throw .corrupt(reason: "a scan before the frame") }
      scans += 1
      guard scans <= ImageLimits.maximumScans else { throw .tooManyScans }
    case Marker.application, Marker.comment:
      metadataBytes += data.count
      guard metadataBytes <= ImageLimits.maximumMetadataBytes else {
        throw .tooMuchMetadata(bytes: metadataBytes)
      }
      if marker == Marker.exif, bytes.holds("Exif\0", at: data.lowerBound), data.count >= 6 {
        orientation = Orientation(tiff: Array(bytes[data.dropFirst(6)]))
      }
    default: break
    }
  }

  /// Reads a frame header: precision, height, width, and each component's sampling.
  private mutating func readFrame(_ bytes: [UInt8], _ data: Range<Int>) throws(ImageError) {
    guard components == 0 else { throw .corrupt(reason: "a second frame") }
    guard data.count >= 6 else { throw .corrupt(reason: "a short frame header") }
    let start = data.lowerBound
    let count = Int(bytes[start + 5])
    guard data.count == 6 + 3 * count else { throw .corrupt(reason: "a bad frame header") }
    guard bytes[start] == 8 else { throw .unsupported(kind: "a JPEG of \(bytes[start]) bits") }
    height = bytes.bigEndian16(at: start + 1)
    width = bytes.bigEndian16(at: start + 3)
    guard width > 0 else { throw .corrupt(reason: "a width of 0") }
    guard height > 0 else { throw .unsupported(kind: "a JPEG that tells its height at its end") }
    try ImageLimits.check(width: width, height: height)
    guard [1, 3, 4].contains(count) else {
      throw .unsupported(kind: "a JPEG of \(count) components")
    }
    let sampling = (0..<count).map { bytes[start + 7 + 3 * $0] }
    try Self.check(sampling.map { $0 >> 4 })
    try Self.check(sampling.map { $0 & 15 })
    components = count
  }

  /// Refuses sampling factors that are not 1…4, or do not divide the largest one.
  private static func check(_ factors: [UInt8]) throws(ImageError) {
    guard factors.allSatisfy({ 1...4 ~= $0 }), let largest = factors.max() else {
      throw .corrupt(reason: "sampling factors of \(factors)")
    }
    guard factors.allSatisfy({ largest % $0 == 0 }) else {
      throw .unsupported(kind: "a JPEG with fractional subsampling")
    }
  }
}

/// The second bytes of the markers that matter here.
private enum Marker {
  static let temporary: UInt8 = 0x01
  static let huffmanTables: UInt8 = 0xC4
  static let arithmeticConditioning: UInt8 = 0xCC
  /// All frames and what lies between them; to be matched behind the two markers above.
  static let frames: ClosedRange<UInt8> = 0xC0...0xCF
  /// Baseline, extended and progressive by Huffman codes; the latter two by arithmetic codes.
  static let framesRead: Set<UInt8> = [0xC0, 0xC1, 0xC2, 0xC9, 0xCA]
  static let restarts: ClosedRange<UInt8> = 0xD0...0xD7
  static let startOfImage: UInt8 = 0xD8
  static let endOfImage: UInt8 = 0xD9
  static let startOfScan: UInt8 = 0xDA
  static let application: ClosedRange<UInt8> = 0xE0...0xEF
  static let exif: UInt8 = 0xE1
  static let comment: UInt8 = 0xFE
}
