import ImageDecoding
import Testing

/// A JPEG's segment: its marker, its length, its data.
func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
  [0xFF, marker, UInt8((data.count + 2) >> 8), UInt8((data.count + 2) & 255)] + data
}

/// A frame header of a JPEG; each component is sampled as `sampling` says.
func frame(
  _ width: Int, _ height: Int, precision: UInt8 = 8, sampling: [UInt8] = [0x11], kind: UInt8 = 0xC0
) -> [UInt8] {
  let size = [UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255)]
  let components = sampling.enumerated().flatMap { index, factors -> [UInt8] in
    [UInt8(index), factors, 0]
  }
  return segment(kind, [precision] + size + [UInt8(sampling.count)] + components)
}

/// A PNG's chunk, with its checksum.
func chunk(_ type: String, _ data: [UInt8], length: Int? = nil) -> [UInt8] {
  func bytes(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
  let body = Array(type.utf8) + data
  var checksum = UInt32.max
  for byte in body {
    checksum ^= UInt32(byte)
    for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xEDB8_8320 : checksum >> 1 }
  }
  return bytes(length ?? data.count) + body + bytes(Int(~checksum))
}

/// A PNG's header, and the signature in front of it.
func header(
  _ width: Int, _ height: Int, depth: UInt8 = 8, color: UInt8 = 2, methods: [UInt8] = [0, 0, 0]
) -> [UInt8] {
  let size = [width, height].flatMap { side -> [UInt8] in
    [24, 16, 8, 0].map { UInt8(side >> $0 & 255) }
  }
  return [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] + chunk("IHDR", size + [depth, color] + methods)
}

private let start: [UInt8] = [0xFF, 0xD8]
private let scan = segment(0xDA, [1, 0, 0, 0, 63, 0])

@Suite struct RefusalTests {
  @Test func refusesWhatIsNoPicture() {
    #expect(failure([]) == .empty)
    #expect(failure(Array("no picture".utf8)) == .notAnImage)
    #expect(failure([0]) == .notAnImage)
    #expect(failure([0xFF, 0xD8]) == .truncated(bytes: 2))
    #expect(failure([0x89, 0x50, 0x4E]) == .truncated(bytes: 3))
    #expect(failure(Array("GIF89a...".utf8)) == .unsupported(kind: "a GIF"))
    #expect(failure(Array("RIFF....WEBPVP8 ".utf8)) == .unsupported(kind: "a WebP"))
    #expect(failure(Array("....ftypheic".utf8)) == .unsupported(kind: "a HEIC"))
    #expect(failure(Array("....ftypavif".utf8)) == .unsupported(kind: "an AVIF"))
    #expect(failure(Array("II*\0....".utf8)) == .unsupported(kind: "a TIFF"))
    #expect(failure(Array("BM....\0\0\0\0".utf8)) == .unsupported(kind: "a BMP"))
  }

  @Test func refusesUnreadableFiles() {
    func failure(_ path: String) -> ImageError? {
      do {
        _ = try RGBImage(contentsOf: path)
        return nil
      } catch { return error }
    }
    #expect(
      failure("/no/file") == .unreadable(path: "/no/file", reason: "No such file or directory"))
    #expect(failure("/tmp")?.code == "unreadable_file")
    #expect(failure("/dev/null") == .empty)
    #expect(failure("/dev/zero") == .tooManyBytes(bytes: ImageLimits.maximumBytes + 1))
  }

  @Test func refusesFilesOverTheLimit() throws {
    let png = try fixture("png_rgb_8.png")
    let padding = [UInt8](repeating: 0, count: ImageLimits.maximumBytes - png.count)
    #expect(failure(png + padding) == nil)
    #expect(failure(png + padding + [0]) == .tooManyBytes(bytes: 20 << 20 + 1))
  }

  @Test func refusesJPEGsThatAskForTooMuch() {
    #expect(failure(start + frame(16_385, 1)) == .sideTooLarge(width: 16_385, height: 1))
    #expect(failure(start + frame(1, 65_535)) == .sideTooLarge(width: 1, height: 65_535))
    #expect(failure(start + frame(16_000, 4001)) == .tooManyPixels(width: 16_000, height: 4001))
    let scans = (0..<101).flatMap { _ in scan }
    #expect(failure(start + frame(8, 8, kind: 0xC2) + scans) == .tooManyScans)
  }

  @Test func refusesJPEGsOfOtherKinds() {
    func refuses(_ bytes: [UInt8], _ kind: String) -> Bool {
      failure(start + bytes) == .unsupported(kind: kind)
    }
    #expect(failure(start + frame(8, 8))?.code == "truncated_image")
    #expect(refuses(frame(8, 8, kind: 0xC3), "a lossless or hierarchical JPEG"))
    #expect(refuses(frame(8, 8, precision: 12), "a JPEG of 12 bits"))
    #expect(refuses(frame(8, 0), "a JPEG that tells its height at its end"))
    #expect(refuses(frame(8, 8, sampling: [0x11, 0x11]), "a JPEG of 2 components"))
    #expect(refuses(frame(8, 8, sampling: []), "a JPEG of 0 components"))
    #expect(
      refuses(frame(8, 8, sampling: [0x31, 0x21, 0x11]), "a JPEG with fractional subsampling"))
  }

  @Test func refusesMalformedJPEGs() {
    func reason(_ bytes: [UInt8]) -> String? {
      if case .corrupt(let reason) = failure(start + bytes) { reason } else { nil }
    }
    let end: [UInt8] = [0xFF, 0xD9]
    #expect(reason(start) == "a second start of image")
    #expect(reason(end) == "no image data")
    #expect(reason(frame(8, 8) + end) == "no image data")
    #expect(reason(scan) == "a scan before the frame")
    #expect(reason(frame(8, 8) + frame(8, 8)) == "a second frame")
    #expect(reason(segment(0xC0, [8])) == "a short frame header")
    #expect(reason(segment(0xC0, [8, 0, 1, 0, 1, 1])) == "a bad frame header")
    #expect(reason(frame(0, 8)) == "a width of 0")
    #expect(reason(frame(8, 8, sampling: [0x51])) == "sampling factors of [5]")
    #expect(reason(frame(8, 8) + scan + end) != nil)  // no tables
  }

  @Test func refusesPNGsThatAskForTooMuch() {
    let most = (1 << 31) - 1
    #expect(failure(header(most, 1)) == .sideTooLarge(width: most, height: 1))
    #expect(failure(header(1, 16_385)) == .sideTooLarge(width: 1, height: 16_385))
    #expect(failure(header(50_000, 50_000)) == .sideTooLarge(width: 50_000, height: 50_000))
    #expect(failure(header(16_000, 4001)) == .tooManyPixels(width: 16_000, height: 4001))
  }

  @Test func refusesWhatXcodeHasMadeOfAPNG() throws {
    let png = try fixture("png_rgb_8.png")
    let apple = Array(png[..<8]) + chunk("CgBI", [0x50, 0, 0x20, 2]) + Array(png[8...])
    #expect(failure(apple) == .unsupported(kind: "a PNG altered by Apple's Xcode"))
    #expect(failure(apple)?.description == "a PNG altered by Apple's Xcode is not supported")
  }

  @Test func skipsTextThatWouldInflate() throws {
    // A stream of zlib that stands for far more: never inflated, so it need not be whole.
    let png = try fixture("png_rgb_8.png")
    let bomb = Array("Comment\0\0".utf8) + [0x78, 0xDA] + [UInt8](repeating: 0, count: 60_000)
    let bombs = chunk("zTXt", bomb) + chunk("iCCP", bomb)
    let bytes = Array(png[..<33]) + bombs + Array(png[33...])
    #expect(try RGBImage(decoding: bytes) == RGBImage(decoding: png))
  }

  @Test func refusesMalformedPNGs() throws {
    func reason(_ bytes: [UInt8]) -> String? {
      if case .corrupt(let reason) = failure(bytes) { reason } else { nil }
    }
    let end = chunk("IEND", [])
    #expect(reason(header(0, 1)) == "a size of 0×1")
    #expect(reason(header(1, 1, depth: 4)) == "colour type 2 with 4 bits")
    #expect(reason(header(1, 1, color: 5)) == "colour type 5 with 8 bits")
    #expect(reason(header(1, 1, methods: [0, 0, 2])) == "unknown methods 0, 0, 2")
    #expect(reason(header(1, 1) + header(1, 1).dropFirst(8)) == "a second header")
    #expect(reason(header(1, 1) + chunk("A1CD", []) + end) == "a chunk without a name")
    #expect(reason(header(1, 1) + chunk("abcd", []) + end) == "no image data")
    #expect(reason(header(1, 1).prefix(8) + end) == "no header in front")
    #expect(
      reason(header(1, 1) + chunk("IDAT", [], length: 1 << 31)) == "a chunk of length 2147483648")
    #expect(reason(header(1, 1) + chunk("IDAT", [1, 2, 3]) + end) != nil)
    #expect(
      reason(header(1, 1, depth: 16) + chunk("IDAT", [1, 2, 3]) + end) == "bad compressed data")
    // One stored block of zlib with a row of filter 9.
    let stored: [UInt8] = [0x78, 1, 1, 3, 0, 0xFC, 0xFF, 9, 0, 0, 0, 0x1E, 0, 0x0A]
    #expect(
      reason(header(1, 1, depth: 16, color: 0) + chunk("IDAT", stored) + end) == "unknown filter 9")
    var png = try fixture("png_rgb_8.png")
    png[29] ^= 1
    #expect(reason(png) == "a wrong checksum in chunk IHDR")
  }

  @Test func everyErrorHasACodeAndASentence() {
    let errors: [ImageError] = [
      .unreadable(path: "p", reason: "r"), .empty, .notAnImage, .unsupported(kind: "a GIF"),
      .truncated(bytes: 1), .corrupt(reason: "r"), .tooManyBytes(bytes: 1),
      .sideTooLarge(width: 1, height: 1), .tooManyPixels(width: 1, height: 1), .tooManyScans,
    ]
    #expect(
      errors.map(\.code) == [
        "unreadable_file", "empty_image", "not_an_image", "unsupported_image", "truncated_image",
        "corrupt_image", "image_file_too_large", "image_too_large", "image_too_large",
        "too_many_scans",
      ])
    #expect(Set(errors.map(\.description)).count == errors.count)
  }
}
