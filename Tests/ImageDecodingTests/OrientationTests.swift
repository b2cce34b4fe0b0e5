import ImageDecoding
import Testing

/// A TIFF block whose directory holds one tag, Orientation.
private func exif(
  _ value: UInt8, type: UInt8 = 3, count: UInt8 = 1, tag: UInt8 = 0x12, prefix: String = ""
) -> [UInt8] {
  let number: [UInt8] = type == 4 ? [0, 0, 0, value] : [0, value, 0, 0]
  return Array(prefix.utf8) + Array("MM\0*".utf8) + [0, 0, 0, 8, 0, 1]
    + [1, tag, 0, type, 0, 0, 0, count] + number + [0, 0, 0, 0]
}

private func xmp(_ property: String) -> [UInt8] {
  Array("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:Description \(property)</x:xmpmeta>".utf8)
}

/// ImageMagick's way to write an EXIF block as text.
private func profile(_ name: String, _ block: [UInt8]) -> [UInt8] {
  let digits = block.map { byte in
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
  var lines = [""]
  for (index, pair) in digits.enumerated() {
    if index % 36 == 0 { lines.append("") }
    lines[lines.count - 1] += pair
  }
  return Array("\n\(name)\n      \(block.count)\(lines.joined(separator: "\n"))\n".utf8)
}

@Suite struct OrientationTests {
  private let jpeg: [UInt8]
  private let png: [UInt8]
  private let prefix = "Exif\0\0"

  init() throws {
    jpeg = try fixture("jpeg_420.jpg")
    png = try fixture("png_rgb_8.png")
  }

  /// Whether a JPEG with these segments lies on its side, as orientation 6 lays it.
  private func isTurned(_ segments: [[UInt8]]) throws -> Bool {
    let file = Array(jpeg[..<2]) + segments.flatMap { segment(0xE1, $0) } + Array(jpeg[2...])
    return try isTurned(RGBImage(decoding: file), RGBImage(decoding: jpeg))
  }

  /// The same of a PNG with these chunks in front of its data, or behind them.
  private func isTurned(_ chunks: [UInt8], behind: Bool = false) throws -> Bool {
    let place = behind ? png.count - 12 : 33
    let file = Array(png[..<place]) + chunks + Array(png[place...])
    return try isTurned(RGBImage(decoding: file), RGBImage(decoding: png))
  }

  private func isTurned(_ image: RGBImage, _ stored: RGBImage) throws -> Bool {
    if image == stored { return false }
    // The first row of the turned picture is the first column of the stored one, from below.
    #expect(image.width == stored.height && image.height == stored.width)
    var column: [UInt8] = []
    for y in (0..<stored.height).reversed() {
      let start = 3 * y * stored.width
      column += stored.pixels[start..<start + 3]
    }
    #expect(Array(image.pixels[..<(3 * image.width)]) == column)
    return true
  }

  @Test func aCountOfZeroSaysNothing() throws {
    #expect(try !isTurned([exif(6, count: 0, prefix: prefix)]))
    #expect(try !isTurned(chunk("eXIf", exif(6, count: 0))))
    #expect(try isTurned([exif(6, count: 0, prefix: prefix), xmp("tiff:Orientation=\"6\"/>")]))
  }

  @Test func anyWholeNumberSaysIt() throws {
    for type: UInt8 in [3, 4, 8, 9] {
      let block = exif(6, type: type == 9 ? 4 : type, prefix: prefix)
      #expect(try isTurned([block]), "type \(type)")
    }
    for type: UInt8 in [1, 2, 5, 7, 12, 99] {
      #expect(try !isTurned([exif(6, type: type, prefix: prefix)]), "type \(type)")
    }
    #expect(try isTurned([exif(6, count: 2, prefix: prefix)]))
  }

  @Test func theFirstBlockThatHasItCounts() throws {
    let none = exif(6, tag: 0x13, prefix: prefix)
    #expect(try isTurned([none, exif(6, prefix: prefix), exif(1, prefix: prefix)]))
    #expect(try !isTurned([exif(1, prefix: prefix), exif(6, prefix: prefix)]))
    #expect(try isTurned([Array((prefix + "XX").utf8), exif(6, prefix: prefix)]))
    #expect(try isTurned([exif(6, prefix: prefix + prefix)]))
  }

  @Test func XMPCountsWhereNoEXIFSaysOtherwise() throws {
    for property in [
      "tiff:Orientation=\"6\"/>", "tiff:Orientation = '6'/>",
      "><tiff:Orientation>6</tiff:Orientation>", "tiff:Orientation=\"x\" tiff:Orientation=\"6\"",
    ] {
      #expect(try isTurned([xmp(property)]), "\(property)")
      #expect(try !isTurned([exif(1, prefix: prefix), xmp(property)]), "\(property)")
      #expect(try isTurned([xmp(property), exif(9, tag: 0x13, prefix: prefix)]), "\(property)")
    }
    for property in ["tiff:Orientation", "exif:Orientation=\"6\"", "tiff:Orientation=\"9\""] {
      #expect(try !isTurned([xmp(property)]), "\(property)")
    }
  }

  @Test func aPNGsEXIFIsReadWithTheJPEGsPrefixToo() throws {
    #expect(try isTurned(chunk("eXIf", exif(6))))
    #expect(try isTurned(chunk("eXIf", exif(6, prefix: prefix))))
    #expect(try isTurned(chunk("eXIf", exif(6)), behind: true))
    // With a wrong checksum it says nothing, and the picture is read.
    #expect(try !isTurned(chunk("eXIf", exif(6)).dropLast() + [7]))
  }

  @Test func aPNGsTextIsRead() throws {
    for (key, name) in [("exif", "exif"), ("APP1", "app1"), ("APP1", "generic profile")] {
      let text = profile(name, exif(6, prefix: prefix))
      let keyword = Array("Raw profile type \(key)\0".utf8)
      #expect(try isTurned(chunk("tEXt", keyword + text)), "\(key)")
      #expect(try isTurned(chunk("tEXt", keyword + text), behind: true), "\(key)")
      #expect(try isTurned(chunk("zTXt", keyword + [0] + stored(text))), "\(key)")
      #expect(try isTurned(chunk("iTXt", keyword + [1, 0, 0, 0] + stored(text))), "\(key)")
      #expect(try !isTurned(chunk("eXIf", exif(1)) + chunk("tEXt", keyword + text)), "\(key)")
    }
    for text in ["", "\nexif\n", "\nexif\n 9\nxx\n", "\nexif\n 9\n4d4d0"] {
      #expect(try !isTurned(chunk("tEXt", Array("Raw profile type exif\0\(text)".utf8))), "\(text)")
    }
  }

  @Test func aPNGsXMPIsRead() throws {
    let packet = Array("<x tiff:Orientation=\"6\"/>".utf8)
    let keyword = Array("XML:com.adobe.xmp\0".utf8)
    #expect(try isTurned(chunk("iTXt", keyword + [0, 0, 0, 0] + packet)))
    #expect(try isTurned(chunk("iTXt", keyword + [1, 0, 0x65, 0, 0] + stored(packet))))
    #expect(try !isTurned(chunk("eXIf", exif(1)) + chunk("iTXt", keyword + [0, 0, 0, 0] + packet)))
    #expect(try !isTurned(chunk("iTXt", keyword + [1, 0, 0, 0] + [1, 2, 3])))
  }

  /// A zlib stream of one stored block, without the checksum at its end.
  private func stored(_ bytes: [UInt8]) -> [UInt8] {
    let (low, high) = (UInt8(bytes.count & 255), UInt8(bytes.count >> 8))
    return [0x78, 1, 1, low, high, 255 - low, 255 - high] + bytes
  }
}
