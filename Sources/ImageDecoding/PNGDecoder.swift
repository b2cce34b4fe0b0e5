private import CPNG

/// PNG by libpng, whose simplified interface reports errors without `longjmp`.
enum PNGDecoder {
  /// Decodes a picture as it is stored, and says how it is to be turned.
  ///
  /// Transparent pixels are laid on white; of 16 bits the upper 8 are kept. The picture is whole if
  /// the data of all its rows are there, whether its end mark is or not.
  ///
  /// - Throws: ``ImageError`` if a limit is passed, or the picture is cut off or damaged.
  static func decode(_ bytes: [UInt8]) throws(ImageError) -> (RGBImage, Orientation) {
    let chunks = try PNGChunks(bytes) { checksum(bytes, $0) }
    let pixels =
      if chunks.bitDepth == 16 {
        try PNG16Bit(chunks, rows: rows(chunks, bytes)).pixels()
      } else {
        try eightBit(chunks, bytes)
      }
    let image = RGBImage(checkedWidth: chunks.width, height: chunks.height, pixels: pixels)
    return (image, chunks.orientation { inflate($0, atMost: $1) })
  }

  /// The unpacked bytes of all rows.
  ///
  /// - Throws: ``ImageError/truncated(bytes:)`` if some are missing and the file's end is as well,
  ///   ``ImageError/corrupt(reason:)`` if only they are.
  private static func rows(_ chunks: PNGChunks, _ bytes: [UInt8]) throws(ImageError) -> [UInt8] {
    let packed = chunks.imageData.reduce(into: []) { $0 += bytes[$1] }
    let rows = inflate(packed, atMost: chunks.rowBytes)
    guard rows.count == chunks.rowBytes else {
      throw chunks.hasEnd ? .corrupt(reason: "bad compressed data") : .truncated(bytes: bytes.count)
    }
    return rows
  }

  /// Decodes all but 16-bit files to `[H, W, 3]`.
  private static func eightBit(
    _ chunks: PNGChunks, _ bytes: [UInt8]
  ) throws(ImageError) -> [UInt8] {
    // libpng would lay transparent pixels on the background in linear light, so it is asked for
    // the alpha instead.
    let isOpaque = !chunks.color.hasAlpha && chunks.transparency.isEmpty
    var file = ImageFormat.png.signature
    for chunk in chunks.essential { file += bytes[chunk] }
    if chunks.hasEnd && !chunks.hasDamagedData {
      for data in chunks.imageData { file += bytes[data.lowerBound - 8..<data.upperBound + 4] }
    } else {
      // libpng gives nothing of data that do not end well, so they get another end.
      file += try chunk("IDAT", packed(rows(chunks, bytes)))
    }
    file += chunk("IEND", [])
    let count = (isOpaque ? 3 : 4) * chunks.width * chunks.height
    var pixels = [UInt8](repeating: 0, count: count)
    try read(file, into: &pixels, width: chunks.width, height: chunks.height, hasAlpha: !isOpaque)
    return isOpaque ? pixels : onWhite(rgba: pixels)
  }

  /// A chunk with its length and checksum.
  private static func chunk(_ type: StaticString, _ data: [UInt8]) -> [UInt8] {
    func bytes(_ value: Int) -> [UInt8] {
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
    let body = Array(type.description.utf8) + data
    return bytes(data.count) + body + bytes(checksum(body, 0..<body.count))
  }

  private static func read(
    _ file: [UInt8], into pixels: inout [UInt8], width: Int, height: Int, hasAlpha: Bool
  ) throws(ImageError) {
    precondition(pixels.count == (hasAlpha ? 4 : 3) * width * height, "bad extents")
    // SAFETY: the file's bytes outlive both calls. The size that libpng found is compared with
    // ours before it writes height rows of width pixels of 3 or 4 bytes, the array's size.
    // png_image_free is called once, after the last use.
    var image = unsafe png_image()
    unsafe image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { unsafe png_image_free(&image) }
    let isRead = unsafe file.withUnsafeBytes { source in
      unsafe pixels.withUnsafeMutableBytes { target in
        guard unsafe png_image_begin_read_from_memory(&image, source.baseAddress, source.count) != 0
        else { return false }
        guard unsafe Int(image.width) == width && Int(image.height) == height else { return false }
        unsafe image.format =
          png_uint_32(PNG_FORMAT_FLAG_COLOR) | (hasAlpha ? png_uint_32(PNG_FORMAT_FLAG_ALPHA) : 0)
        return unsafe png_image_finish_read(&image, nil, target.baseAddress, 0, nil) != 0
      }
    }
    guard isRead else { throw .corrupt(reason: unsafe message(image)) }
  }

  private static func checksum(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "\(range) is outside")
    // SAFETY: the range lies within the buffer, and its length within 32 bits: the file is read.
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe Int(
        crc32(0, buffer.baseAddress.map { unsafe $0 + range.lowerBound }, uInt(range.count)))
    }
  }

  /// Unpacks a zlib stream; what it has beyond `limit` bytes is dropped, and what is behind its
  /// first fault is missing.
  private static func inflate(_ data: [UInt8], atMost limit: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: limit)
    var written = uLongf(limit)
    // SAFETY: zlib writes `written` bytes at most, the array's size, and reads those of `data`. It
    // says in `written` how many it has written, whether it succeeds or not.
    let status = unsafe result.withUnsafeMutableBufferPointer { target in
      unsafe data.withUnsafeBufferPointer { source in
        unsafe uncompress(target.baseAddress, &written, source.baseAddress, uLong(source.count))
      }
    }
    if status == Z_MEM_ERROR { return [] }
    result.removeLast(limit - min(limit, Int(written)))
    return result
  }

  /// Packs bytes into a zlib stream, as fast as can be.
  private static func packed(_ bytes: [UInt8]) throws(ImageError) -> [UInt8] {
    var size = compressBound(uLong(bytes.count))
    var result = [UInt8](repeating: 0, count: Int(size))
    // SAFETY: zlib writes `size` bytes at most, the array's size, and reads those of `bytes`.
    let status = unsafe result.withUnsafeMutableBufferPointer { target in
      unsafe bytes.withUnsafeBufferPointer { source in
        unsafe compress2(
          target.baseAddress, &size, source.baseAddress, uLong(source.count), Z_BEST_SPEED)
      }
    }
    guard status == Z_OK else { throw .corrupt(reason: "no memory to unpack it") }
    return Array(result.prefix(Int(size)))
  }

  /// Lays pixels of red, green, blue and alpha on white, as Pillow's `alpha_composite` does.
  static func onWhite(rgba: [UInt8]) -> [UInt8] {
    var rgb: [UInt8] = []
    rgb.reserveCapacity(rgba.count / 4 * 3)
    for pixel in stride(from: 0, to: rgba.count, by: 4) {
      let alpha = Int(rgba[pixel + 3])
      for channel in pixel..<pixel + 3 {
        // The weights have 7 fraction bits there; a division by 255 that rounds.
        let sum = (Int(rgba[channel]) * alpha + 255 * (255 - alpha)) << 7 + 0x80 << 7
        rgb.append(UInt8((sum >> 8 + sum) >> 15))
      }
    }
    return rgb
  }
}

extension RGBImage {
  /// The picture as a PNG, 8 bits a channel.
  ///
  /// - Returns: The file's bytes.
  /// - Throws: ``ImageError`` if a side or the number of pixels passes the limit.
  public func pngData() throws(ImageError) -> [UInt8] {
    try ImageLimits.check(width: width, height: height)
    var image = unsafe png_image()
    unsafe image.version = png_uint_32(PNG_IMAGE_VERSION)
    unsafe (image.width, image.height) = (png_uint_32(width), png_uint_32(height))
    unsafe image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    defer { unsafe png_image_free(&image) }
    // Room for data that do not compress; were it too little, the call would say so.
    var size = (3 * width + 1) * height
    size += size / 64 + 4096
    var bytes = [UInt8](repeating: 0, count: size)
    // SAFETY: libpng reads height rows of 3 · width bytes, which `pixels` has, and writes `size`
    // bytes at most, the buffer's size. png_image_free is called once, after the last use.
    let isWritten = unsafe pixels.withUnsafeBytes { source in
      unsafe bytes.withUnsafeMutableBytes { target in
        unsafe png_image_write_to_memory(
          &image, target.baseAddress, &size, 0, source.baseAddress, 0, nil) != 0
      }
    }
    guard isWritten else { throw .corrupt(reason: unsafe message(image)) }
    return Array(bytes.prefix(size))
  }
}

/// libpng's word for what went wrong.
private func message(_ image: borrowing png_image) -> String {
  // SAFETY: reads the 64 bytes of the field.
  unsafe withUnsafeBytes(of: image.message) {
    unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
  }
}
