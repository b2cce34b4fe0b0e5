private import CPNG

/// PNG by libpng, whose simplified interface reports errors without `longjmp`.
enum PNGDecoder {
  /// Decodes a picture as it is stored, and says how it is to be turned.
  ///
  /// Transparent pixels are laid on white; of 16 bits the upper 8 are kept.
  ///
  /// - Throws: ``ImageError`` if a limit is passed or the picture is damaged.
  static func decode(_ bytes: [UInt8]) throws(ImageError) -> (RGBImage, Orientation) {
    let chunks = try PNGChunks(bytes) { checksum(bytes, $0) }
    let pixels =
      if chunks.bitDepth == 16 {
        try PNG16Bit(chunks, bytes).pixels { (data, count) throws(ImageError) in
          try inflate(data, count: count)
        }
      } else {
        try eightBit(chunks, bytes)
      }
    let image = RGBImage(checkedWidth: chunks.width, height: chunks.height, pixels: pixels)
    return (image, chunks.orientation)
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
    let count = (isOpaque ? 3 : 4) * chunks.width * chunks.height
    var pixels = [UInt8](repeating: 0, count: count)
    try read(file, into: &pixels, width: chunks.width, height: chunks.height, hasAlpha: !isOpaque)
    return isOpaque ? pixels : onWhite(rgba: pixels)
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

  /// Unpacks a zlib stream that has `count` bytes at least; what it has beyond them is dropped.
  private static func inflate(_ data: [UInt8], count: Int) throws(ImageError) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: count)
    var written = uLongf(count)
    // SAFETY: zlib writes `written` bytes at most, the array's size, and reads those of `data`.
    let status = unsafe result.withUnsafeMutableBufferPointer { target in
      unsafe data.withUnsafeBufferPointer { source in
        unsafe uncompress(target.baseAddress, &written, source.baseAddress, uLong(source.count))
      }
    }
    guard status == Z_OK || status == Z_BUF_ERROR, Int(written) == count else {
      throw .corrupt(reason: "bad compressed data")
    }
    return result
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
