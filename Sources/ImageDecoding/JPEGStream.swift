/// Cuts a stream of JPEG pictures, one behind the other, into pictures: MJPEG as `ffmpeg -f mjpeg`
/// writes it and as cameras send it, with the texts between the pictures or without.
///
/// ITU-T T.81, annex B: segments behind a marker say their length, so a thumbnail inside one is no
/// picture of its own; coded data run to the next marker that is neither RST nor a stuffed zero.
/// Bytes that fit nothing are stepped over, in a picture too. A picture without its end mark ends
/// where the next one begins. The chunk marks of HTTP are taken out of a raw answer.
public struct JPEGStream: Sendable {
  /// Largest picture in bytes; a longer one is given up.
  public static let maximumBytes = 32 << 20

  private var chunks = HTTPChunks()
  private var bytes: [UInt8] = []
  /// Where the picture begins, where the scan goes on, and what it reads there.
  private var start = 0, position = 0
  private var state = State.between
  /// Whether the picture has coded data.
  private var hasData = false
  /// How many pictures were given up because they had no coded data, or were too long.
  public private(set) var brokenCount = 0

  private enum State { case between, inside }

  /// Creates an empty stream.
  public init() {}

  /// Takes the next bytes of the stream.
  ///
  /// - Returns: The pictures that they complete, in order.
  /// - Complexity: O(bytes), however they are cut into pieces.
  public mutating func append(_ piece: some Sequence<UInt8>) -> [[UInt8]] {
    bytes += chunks.content(of: Array(piece))
    var pictures: [[UInt8]] = []
    while advance(&pictures) {}
    if state != .between && bytes.count - start > Self.maximumBytes { giveUp() }
    if state == .between { start = position }
    bytes.removeFirst(start)
    position -= start
    start = 0
    return pictures
  }

  /// Ends the stream.
  ///
  /// - Returns: The last picture, if it lacks its end mark; it may be cut off.
  public mutating func finish() -> [UInt8]? {
    bytes += chunks.rest()
    var pictures: [[UInt8]] = []
    if state != .between { endPicture(at: bytes.count, &pictures) }
    (bytes, start, position) = ([], 0, 0)
    return pictures.first
  }

  /// Leaves a broken picture; the scan does not go back, so that no byte is read twice.
  private mutating func giveUp() {
    brokenCount += 1
    state = .between
  }

  /// Reads one thing; false if more bytes are needed.
  private mutating func advance(_ pictures: inout [[UInt8]]) -> Bool {
    switch state {
    case .between:
      while position + 1 < bytes.count {
        if bytes[position] == 0xFF && bytes[position + 1] == JPEGMarker.startOfImage {
          start = position
          (position, state, hasData) = (position + 2, .inside, false)
          return true
        }
        position += 1
      }
      return false
    case .inside:
      while position + 1 < bytes.count {
        let marker = bytes[position + 1]
        if bytes[position] == 0xFF, marker != 0, marker != 0xFF, !JPEGMarker.isStray(marker),
          !JPEGMarker.restarts.contains(marker)
        {
          return read(marker, &pictures)
        }
        position += 1
      }
      return false
    }
  }

  /// Reads the marker at the position, with its segment; false if more bytes are needed.
  private mutating func read(_ marker: UInt8, _ pictures: inout [[UInt8]]) -> Bool {
    switch marker {
    case JPEGMarker.endOfImage: endPicture(at: position + 2, &pictures)
    case JPEGMarker.startOfImage: endPicture(at: position, &pictures)
    default:
      guard position + 3 < bytes.count else { return false }
      let length = max(2, bytes.bigEndian16(at: position + 2))
      guard position + 2 + length <= bytes.count else { return false }
      position += 2 + length
      if marker == JPEGMarker.startOfScan { hasData = true }
    }
    return true
  }

  /// Ends the picture; one without coded data is none.
  private mutating func endPicture(at end: Int, _ pictures: inout [[UInt8]]) {
    if hasData { pictures.append(Array(bytes[start..<end])) } else { brokenCount += 1 }
    (start, position, state) = (end, end, .between)
  }
}
