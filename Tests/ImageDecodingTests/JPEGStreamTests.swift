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

  /// Everything that comes out of `bytes`, whatever the size of the pieces they come in.
  private func pictures(_ bytes: [UInt8], pieces size: Int) -> (found: [[UInt8]], broken: Int) {
    var stream = JPEGStream()
    var found: [[UInt8]] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      found += stream.append(bytes[start..<min(start + size, bytes.count)])
    }
    if let last = stream.finish() { found.append(last) }
    return (found, stream.brokenCount)
  }

  @Test(arguments: [1, 5, 1000])
  func goesOnBehindABrokenPicture(_ size: Int) {
    for bad: [UInt8] in [[0xFF, 0xD8], [0xFF, 0xD8, 0xFF, 0xE0, 0, 1], [0xFF, 0xD8, 7, 8]] {
      let (found, broken) = pictures(Self.picture + bad + Self.picture, pieces: size)
      #expect(found == [Self.picture, Self.picture])
      #expect(broken == 1)
    }
  }

  @Test(arguments: [1, 5, 1000])
  func endsAPictureWithoutEndMarkWhereTheNextOneBegins(_ size: Int) {
    let endless = Array(Self.picture.dropLast(2))
    let text = Array("\r\n--frame\r\nContent-Type: image/jpeg\r\n\r\n".utf8)
    let (found, broken) = pictures(text + endless + text + endless + endless, pieces: size)
    #expect(found == [endless + text, endless, endless])
    #expect(broken == 0)
    #expect(pictures(endless + [0xFF], pieces: size).found == [endless + [0xFF]])
  }

  @Test(arguments: [1, 5, 1000])
  func stepsOverStrayBytesInAPicture(_ size: Int) {
    let strange =
      Self.picture[..<2] + [13, 10, 0xFF, 0, 0xFF, 0x42] + Self.picture[2..<18] + [
        0xFF, 1, 0xFF, 9,
      ]
      + Self.picture[18...]
    let (found, broken) = pictures(strange + Self.picture, pieces: size)
    #expect(found == [Array(strange), Self.picture])
    #expect(broken == 0)
  }

  /// `content` with HTTP's chunk marks, each chunk of so many bytes.
  private func chunked(_ content: [UInt8], by size: Int, note: String = "") -> [UInt8] {
    var result: [UInt8] = []
    for start in stride(from: 0, to: content.count, by: size) {
      let chunk = content[start..<min(start + size, content.count)]
      result += Array("\(String(chunk.count, radix: 16))\(note)\r\n".utf8) + chunk + [13, 10]
    }
    return result
  }

  @Test(arguments: [1, 3, 1000])
  func takesOutTheChunkMarksOfHTTP(_ size: Int) {
    let text = Array("--frame\r\nContent-Type: image/jpeg\r\n\r\n".utf8)
    let content = text + Self.picture + text + Self.picture
    let headers = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
    for length in [1, 5, 16, 17, 300] {
      for (front, note) in [([], ""), (headers, ""), ([], ";a=b")] {
        let raw = front + chunked(content, by: length, note: note)
        for end in [[], Array("0\r\n\r\n".utf8)] {
          #expect(pictures(raw + end, pieces: size).found == [Self.picture, Self.picture])
        }
      }
      // Marks that stop fitting are no reason to lose what follows.
      let raw = chunked(content, by: length) + Array("no mark\r\n".utf8) + Self.picture
      #expect(pictures(raw, pieces: size).found.count == 3)
    }
    for front in [
      "ad", "12 frames\r\n", "HTTP/1.0 200 OK\r\n\r\n", "HTTP/", "cafe\n", "123456789\r\n",
    ] {
      let (found, broken) = pictures(Array(front.utf8) + Self.picture, pieces: size)
      #expect(found == [Self.picture], "\(front)")
      #expect(broken == 0)
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
