import ImageDecoding
import Testing

/// Damaged files end in an error or in a picture, never in a trap.
@Suite struct DamageTests {
  private static let names = [
    "jpeg_420.jpg", "jpeg_progressive.jpg", "jpeg_orientation_6.jpg", "jpeg_ycck.jpg",
    "png_rgb_8.png", "png_palette_4_alpha.png", "png_rgba_16_interlaced.png",
    "png_orientation_6.png",
  ]

  @Test(arguments: names)
  func isRefusedWhereverItIsCutOff(_ name: String) throws {
    let bytes = try fixture(name)
    #expect(failure(bytes) == nil)
    for count in 1..<bytes.count {
      #expect(failure(Array(bytes.prefix(count))) == .truncated(bytes: count))
    }
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
    #expect(failure(Array(bytes.dropLast(200)) + [0xFF, 0xD9])?.code == "corrupt_image")
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
