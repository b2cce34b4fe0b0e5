import ImageDecoding
import Testing

/// What a caller can do wrong with a picture.
struct MisuseTests {
  private let pixel: RGBImage

  init() throws { pixel = try RGBImage(width: 1, height: 1, pixels: [1, 2, 3]) }

  static let sizes = [
    (0, 1), (1, 0), (-1, 1), (1, Int.min), (65_537, 1), (Int.max, Int.max), (1 << 62, 2),
  ]

  @Test(arguments: sizes)
  func refusesSizesThatNoPictureHas(_ width: Int, _ height: Int) {
    let expected = ImageError.invalidSize(width: width, height: height)
    #expect(throws: expected) { try RGBImage(width: width, height: height, pixels: []) }
    #expect(throws: expected) { try pixel.resized(width: width, height: height) }
    #expect(throws: expected) { try pixel.grayResized(width: width, height: height) }
    #expect(throws: expected) { try pixel.cropped(x: 0, y: 0, width: width, height: height) }
  }

  @Test func refusesTheWrongNumberOfBytes() {
    #expect(throws: ImageError.byteCount(width: 1, height: 1, found: 2)) {
      try RGBImage(width: 1, height: 1, pixels: [1, 2])
    }
  }

  @Test(arguments: [0, 101, -1, Int.max])
  func refusesQualitiesOutOfRange(_ quality: Int) {
    #expect(throws: ImageError.invalidQuality(quality)) { try pixel.jpegData(quality: quality) }
  }

  @Test func refusesToWriteWhatItCouldNotRead() throws {
    let long = try pixel.resized(width: 16_385, height: 1)
    #expect(throws: ImageError.sideTooLarge(width: 16_385, height: 1)) { try long.jpegData() }
    #expect(throws: ImageError.sideTooLarge(width: 16_385, height: 1)) { try long.pngData() }
  }
}
