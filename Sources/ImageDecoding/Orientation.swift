/// How a picture is stored, by EXIF's numbers 1…8: which of its corners is the upright's top left.
enum Orientation: Int, CaseIterable {
  case upright = 1
  case mirrored = 2
  case upsideDown = 3
  case flipped = 4
  case transposed = 5
  case turnedLeft = 6  // to be turned right by 90°
  case transversed = 7
  case turnedRight = 8

  /// Whether width and height change places.
  var swapsSides: Bool { rawValue >= 5 }

  /// The picture as it is to be seen.
  ///
  /// Pixel (x, y) of the result is at `origin + x · across + y · down` in the stored one.
  func upright(_ image: RGBImage) -> RGBImage {
    let (w, h) = (image.width, image.height)
    let last = w * h - 1
    let (origin, across, down) =
      switch self {
      case .upright: (0, 1, w)
      case .mirrored: (w - 1, -1, w)
      case .upsideDown: (last, -1, -w)
      case .flipped: (last - w + 1, 1, -w)
      case .transposed: (0, w, 1)
      case .turnedLeft: (last - w + 1, -w, 1)
      case .transversed: (last, -w, -1)
      case .turnedRight: (w - 1, w, -1)
      }
    if self == .upright { return image }
    let (width, height) = swapsSides ? (h, w) : (w, h)
    var pixels: [UInt8] = []  // [height, width, 3]
    pixels.reserveCapacity(image.pixels.count)
    for y in 0..<height {
      var source = 3 * (origin + y * down)
      for _ in 0..<width {
        pixels.append(image.pixels[source])
        pixels.append(image.pixels[source + 1])
        pixels.append(image.pixels[source + 2])
        source += 3 * across
      }
    }
    return RGBImage(checkedWidth: width, height: height, pixels: pixels)
  }
}
