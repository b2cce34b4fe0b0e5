import ImageDecoding
import TestSupport
import Testing

@Suite struct DecodingTests {
  private let expected: ExpectedPixels

  init() throws { expected = try ExpectedPixels() }

  @Test func decodesJPEGAsPillow() throws {
    let names = expected.names("jpeg_")
    #expect(names.count == 23)
    for name in names {
      let decoded = try RGBImage(decoding: fixture(name + ".jpg"))
      let limit = name.contains("cmyk") || name.contains("ycck") ? 3 : 1
      let found = try #require(difference(decoded, expected.image(name)), "\(name)")
      #expect(found <= limit, "\(name)")
    }
  }

  @Test func decodesPNGExactlyAsPillow() throws {
    let names = expected.names("png_")
    #expect(names.count == 42)
    for name in names {
      #expect(try RGBImage(decoding: fixture(name + ".png")) == expected.image(name), "\(name)")
    }
  }

  @Test func leavesPicturesAsStoredIfAsked() throws {
    let options = DecodingOptions(appliesOrientation: false)
    let plain = try RGBImage(decoding: fixture("jpeg_orientation_1.jpg"))
    for orientation in 1...8 {
      let bytes = try fixture("jpeg_orientation_\(orientation).jpg")
      #expect(try RGBImage(decoding: bytes, options: options) == plain)
    }
    let png = try RGBImage(decoding: fixture("png_orientation_6.png"), options: options)
    #expect(png == (try expected.image("png_color_chunks")))
  }

  @Test func readsFilesWhateverTheirName() throws {
    #expect(
      try RGBImage(contentsOf: imageFolder + "png_rgb_8.png") == expected.image("png_rgb_8"))
  }

  @Test func ignoresWhatFollowsThePicture() throws {
    for name in ["jpeg_420.jpg", "png_rgb_8.png", "png_rgb_16.png"] {
      let bytes = try fixture(name)
      #expect(try RGBImage(decoding: bytes + [1, 2, 3]) == RGBImage(decoding: bytes))
    }
  }

  @Test(arguments: [(1, 1), (3, 2), (64, 1), (1, 77), (120, 90)])
  func writesPNGWithoutLoss(_ width: Int, _ height: Int) throws {
    let image = RGBImage.random(width: width, height: height, seed: 11)
    #expect(try RGBImage(decoding: image.pngData()) == image)
  }

  @Test(arguments: [(1, 1), (3, 2), (64, 1), (1, 77), (120, 90)])
  func writesJPEGOfTheGivenQuality(_ width: Int, _ height: Int) throws {
    let grey = try RGBImage(
      width: width, height: height, pixels: [UInt8](repeating: 119, count: 3 * width * height))
    #expect(try difference(RGBImage(decoding: grey.jpegData(quality: 1)), grey) ?? 99 <= 9)
    #expect(try difference(RGBImage(decoding: grey.jpegData(quality: 100)), grey) == 0)
    let noise = RGBImage.random(width: width, height: height, seed: 12)
    #expect(try noise.jpegData(quality: 5).count <= noise.jpegData(quality: 95).count)
  }
}

extension RGBImage {
  /// Noise.
  static func random(width: Int, height: Int, seed: UInt64) -> RGBImage {
    var generator = SplitMix64(seed: seed)
    let pixels = (0..<3 * width * height).map { _ in UInt8.random(in: 0...255, using: &generator) }
    return RGBImage(checkedWidth: width, height: height, pixels: pixels)
  }
}
