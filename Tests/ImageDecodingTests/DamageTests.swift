import ImageDecoding
import TestSupport
import Testing

/// Damaged files end in an error or in a picture, never in a trap.
@Suite struct DamageTests {
  private static let names = [
    "jpeg_420.jpg", "jpeg_progressive.jpg", "jpeg_orientation_6.jpg", "jpeg_ycck.jpg",
    "png_rgb_8.png", "png_palette_4_alpha.png", "png_rgba_16_interlaced.png",
    "png_orientation_6.png",
  ]

  /// Pictures, and how many bytes at the end of each hold no pixels: of a JPEG the end mark, of a
  /// PNG that, a checksum, and what zlib says at its end.
  private static let ends = [
    ("jpeg_420.jpg", 2), ("jpeg_444.jpg", 2), ("jpeg_411.jpg", 2), ("jpeg_grey.jpg", 2),
    ("jpeg_progressive.jpg", 2), ("jpeg_restarts.jpg", 2),
    ("jpeg_restarts_444.jpg", 2), ("jpeg_restarts_progressive.jpg", 2),
    ("jpeg_orientation_6.jpg", 2),
    ("jpeg_ycck.jpg", 2), ("png_rgb_8.png", 22), ("png_grey_2_interlaced.png", 22),
    ("png_rgb_8_interlaced.png", 22), ("png_palette_4_alpha.png", 22),
    ("png_rgba_16_interlaced.png", 22), ("png_orientation_6.png", 22),
  ]

  @Test(arguments: ends)
  func isRefusedWhereverItsPixelsAreCutOffAndNowhereElse(_ name: String, _ spare: Int) throws {
    let bytes = try fixture(name)
    let image = try RGBImage(decoding: bytes)
    var whole = bytes.count
    for count in (1..<bytes.count).reversed() {
      do {
        let other = try RGBImage(decoding: Array(bytes.prefix(count)))
        #expect(other == image, "the first \(count) of \(bytes.count) bytes")
        #expect(count == whole - 1, "the first \(count) of \(bytes.count) bytes")
        whole = count
      } catch { #expect(error == .truncated(bytes: count)) }
    }
    #expect(name.hasSuffix("jpg") ? bytes.count - whole == spare : bytes.count - whole <= spare)
    #expect(bytes.count - whole >= 2)
  }

  @Test(arguments: names)
  func survivesEveryChangedByte(_ name: String) throws {
    let bytes = try fixture(name)
    let image = try RGBImage(decoding: bytes)
    for index in bytes.indices {
      for value in [0, 1, 0x7F, 0xFF, bytes[index] ^ 1, bytes[index] ^ 0x80] {
        var changed = bytes
        changed[index] = value
        guard let other = try? RGBImage(decoding: changed) else { continue }
        // Whatever it has become, it is whole, and no larger than its header says.
        #expect(other.pixels.count == 3 * other.width * other.height)
        #expect(other.width * other.height <= ImageLimits.maximumPixels)
      }
    }
    #expect(try RGBImage(decoding: bytes) == image)
  }

  @Test func aJPEGWithoutItsEndIsNeverFilledWithGrey() throws {
    let bytes = try fixture("jpeg_444.jpg")
    // The end marker is there, but half of the data before it are not.
    #expect(
      failure(Array(bytes.dropLast(200)) + [0xFF, 0xD9])
        == .corrupt(reason: "its data end before its pixels do"))
  }

  @Test func aChangedByteOfCodedDataIsDamageAndNoCut() throws {
    // Slow waves and some noise, 64×80, chroma halved both ways: five rows of blocks.
    var random = SplitMix64(seed: 3)
    let pixels = (0..<64 * 80 * 3).map { index -> UInt8 in
      let (x, y) = (index / 3 % 64, index / 3 / 64)
      return UInt8((x * 2 + y + index % 3 * 40 + Int.random(in: 0...30, using: &random)) & 0xFF)
    }
    let bytes = try RGBImage(width: 64, height: 80, pixels: pixels).jpegData(quality: 90)
    let image = try RGBImage(decoding: bytes)
    let scan = try #require(
      (0..<bytes.count - 1).last { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA })
    var damaged = 0
    for _ in 0..<300 {
      var changed = bytes
      let place = Int.random(in: scan + 14..<bytes.count - 2, using: &random)
      changed[place] = UInt8.random(in: 0...254, using: &random)
      guard !changed[scan + 14..<changed.count - 2].contains(0xFF) || changed[place - 1] != 0xFF
      else { continue }  // a marker was made
      damaged += try RGBImage(decoding: changed) == image ? 0 : 1
    }
    #expect(damaged > 200)
    // Where more than the last row of blocks is missing, or the end mark, it is a cut.
    let half = Array(bytes[..<(scan + (bytes.count - scan) / 2)])
    #expect(failure(half + [0xFF, 0xD9]) == .corrupt(reason: "its data end before its pixels do"))
    #expect(failure(Array(bytes.dropLast(4))) == .truncated(bytes: bytes.count - 4))
  }

  @Test func aPNGWithTooFewRowsIsRefused() throws {
    // 1×1 of 8-bit grey and of 16-bit grey, in a picture that claims 1×2.
    for (depth, row) in [(UInt8(8), [UInt8](repeating: 0, count: 2)), (16, [0, 0, 0])] {
      let length = UInt8(row.count)
      let sum: [UInt8] = [0, length, 0, 1]  // Adler-32 of zeros
      let stored: [UInt8] = [0x78, 1, 1, length, 0, 255 - length, 255] + row + sum
      let bytes = { (height: Int) in
        header(1, height, depth: depth, color: 0) + chunk("IDAT", stored) + chunk("IEND", [])
      }
      #expect(failure(bytes(1)) == nil)
      #expect(failure(bytes(2))?.code == "corrupt_image")
    }
  }
}
