/// What the markers of a JPEG say, read before the decoder sees it.
///
/// ITU-T T.81 annex B. A JPEG is a sequence of segments (0xFF, a marker, two bytes of length,
/// data) with entropy-coded data behind each start of scan; in those data a 0xFF is followed by
/// 0x00 or by a restart marker. Bytes between segments that are no marker are stepped over, as
/// every decoder does.
struct JPEGMarkers {
  private(set) var width = 0
  private(set) var height = 0
  private(set) var layout: [JPEGComponent] = []
  /// The scans, in the file's order; at least one.
  private(set) var scans: [JPEGScan] = []
  /// The picture without what its pixels do not need: no metadata, no stray bytes, and the numbers
  /// that cameras get wrong put right. It has an end-of-image marker, even if the file has none.
  private(set) var essential: [UInt8] = []
  /// Whether the file has its end-of-image marker.
  private(set) var hasEnd = false

  private var frame: UInt8 = 0
  private var restartInterval = 0
  private var isInScan = false
  private var exifOrientation: Orientation?
  private var xmpOrientation: Orientation?
  /// Where the data of the Adobe segment are in `essential`.
  private var adobe: Range<Int>?

  /// 1: grey, 3: colour, 4: CMYK.
  var components: Int { layout.count }
  /// How the picture is to be turned: as the first EXIF block says that says it, else as XMP does.
  var orientation: Orientation { exifOrientation ?? xmpOrientation ?? .upright }

  /// Walks over all markers and checks every limit.
  ///
  /// - Throws: ``ImageError`` if a limit is passed, the file ends before all that the picture needs
  ///   has begun, or a segment is malformed.
  /// - Precondition: `bytes` begins with the start-of-image marker.
  init(_ bytes: [UInt8]) throws(ImageError) {
    precondition(bytes.starts(with: ImageFormat.jpeg.signature), "no JPEG")
    essential = ImageFormat.jpeg.signature
    var position = 2
    while let marker = nextMarker(bytes, &position) {
      if JPEGMarker.isStray(marker) {
        // Where there are restart markers, libjpeg skips to the next one; otherwise it would end.
        if isInScan, restartInterval > 0 { essential += [0xFF, marker] }
        continue
      }
      if JPEGMarker.restarts.contains(marker) {
        if isInScan { essential += [0xFF, marker] }
        continue
      }
      guard marker != JPEGMarker.startOfImage else {
        throw .corrupt(reason: "a second start of image")
      }
      endScan()
      if marker == JPEGMarker.endOfImage {
        guard !scans.isEmpty else { throw .corrupt(reason: "no image data") }
        hasEnd = true
        break
      }
      guard position <= bytes.count - 2 else { break }
      // Counts its own two bytes; metadata of no length at all are met with, and are empty.
      let length = max(2, bytes.bigEndian16(at: position))
      guard length <= bytes.count - position else { break }
      try read(marker, bytes, position + 2..<position + length)
      position += length
    }
    endScan()
    guard hasEnd || isComplete else { throw .truncated(bytes: bytes.count) }
    correctAdobe()
    essential += [0xFF, JPEGMarker.endOfImage]
  }

  /// Moves behind the next marker; nil at the end of the bytes.
  ///
  /// What is stepped over are the coded data of a scan, or else stray bytes.
  private mutating func nextMarker(_ bytes: [UInt8], _ position: inout Int) -> UInt8? {
    let start = position
    while position < bytes.count - 1 {
      let byte = bytes[position + 1]
      if bytes[position] == 0xFF, byte != 0, byte != 0xFF {
        if isInScan { essential += bytes[start..<position] }
        position += 2
        return byte
      }
      position += 1
    }
    if isInScan { essential += bytes[start...] }
    return nil
  }

  private mutating func endScan() {
    if isInScan { scans[scans.count - 1].data.end = essential.count }
    isInScan = false
  }

  /// Whether the scans that have begun are all that the picture needs, if their data are whole.
  ///
  /// Each component needs a scan; of a progressive picture, each coefficient needs its last bit.
  /// Arithmetic codes may leave zeros out at their end, so nobody can tell where they are cut.
  private var isComplete: Bool {
    if scans.isEmpty || JPEGMarker.arithmetic.contains(frame) { return false }
    return layout.allSatisfy { component in
      let own = scans.filter { $0.components.contains(component.id) }
      guard JPEGMarker.progressive.contains(frame) else { return !own.isEmpty }
      return (0..<64).allSatisfy { index in
        own.last { $0.spectrum.contains(index) }?.lowestBit == 0
      }
    }
  }

  private mutating func read(
    _ marker: UInt8, _ bytes: [UInt8], _ data: Range<Int>
  ) throws(ImageError) {
    switch marker {
    case JPEGMarker.huffmanTables, JPEGMarker.arithmeticConditioning,
      JPEGMarker.quantizationTables:
      keep(marker, bytes[data])
    case JPEGMarker.frames:
      guard JPEGMarker.framesRead.contains(marker) else {
        throw .unsupported(kind: "a lossless or hierarchical JPEG")
      }
      try readFrame(bytes, data)
      frame = marker
      keep(marker, bytes[data])
    case JPEGMarker.startOfScan: try readScan(Array(bytes[data]))
    case JPEGMarker.restartInterval:
      if data.count == 2 { restartInterval = bytes.bigEndian16(at: data.lowerBound) }
      keep(marker, bytes[data])
    case JPEGMarker.jfif:
      keep(marker, bytes[data])
      // libjpeg warns of a version that it does not know; nothing depends on it.
      if data.count >= 7 { essential[essential.count - data.count + 5] = 1 }
    case JPEGMarker.adobe:
      keep(marker, bytes[data])
      adobe = essential.count - data.count..<essential.count
    case JPEGMarker.exif: readOrientation(bytes, data)
    default: break  // metadata, of which there may be any number of bytes
    }
  }

  /// Copies a segment.
  private mutating func keep(_ marker: UInt8, _ data: some Collection<UInt8>) {
    let length = data.count + 2
    essential += [0xFF, marker, UInt8(length >> 8), UInt8(length & 255)]
    essential += data
  }

  private mutating func readOrientation(_ bytes: [UInt8], _ data: Range<Int>) {
    if exifOrientation == nil, bytes.holds("Exif\0", at: data.lowerBound), data.count >= 6 {
      exifOrientation = Orientation(exif: bytes[data])
    } else if xmpOrientation == nil,
      bytes.holds("http://ns.adobe.com/xap/1.0/\0", at: data.lowerBound)
    {
      xmpOrientation = Orientation(xmp: bytes[data])
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
    let layout = (0..<count).map { index in
      let factors = bytes[start + 7 + 3 * index]
      return JPEGComponent(
        id: bytes[start + 6 + 3 * index], across: Int(factors >> 4), down: Int(factors & 15))
    }
    try Self.check(layout.map(\.across))
    try Self.check(layout.map(\.down))
    self.layout = layout
  }

  /// Refuses sampling factors that are not 1…4, or do not divide the largest one.
  private static func check(_ factors: [Int]) throws(ImageError) {
    guard factors.allSatisfy({ 1...4 ~= $0 }), let largest = factors.max() else {
      throw .corrupt(reason: "sampling factors of \(factors)")
    }
    guard factors.allSatisfy({ largest % $0 == 0 }) else {
      throw .unsupported(kind: "a JPEG with fractional subsampling")
    }
  }

  /// Reads a scan header: the components and, for progressive pictures, which of their bits follow.
  ///
  /// Some phones and cameras write other numbers than 0, 63 and 0 there in a picture that is not
  /// progressive, where no others have a meaning.
  private mutating func readScan(_ header: [UInt8]) throws(ImageError) {
    guard components > 0 else { throw .corrupt(reason: "a scan before the frame") }
    guard scans.count < ImageLimits.maximumScans else { throw .tooManyScans }
    var header = header
    let count = Int(header.first ?? 0)
    guard (1...4).contains(count), header.count == 4 + 2 * count else {
      throw .corrupt(reason: "a bad scan header")
    }
    let bounds = 1 + 2 * count
    if !JPEGMarker.progressive.contains(frame) {
      header.replaceSubrange(bounds..., with: [0, 63, 0])
    }
    let start = essential.count
    keep(JPEGMarker.startOfScan, header)
    let (first, last) = (Int(header[bounds]), Int(header[bounds + 1]))
    scans.append(
      JPEGScan(
        components: (0..<count).map { header[1 + 2 * $0] }, spectrum: first..<max(first, last + 1),
        lowestBit: Int(header[bounds + 2] & 15), restartInterval: restartInterval, start: start,
        data: (essential.count, essential.count)))
    isInScan = true
  }

  /// Puts a number in its place that says how colours are stored and that no decoder knows: libjpeg
  /// takes such colours for YCbCr or YCCK, and warns.
  private mutating func correctAdobe() {
    guard let adobe, adobe.count >= 12, essential.holds("Adobe", at: adobe.lowerBound) else {
      return
    }
    let (known, meant): ([UInt8], UInt8) = components == 4 ? ([0, 2], 2) : ([0, 1], 1)
    if !known.contains(essential[adobe.lowerBound + 11]) {
      essential[adobe.lowerBound + 11] = meant
    }
  }
}

/// How a component is sampled, in relation to the others.
struct JPEGComponent: Equatable {
  let id: UInt8
  let across, down: Int
}

/// One scan: which numbers of the picture it holds, and where.
struct JPEGScan {
  /// The components' numbers.
  let components: [UInt8]
  /// The coefficients of each block, 0..<64.
  let spectrum: Range<Int>
  /// The lowest bit of them that is sent here or was before; 0 if none is missing.
  let lowestBit: Int
  /// The units between restart markers; 0 if there are none.
  let restartInterval: Int
  /// Where its marker stands in ``JPEGMarkers/essential``.
  let start: Int
  /// Where its coded data stand there.
  var data: (start: Int, end: Int)
}
