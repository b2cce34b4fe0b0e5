/// A PNG of 16 bits a sample, whose upper bytes become the picture.
///
/// libpng's simplified interface takes such files for linear light, or rounds them to 8 bits, or
/// multiplies colour by alpha; Pillow keeps the upper byte of each sample. So this reads the rows
/// itself: PNG (third edition), sections 7 to 9. (Of 16-bit grey Pillow clips all above 255 to
/// white, which is of no use; here grey is read as colour is.)
struct PNG16Bit {
  private let chunks: PNGChunks
  private let rows: [UInt8]
  /// The bytes of a pixel: two a sample.
  private let pixelBytes: Int

  /// Takes the unpacked rows of a file.
  ///
  /// - Precondition: `chunks` tell of 16 bits, and `rows` has their ``PNGChunks/rowBytes``.
  init(_ chunks: PNGChunks, rows: [UInt8]) {
    precondition(chunks.bitDepth == 16, "\(chunks.bitDepth) bits")
    precondition(rows.count == chunks.rowBytes, "\(rows.count) bytes")
    (self.chunks, self.rows) = (chunks, rows)
    pixelBytes = 2 * chunks.color.channels
  }

  /// The picture on white, `[H, W, 3]`.
  ///
  /// - Returns: Red, green and blue, transparent pixels laid on white.
  /// - Throws: ``ImageError/corrupt(reason:)`` if a row has an unknown filter.
  func pixels() throws(ImageError) -> [UInt8] {
    var data = rows
    var rgba = [UInt8](repeating: 0, count: 4 * chunks.width * chunks.height)
    var start = 0
    for pass in chunks.passes {
      let rowBytes = pixelBytes * pass.columns(chunks.width)
      var above: Int? = nil
      for row in 0..<pass.rows(chunks.height) {
        try unfilter(&data, at: start + 1, count: rowBytes, above: above)
        let y = pass.y + row * pass.stepY
        for column in 0..<pass.columns(chunks.width) {
          let x = pass.x + column * pass.stepX
          store(data, start + 1 + column * pixelBytes, &rgba, 4 * (y * chunks.width + x))
        }
        above = start + 1
        start += 1 + rowBytes
      }
    }
    return PNGDecoder.onWhite(rgba: rgba)
  }

  /// Undoes the filter of a row in place; `above` is where the row over it begins.
  private func unfilter(
    _ data: inout [UInt8], at start: Int, count: Int, above: Int?
  ) throws(ImageError) {
    let filter = data[start - 1]
    guard filter <= 4 else { throw .corrupt(reason: "unknown filter \(filter)") }
    if filter == 0 { return }
    for i in 0..<count {
      let hasLeft = i >= pixelBytes
      let left = hasLeft ? Int(data[start + i - pixelBytes]) : 0
      let up = above.map { Int(data[$0 + i]) } ?? 0
      let upLeft = hasLeft ? above.map { Int(data[$0 + i - pixelBytes]) } ?? 0 : 0
      let prediction =
        switch filter {
        case 1: left
        case 2: up
        case 3: (left + up) / 2
        default: Self.paeth(left, up, upLeft)
        }
      data[start + i] &+= UInt8(prediction)
    }
  }

  /// The neighbour that is nearest to left + up − upper left.
  private static func paeth(_ left: Int, _ up: Int, _ upLeft: Int) -> Int {
    let toLeft = abs(up - upLeft)
    let toUp = abs(left - upLeft)
    let toUpLeft = abs(left + up - 2 * upLeft)
    if toLeft <= toUp, toLeft <= toUpLeft { return left }
    return toUp <= toUpLeft ? up : upLeft
  }

  /// Stores the upper bytes of a pixel's samples as red, green, blue and alpha.
  private func store(_ data: [UInt8], _ source: Int, _ rgba: inout [UInt8], _ target: Int) {
    let isGrey = chunks.color.channels < 3
    for channel in 0..<3 { rgba[target + channel] = data[source + (isGrey ? 0 : 2 * channel)] }
    rgba[target + 3] =
      if chunks.color.hasAlpha {
        data[source + pixelBytes - 2]
      } else {
        isTransparent(data, source) ? 0 : 255
      }
  }

  /// Whether a pixel has the one transparent colour, in all its 16 bits.
  private func isTransparent(_ data: [UInt8], _ source: Int) -> Bool {
    chunks.transparency.count == pixelBytes
      && (0..<pixelBytes).allSatisfy { data[source + $0] == chunks.transparency[$0] }
  }
}
