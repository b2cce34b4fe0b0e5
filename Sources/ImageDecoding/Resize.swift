extension RGBImage {
  /// The picture at another size, bit for bit as Pillow's `Image.resize` makes it.
  ///
  /// Bicubic, bilinear and area are widened when a picture shrinks, so that every old pixel counts.
  /// They run along the rows, then along the columns, with bytes in between; where the height
  /// shrinks by over twice as many pixels as the width, the columns come first, as in Pillow 13.
  ///
  /// - Parameters:
  ///   - width: The new columns.
  ///   - height: The new rows.
  ///   - filter: How the new pixels come from the old ones.
  /// - Returns: The resized picture; the same one if its size is the one asked for.
  /// - Throws: ``ImageError/invalidSize(width:height:)`` for a side below 1 or over
  ///   ``ImageLimits/maximumNewSide``.
  /// - Complexity: O(old height · (old width + new width · taps) + new pixels · taps), where taps
  ///   are about twice the filter's reach times the shrinkage.
  public func resized(
    width: Int, height: Int, filter: ResamplingFilter = .bicubic
  ) throws(ImageError) -> RGBImage {
    try ImageLimits.checkNew(width: width, height: height)
    return resized(checkedWidth: width, height: height, filter: filter)
  }

  /// The picture at another size, which was checked.
  package func resized(
    checkedWidth width: Int, height: Int, filter: ResamplingFilter
  ) -> RGBImage {
    let resize = Resize(
      oldWidth: self.width, oldHeight: self.height, width: width, height: height, filter: filter)
    let pixels = resize(pixels, as: SIMD4<Int32>.self)
    return RGBImage(checkedWidth: width, height: height, pixels: pixels)
  }

  /// The picture turned to grey by ``luma()`` and then resized, `[H, W]`.
  ///
  /// - Parameters:
  ///   - width: The new columns.
  ///   - height: The new rows.
  ///   - filter: How the new pixels come from the old ones.
  /// - Returns: The brightness of each new pixel, `[height, width]`.
  /// - Throws: As ``resized(width:height:filter:)`` does.
  public func grayResized(
    width: Int, height: Int, filter: ResamplingFilter = .bicubic
  ) throws(ImageError) -> [UInt8] {
    try ImageLimits.checkNew(width: width, height: height)
    return grayResized(checkedWidth: width, height: height, filter: filter)
  }

  /// The same for a size that was checked.
  package func grayResized(
    checkedWidth width: Int, height: Int, filter: ResamplingFilter
  ) -> [UInt8] {
    let resize = Resize(
      oldWidth: self.width, oldHeight: self.height, width: width, height: height, filter: filter)
    return resize(luma(), as: Int32.self)
  }
}

/// One change of size, for pictures of one channel or three.
struct Resize {
  private let oldWidth, oldHeight, width, height: Int
  private let filter: ResamplingFilter

  init(
    oldWidth: Int, oldHeight: Int, width: Int, height: Int, filter: ResamplingFilter
  ) {
    precondition(width > 0 && height > 0, "a new size of \(width)×\(height)")
    (self.oldWidth, self.oldHeight) = (oldWidth, oldHeight)
    (self.width, self.height, self.filter) = (width, height, filter)
  }

  /// Resizes `image`, `[old H, old W, channels]`, to `[H, W, channels]`.
  func callAsFunction<Pixel: WeighablePixel>(_ image: [UInt8], as: Pixel.Type) -> [UInt8] {
    precondition(image.count == oldHeight * oldWidth * Pixel.channels, "\(image.count) bytes")
    if width == oldWidth, height == oldHeight { return image }
    if filter == .nearest { return nearest(image, Pixel.self) }
    let count = oldHeight * oldWidth
    let pixels = (0..<count).map { Pixel.bytes(of: image, at: Pixel.channels * $0) }
    let resized =
      shrinksMostlyInHeight
      ? horizontal(vertical(pixels, width: oldWidth, Pixel.self), height: height, Pixel.self)
      : vertical(horizontal(pixels, height: oldHeight, Pixel.self), width: width, Pixel.self)
    var result: [UInt8] = []
    result.reserveCapacity(height * width * Pixel.channels)
    for pixel in resized { Pixel.append(pixel, to: &result) }
    return result
  }

  /// Whether the columns are resized before the rows, which is less work then.
  ///
  /// The rule of Pillow 13; earlier versions always begin with the rows. What lies between the
  /// passes is rounded, so the order shows in the last bit.
  private var shrinksMostlyInHeight: Bool {
    height < oldHeight && oldHeight - height > 2 * (oldWidth - width)
  }

  /// Resizes along the rows: `[height, old W]` pixels to `[height, W]`.
  private func horizontal<Pixel: WeighablePixel>(
    _ pixels: [Pixel.Bytes], height: Int, _: Pixel.Type
  ) -> [Pixel.Bytes] {
    if width == oldWidth { return pixels }
    let weights = ResamplingWeights(old: oldWidth, new: width, filter: filter)
    var result = [Pixel.Bytes](repeating: Pixel.blank, count: height * width)
    var row = [Pixel](repeating: Pixel(repeating: 0), count: oldWidth)
    for y in 0..<height {
      for x in 0..<oldWidth { row[x] = Pixel(pixels[y * oldWidth + x]) }
      for x in 0..<width {
        var source = weights.firsts[x]
        var sum = Pixel(repeating: ResamplingWeights.half)
        for tap in weights.bounds[x]..<weights.bounds[x + 1] {
          sum.add(row[source], times: weights.values[tap])
          source += 1
        }
        result[y * width + x] = sum.clipped
      }
    }
    return result
  }

  /// Resizes along the columns: `[old H, width]` pixels to `[H, width]`.
  private func vertical<Pixel: WeighablePixel>(
    _ pixels: [Pixel.Bytes], width: Int, _: Pixel.Type
  ) -> [Pixel.Bytes] {
    if height == oldHeight { return pixels }
    let weights = ResamplingWeights(old: oldHeight, new: height, filter: filter)
    var result = [Pixel.Bytes](repeating: Pixel.blank, count: height * width)
    var sums = [Pixel](repeating: Pixel(repeating: 0), count: width)
    for y in 0..<height {
      for x in 0..<width { sums[x] = Pixel(repeating: ResamplingWeights.half) }
      var source = weights.firsts[y] * width
      for tap in weights.bounds[y]..<weights.bounds[y + 1] {
        let weight = weights.values[tap]
        for x in 0..<width { sums[x].add(Pixel(pixels[source + x]), times: weight) }
        source += width
      }
      for x in 0..<width { result[y * width + x] = sums[x].clipped }
    }
    return result
  }

  /// Takes the old pixel under the centre of each new one.
  private func nearest<Pixel: WeighablePixel>(_ image: [UInt8], _: Pixel.Type) -> [UInt8] {
    let columns = Self.centers(old: oldWidth, new: width)
    var result: [UInt8] = []
    result.reserveCapacity(height * width * Pixel.channels)
    for y in Self.centers(old: oldHeight, new: height) {
      for x in columns {
        let index = Pixel.channels * (y * oldWidth + x)
        Pixel.append(Pixel.bytes(of: image, at: index), to: &result)
      }
    }
    return result
  }

  /// The old pixels under the new ones' centres, which are summed up step by step as in Pillow's
  /// `ImagingScaleAffine`: a product would round otherwise.
  private static func centers(old: Int, new: Int) -> [Int] {
    let step = Double(old) / Double(new)
    var center = step * 0.5
    return (0..<new).map { _ in
      defer { center += step }
      return min(Int(center), old - 1)
    }
  }
}
