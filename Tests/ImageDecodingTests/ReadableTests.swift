import ImageDecoding
import Testing

/// Pictures that break the rules in ways that cost no pixel, as cameras and programs write them.
@Suite struct ReadableTests {
  /// A fixture with `bytes` put in at `place`.
  private func changed(
    _ name: String, at place: Int, by bytes: [UInt8], replacing count: Int = 0
  ) throws -> [UInt8] {
    var file = try fixture(name)
    file.replaceSubrange(place..<place + count, with: bytes)
    return file
  }

  /// Where a marker or a chunk's name begins for the first time.
  private func place(of bytes: [UInt8], in file: [UInt8]) throws -> Int {
    try #require(file.indices.first { file[$0...].starts(with: bytes) })
  }

  @Test(arguments: ["jpeg_420.jpg", "jpeg_grey.jpg", "jpeg_restarts.jpg"])
  func wrongBoundsInAScanHeader(_ name: String) throws {
    let file = try fixture(name)
    let scan = try place(of: [0xFF, 0xDA], in: file)
    let bounds = scan + 2 + Int(file[scan + 3]) - 3
    #expect(Array(file[bounds..<bounds + 3]) == [0, 63, 0])
    for wrong: [UInt8] in [[0, 0, 0], [0, 64, 0], [1, 63, 0], [0, 63, 0x10], [255, 255, 255]] {
      let other = try changed(name, at: bounds, by: wrong, replacing: 3)
      #expect(try RGBImage(decoding: other) == RGBImage(decoding: file), "\(wrong)")
    }
  }

  @Test(arguments: ["jpeg_420.jpg", "jpeg_progressive.jpg"])
  func strayBytesInFrontOfEachMarker(_ name: String) throws {
    let file = try fixture(name)
    var position = 2
    while file[position + 1] != 0xDA {
      for junk: [UInt8] in [
        [0], [1, 2, 3], [0xFF], [0xFF, 0], [13, 10], [0xFF, 1], [0xFF, 0x42],
      ] {
        let other = try changed(name, at: position, by: junk)
        #expect(try RGBImage(decoding: other) == RGBImage(decoding: file), "\(junk)")
      }
      position += 2 + Int(file[position + 2]) << 8 + Int(file[position + 3])
    }
  }

  @Test(arguments: ["jpeg_420.jpg", "jpeg_progressive.jpg"])
  func strayBytesBehindTheData(_ name: String) throws {
    let file = try fixture(name)
    for junk: [UInt8] in [[0, 0], [1, 2, 3], [0xFF, 0xFF], [UInt8](repeating: 7, count: 300)] {
      let other = try changed(name, at: file.count - 2, by: junk)
      #expect(try RGBImage(decoding: other) == RGBImage(decoding: file), "\(junk)")
    }
  }

  @Test func metadataOfAnyKindAndSize() throws {
    let file = try fixture("jpeg_420.jpg")
    let full = [UInt8](repeating: 65, count: 65_533)
    let megabytes = (0..<40).flatMap { index in segment([0xFE, 0xE1, 0xE2, 0xED][index % 4], full) }
    let strange = [
      segment(0xE1, Array("Exif\0\0II*\0\u{7F}\u{7F}\u{7F}\u{7F}".utf8)), segment(0xE1, []),
      segment(0xE1, Array("Exif".utf8)), [0xFF, 0xE1, 0, 0], [0xFF, 0xFE, 0, 1],
      segment(0xE1, Array("Exif\0\0MM\0*".utf8)), megabytes,
    ]
    for metadata in strange {
      let other = try changed("jpeg_420.jpg", at: 2, by: metadata)
      #expect(try RGBImage(decoding: other) == RGBImage(decoding: file))
    }
    let png = try fixture("png_rgb_8.png")
    let large = [UInt8](repeating: 65, count: 3 << 20)
    for name in ["tEXt", "zTXt", "iCCP", "eXIf", "caBX"] {
      let other = try changed("png_rgb_8.png", at: 33, by: chunk(name, large))
      #expect(try RGBImage(decoding: other) == RGBImage(decoding: png), "\(name)")
    }
  }

  @Test func unknownVersionsOfJFIFAndAdobe() throws {
    let file = try fixture("jpeg_420.jpg")
    #expect(file[6..<10].elementsEqual("JFIF".utf8))
    let other = try changed("jpeg_420.jpg", at: 11, by: [9, 9], replacing: 2)
    #expect(try RGBImage(decoding: other) == RGBImage(decoding: file))
    let adobe = Array("Adobe\0d\0\0\0\0".utf8)
    let third = Array(file[..<2]) + segment(0xEE, adobe + [7]) + Array(file[20...])
    #expect(try RGBImage(decoding: third) == RGBImage(decoding: file))
  }

  /// Each block has a restart marker in front here. A lost one costs the blocks that libjpeg paints
  /// grey, as in Pillow (fixture `jpeg_restart_lost`), also if it is the last
  /// one. Two lost ones at the end are taken for a picture that is cut off.
  @Test func lostRestartMarkers() throws {
    let file = try fixture("jpeg_restarts_444.jpg")
    let image = try RGBImage(decoding: file)
    let places = file.indices.dropLast().filter {
      file[$0] == 0xFF && (0xD0...0xD7).contains(file[$0 + 1])
    }
    #expect(places.count == 5)
    for lost in 1..<1 << places.count {
      var other = file
      for (index, place) in places.enumerated().reversed() where lost >> index & 1 == 1 {
        other.removeSubrange(place..<place + 2)
      }
      if lost >> 3 == 3 {
        #expect(failure(other)?.code == "corrupt_image", "\(lost)")
        continue
      }
      let found = try RGBImage(decoding: other)
      #expect(found.width == image.width && found.height == image.height, "\(lost)")
    }
  }

  @Test(arguments: ["jpeg_restarts_444.jpg", "jpeg_restart_lost.jpg"])
  func dataThatEndEarlyAreNotTakenForALostMarker(_ name: String) throws {
    let file = try fixture(name)
    let first = try place(of: [0xFF, 0xD0], in: file)
    let (last, isDamaged) = (try place(of: [0xFF, 0xD4], in: file), name.contains("lost"))
    for end in first..<file.count - 2 where !isDamaged || ![last, last + 1].contains(end) {
      #expect(failure(Array(file[..<end]) + [0xFF, 0xD9])?.code == "corrupt_image", "\(end)")
      #expect(failure(Array(file[..<end])) == .truncated(bytes: end), "\(end)")
    }
  }

  @Test func aPNGsDataWithAWrongChecksumOfTheirChunk() throws {
    for name in ["png_rgb_8.png", "png_rgb_16.png", "png_palette_4_alpha.png"] {
      let file = try fixture(name)
      let data = try place(of: Array("IDAT".utf8), in: file)
      let length = Int(file[data - 2]) << 8 + Int(file[data - 1])
      let other = try changed(name, at: data + 4 + length, by: [1, 2, 3, 4], replacing: 4)
      #expect(try RGBImage(decoding: other) == RGBImage(decoding: file), "\(name)")
    }
  }

  @Test func whateverFollowsAPNGsData() throws {
    let file = try fixture("png_rgb_8.png")
    let rest: [[UInt8]] = [
      [], [0], [0, 0, 0, 0], Array("no chunk at all".utf8), chunk("tEXt", [1], length: 1 << 20),
      chunk("ABCD", []), Array(chunk("IEND", []).dropLast(4)) + [9, 9, 9, 9],
    ]
    for bytes in rest {
      #expect(try RGBImage(decoding: file.dropLast(12) + bytes) == RGBImage(decoding: file))
    }
    // Pillow reads chunks that are unknown and call themselves critical in front of the data, too.
    let other = try changed("png_rgb_8.png", at: 33, by: chunk("ABCD", [1, 2]))
    #expect(try RGBImage(decoding: other) == RGBImage(decoding: file))
  }
}
