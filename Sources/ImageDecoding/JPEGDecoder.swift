private import CTurboJPEG

/// JPEG by TurboJPEG: every kind that Pillow reads as well, and the same pixels up to rounding.
enum JPEGDecoder {
  /// Decodes a picture as it is stored, and says how it is to be turned.
  ///
  /// A warning of the library is none here unless pixels are missing: where they are, it paints
  /// grey. ``JPEGMarkers/isCutOff(_:firstWarning:pixels:)`` has the rule.
  ///
  /// - Throws: ``ImageError`` if a limit is passed, the picture is cut off, or cannot be decoded.
  static func decode(_ bytes: [UInt8]) throws(ImageError) -> (RGBImage, Orientation) {
    let markers = try JPEGMarkers(bytes)
    let (width, height) = (markers.width, markers.height)
    let isCMYK = markers.components == 4
    func decoded(_ file: [UInt8], stopsOnWarning: Bool) -> Decoded {
      decompress(
        file, width: width, height: height, channels: isCMYK ? 4 : 3,
        stopsOnWarning: stopsOnWarning)
    }
    var result = decoded(markers.essential, stopsOnWarning: true)
    if let warning = result.warning {
      let isCutOff = markers.isCutOff(
        warning, firstWarning: { decoded($0, stopsOnWarning: true).warning },
        pixels: {
          let other = decoded($0, stopsOnWarning: false)
          return other.failure == nil ? other.pixels : nil
        })
      if isCutOff {
        guard markers.hasEnd else { throw .truncated(bytes: bytes.count) }
        throw .corrupt(reason: "its data end before its pixels do")
      }
      result = decoded(markers.essential, stopsOnWarning: false)
    }
    if let reason = result.failure { throw .corrupt(reason: reason) }
    let pixels = isCMYK ? rgb(invertedCMYK: result.pixels) : result.pixels
    return (RGBImage(checkedWidth: width, height: height, pixels: pixels), markers.orientation)
  }

  /// What came out of a file.
  private struct Decoded {
    var pixels: [UInt8]
    /// The library's first warning.
    var warning: String?
    /// Why there is no picture.
    var failure: String?
  }

  private static func decompress(
    _ file: [UInt8], width: Int, height: Int, channels: Int, stopsOnWarning: Bool
  ) -> Decoded {
    var result = Decoded(pixels: [UInt8](repeating: 0, count: channels * width * height))
    let format = Int32(channels == 4 ? TJPF_CMYK.rawValue : TJPF_RGB.rawValue)
    let flags = TJFLAG_LIMITSCANS | (stopsOnWarning ? TJFLAG_STOPONWARNING : 0)
    // SAFETY: the library reads the file's bytes at most; it writes `height` rows of
    // channels · width bytes, the array's size, or fails if the file wants more. The handle is
    // used by this call alone and destroyed once; the message is copied before that.
    guard let handle = unsafe tjInitDecompress() else {
      result.failure = "the decoder cannot be started"
      return result
    }
    defer { unsafe tjDestroy(handle) }
    let status = unsafe file.withUnsafeBufferPointer { source in
      unsafe result.pixels.withUnsafeMutableBufferPointer { target in
        unsafe tjDecompress2(
          handle, source.baseAddress, UInt(source.count), target.baseAddress, Int32(width),
          Int32(channels * width), Int32(height), format, flags)
      }
    }
    if status == 0 { return result }
    let message = unsafe String(cString: tjGetErrorStr2(handle))
    // Behind a warning the code stays that of a warning, but an error's message takes its place.
    let isWarning = unsafe tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue)
    if isWarning, stopsOnWarning || warnings.contains(where: { message.hasPrefix($0) }) {
      result.warning = message
    } else {
      result.failure = message
    }
    return result
  }

  /// How libjpeg's warnings about coded data begin (jerror.h); none of its errors begins so.
  private static let warnings = [
    "Corrupt JPEG data", "Inconsistent progression sequence", "Premature end of JPEG file",
  ]

  /// Turns CMYK to RGB as Pillow does: the file's values are taken for inverted, as Adobe writes
  /// them, with an Adobe marker or without, and colour is max(0, …) free of any profile.
  private static func rgb(invertedCMYK cmyk: [UInt8]) -> [UInt8] {
    var rgb: [UInt8] = []
    rgb.reserveCapacity(cmyk.count / 4 * 3)
    for pixel in stride(from: 0, to: cmyk.count, by: 4) {
      let white = Int(cmyk[pixel + 3])  // 255 − K
      for channel in pixel..<pixel + 3 {
        let product = (255 - Int(cmyk[channel])) * white + 128
        rgb.append(UInt8(max(0, white - ((product >> 8) + product) >> 8)))
      }
    }
    return rgb
  }
}

extension RGBImage {
  /// The picture as a baseline JPEG, its chroma halved in both directions.
  ///
  /// - Parameter quality: 1 (smallest file) to 100 (best picture).
  /// - Returns: The file's bytes.
  /// - Throws: ``ImageError`` if a side or the number of pixels passes the limit, or `quality` is not
  ///   1 to 100.
  public func jpegData(quality: Int = 90) throws(ImageError) -> [UInt8] {
    guard (1...100).contains(quality) else { throw .invalidQuality(quality) }
    try ImageLimits.check(width: width, height: height)
    let sampling = Int32(TJSAMP_420.rawValue)
    var size = tjBufSize(Int32(width), Int32(height), sampling)
    var bytes = [UInt8](repeating: 0, count: Int(size))
    // SAFETY: the library reads height · 3 · width bytes, which `pixels` has, and writes into the
    // buffer of tjBufSize bytes that NOREALLOC lets it rely on. The handle is destroyed once.
    guard let handle = unsafe tjInitCompress() else {
      throw .corrupt(reason: "the encoder cannot be started")
    }
    defer { unsafe tjDestroy(handle) }
    let status = unsafe pixels.withUnsafeBufferPointer { source in
      unsafe bytes.withUnsafeMutableBufferPointer { target in
        var start = target.baseAddress
        return unsafe tjCompress2(
          handle, source.baseAddress, Int32(width), Int32(3 * width), Int32(height),
          Int32(TJPF_RGB.rawValue), &start, &size, sampling, Int32(quality), TJFLAG_NOREALLOC)
      }
    }
    guard status == 0 else {
      throw .corrupt(reason: unsafe String(cString: tjGetErrorStr2(handle)))
    }
    return Array(bytes.prefix(Int(size)))
  }
}
