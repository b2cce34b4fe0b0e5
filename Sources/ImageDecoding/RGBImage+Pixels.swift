extension RGBImage {
  /// The brightness of each pixel, `[H, W]`: ITU-R BT.601-2 luma, as Pillow's `convert("L")`.
  ///
  /// L = 0.299 R + 0.587 G + 0.114 B with 16 fraction bits, rounded.
  public func luma() -> [UInt8] {
    var luma: [UInt8] = []
    luma.reserveCapacity(width * height)
    for pixel in stride(from: 0, to: pixels.count, by: 3) {
      let red = Int(pixels[pixel]) * 19595
      let green = Int(pixels[pixel + 1]) * 38470
      let blue = Int(pixels[pixel + 2]) * 7471
      luma.append(UInt8((red + green + blue + 0x8000) >> 16))
    }
    return luma
  }

  /// A rectangle of the picture; what of it lies outside repeats the nearest pixel of the edge.
  ///
  /// - Parameters:
  ///   - x: The rectangle's first column, which may be negative.
  ///   - y: The rectangle's first row, which may be negative.
  ///   - width: The rectangle's columns.
  ///   - height: The rectangle's rows.
  /// - Returns: A picture of `width` by `height`, wherever the rectangle lies.
  /// - Throws: ``ImageError/invalidSize(width:height:)`` for a side below 1 or over
  ///   ``ImageLimits/maximumNewSide``.
  public func cropped(
    x: Int, y: Int, width: Int, height: Int
  ) throws(ImageError) -> RGBImage {
    try ImageLimits.checkNew(width: width, height: height)
    return cropped(x: x, y: y, checkedWidth: width, height: height)
  }

  /// A rectangle whose sides were checked to be positive.
  package func cropped(x: Int, y: Int, checkedWidth width: Int, height: Int) -> RGBImage {
    let columns = Self.clamped(from: x, count: width, to: self.width)
    var result: [UInt8] = []
    result.reserveCapacity(3 * width * height)
    for row in Self.clamped(from: y, count: height, to: self.height) {
      for column in columns {
        let source = 3 * (row * self.width + column)
        result.append(pixels[source])
        result.append(pixels[source + 1])
        result.append(pixels[source + 2])
      }
    }
    return RGBImage(checkedWidth: width, height: height, pixels: result)
  }

  /// `count` positions from `start` on, each moved to the nearest of `0..<limit`.
  private static func clamped(from start: Int, count: Int, to limit: Int) -> [Int] {
    (0..<count).map { offset in
      let (position, overflows) = start.addingReportingOverflow(offset)
      return overflows ? limit - 1 : min(max(position, 0), limit - 1)
    }
  }
}
