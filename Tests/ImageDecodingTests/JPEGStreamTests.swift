import ImageDecoding
import Testing

struct JPEGStreamTests {
  /// A picture's skeleton: an APP0 segment that holds a whole small picture, a scan with a stuffed
  /// zero and a restart marker.
  static let picture: [UInt8] =
    [0xFF, 0xD8, 0xFF, 0xE0, 0, 6, 0xFF, 0xD8, 0xFF, 0xD9]
    + [0xFF, 0xDA, 0, 3, 9, 1, 2, 0xFF, 0, 0xFF, 0xD3, 4, 0xFF, 0xD9]

  @Test(arguments: [1, 2, 3, 7, 1000])
  func cutsAStreamHoweverItArrives(_ size: Int) {
    let bytes = [5, 0xFF] + Self.picture + [0, 1] + Self.picture + Self.picture
    var stream = JPEGStream()
    var found: [[UInt8]] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      found += stream.append(bytes[start..<min(start + size, bytes.count)])
    }
    #expect(found == [Self.picture, Self.picture, Self.picture])
    #expect(stream.brokenCount == 0)
  }

  @Test(arguments: [1, 5, 1000])
  func goesOnBehindABrokenPicture(_ size: Int) {
    let broken: [[UInt8]] = [
      Array(Self.picture.prefix(16)),  // the next one begins in the middle of a scan
      [0xFF, 0xD8, 0xFF, 0xE0, 0, 1], [0xFF, 0xD8, 7],
    ]
    for bad in broken {
      let bytes = Self.picture + bad + Self.picture
      var stream = JPEGStream()
      var found: [[UInt8]] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        found += stream.append(bytes[start..<min(start + size, bytes.count)])
      }
      #expect(found == [Self.picture, Self.picture])
      #expect(stream.brokenCount == 1)
    }
  }

  @Test func givesUpAPictureWithoutAnEnd() {
    var stream = JPEGStream()
    #expect(stream.append([0xFF, 0xD8, 0xFF, 0xDA, 0, 2]).isEmpty)
    let piece = [UInt8](repeating: 1, count: 1 << 22)
    for _ in 0..<9 { #expect(stream.append(piece).isEmpty) }
    #expect(stream.brokenCount == 1)
    #expect(stream.append(Self.picture) == [Self.picture])
  }
}
