/// Cuts a stream of JPEG pictures, one behind the other, into pictures: MJPEG as `ffmpeg -f mjpeg`
/// writes it.
///
/// ITU-T T.81, annex B: segments behind a marker say their length, so a thumbnail inside one is no
/// picture of its own; coded data run to the next marker that is neither RST nor a stuffed zero.
/// Bytes that fit nothing are skipped up to the next start of a picture.
public struct JPEGStream: Sendable {
  /// Largest picture in bytes; a longer one is given up.
  public static let maximumBytes = 32 << 20

  private var bytes: [UInt8] = []
  /// Where the picture begins, where the scan goes on, and what it reads there.
  private var start = 0, position = 0
  private var state = State.between
  /// How many pictures were given up because they were broken or too long.
  public private(set) var brokenCount = 0

  private enum State { case between, marker, data }

  /// Creates an empty stream.
  public init() {}

  /// Takes the next bytes of the stream.
  ///
  /// - Returns: The pictures that they complete, in order.
  /// - Complexity: O(bytes), however they are cut into pieces.
  public mutating func append(_ piece: some Sequence<UInt8>) -> [[UInt8]] {
    bytes += piece
    var pictures: [[UInt8]] = []
    while advance(&pictures) {}
    if state != .between && bytes.count - start > Self.maximumBytes { giveUp() }
    if state == .between { start = position }
    bytes.removeFirst(start)
    position -= start
    start = 0
    return pictures
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
        if bytes[position] == 0xFF && bytes[position + 1] == 0xD8 {
          start = position
          (position, state) = (position + 2, .marker)
          return true
        }
        position += 1
      }
      return false
    case .marker:
      guard position + 1 < bytes.count else { return false }
      guard bytes[position] == 0xFF else {
        giveUp()
        return true
      }
      switch bytes[position + 1] {
      case 0xFF: position += 1  // fill byte
      case 0xD9: finish(&pictures)
      case 0xD8:
        giveUp()
        return true
      case 0x01, 0xD0...0xD7: position += 2
      default:
        guard position + 3 < bytes.count else { return false }
        let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
        guard length >= 2 else {
          giveUp()
          return true
        }
        guard position + 2 + length <= bytes.count else { return false }
        let isScan = bytes[position + 1] == 0xDA
        position += 2 + length
        if isScan { state = .data }
      }
      return true
    case .data:
      while position + 1 < bytes.count {
        if bytes[position] == 0xFF, bytes[position + 1] != 0,
          !(0xD0...0xD7).contains(bytes[position + 1])
        {
          state = .marker
          return true
        }
        position += 1
      }
      return false
    }
  }

  private mutating func finish(_ pictures: inout [[UInt8]]) {
    position += 2
    pictures.append(Array(bytes[start..<position]))
    (start, state) = (position, .between)
  }
}
