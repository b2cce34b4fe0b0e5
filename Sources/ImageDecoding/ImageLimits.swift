/// How large a picture may be; all of it is checked before memory is taken for the pixels.
public enum ImageLimits {
  /// The most bytes of a file: 20 MiB.
  public static let maximumBytes = 20 << 20
  /// The longest side, in pixels.
  public static let maximumSide = 16_384
  /// The most pixels: 64 megapixels.
  public static let maximumPixels = 64_000_000
  /// The most scans of a JPEG; each costs a pass over the whole picture.
  public static let maximumScans = 100
  /// The most bytes that a text of a PNG is unpacked to: 1 MiB. Other metadata are stepped over,
  /// however many they are, so that they take no memory.
  public static let maximumMetadataBytes = 1 << 20

  /// The longest side of a picture that is made here, by resizing, cropping or from bytes.
  public static let maximumNewSide = 65_536

  /// Refuses a size that no picture has.
  static func checkNew(width: Int, height: Int) throws(ImageError) {
    guard (1...maximumNewSide).contains(width), (1...maximumNewSide).contains(height) else {
      throw .invalidSize(width: width, height: height)
    }
  }

  /// Refuses sides that are too long, or too many pixels.
  static func check(width: Int, height: Int) throws(ImageError) {
    guard width <= maximumSide, height <= maximumSide else {
      throw .sideTooLarge(width: width, height: height)
    }
    guard width * height <= maximumPixels else {  // at most 2²⁸, as both are checked
      throw .tooManyPixels(width: width, height: height)
    }
  }
}
