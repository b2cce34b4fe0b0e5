import ImageDecoding

/// Decodes the input as a picture, stored and upright, then resizes and writes it.
let fuzzPhoto: Target = { bytes in
  let upright = try attempt { try RGBImage(decoding: bytes) }
  let stored = try attempt {
    try RGBImage(decoding: bytes, options: DecodingOptions(appliesOrientation: false))
  }
  try check((upright == nil) == (stored == nil), "orientation decides whether it can be read")
  guard let upright, let stored else { return }
  let sides = Set([upright.width, upright.height])
  try check(sides == Set([stored.width, stored.height]), "\(stored) turned to \(upright)")
  guard upright.pixels.count < 3 << 20 else { return }
  let side = Int(bytes.last ?? 0) + 1
  let filter = ResamplingFilter.allCases[bytes.count % ResamplingFilter.allCases.count]
  let small = try upright.resized(width: side, height: 1 + side / 2, filter: filter)
  try check(small.pixels.count == 3 * side * (1 + side / 2), "resized to \(small)")
  for turn in QuarterTurn.allCases {
    try check(upright.turned(turn).pixels.count == upright.pixels.count, "\(turn)")
  }
  let again = try RGBImage(decoding: small.pngData())
  try check(again == small, "a PNG that reads back as another picture")
}

/// Splits the input as a stream of pictures, at once and in pieces.
let fuzzStream: Target = { bytes in
  func pictures(_ size: Int) -> (pictures: [[UInt8]], broken: Int) {
    var stream = JPEGStream()
    var found: [[UInt8]] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      found += stream.append(bytes[start..<min(bytes.count, start + size)])
    }
    if let last = stream.finish() { found.append(last) }
    return (found, stream.brokenCount)
  }
  let whole = pictures(max(1, bytes.count))
  for size in [1, 7] {
    let pieces = pictures(size)
    try check(
      pieces == whole,
      "pieces of \(size) give \(pieces.pictures.count) pictures, not \(whole.pictures.count)")
  }
  for picture in whole.pictures.prefix(3) { _ = try attempt { try RGBImage(decoding: picture) } }
}
