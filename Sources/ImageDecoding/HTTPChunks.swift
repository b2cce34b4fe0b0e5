/// Takes the chunk marks out of a raw HTTP answer, as `curl --raw` or a capture saves it.
///
/// RFC 9112, section 7.1: each chunk is a line with its length in hexadecimal digits, the data, and
/// a line's end; a length of 0 ends the body. Bytes that do not begin with such a line, or with a
/// status line and headers before one, are passed on as they are.
struct HTTPChunks {
  private enum State: Equatable {
    /// Nothing is known yet; what has come is kept back.
    case start
    /// In the line with the length; that of the next chunk has a line's end in front of it.
    case length(isFirst: Bool)
    /// In the data, of which so many bytes are to come.
    case data(Int)
    /// No chunks, or no longer.
    case plain
  }
  private var state = State.start
  private var waiting: [UInt8] = []
  /// A longer line is no length; longer headers are none of HTTP.
  private static let longestLine = 256, longestHeaders = 1 << 14

  /// What the next bytes hold, without marks.
  mutating func content(of piece: [UInt8]) -> [UInt8] {
    if state == .plain { return piece }
    waiting += piece
    var content: [UInt8] = []
    var position = 0
    loop: while true {
      switch state {
      case .start:
        guard let begin = bodyStart() else { break loop }
        (position, state) = (begin, .length(isFirst: true))
      case .length(let isFirst):
        let begin = isFirst ? position : position + 2
        guard isFirst || waiting.count >= begin else { break loop }
        let isSeparated = isFirst || waiting.holds("\r\n", at: position)
        switch isSeparated ? line(from: begin) : .none {
        case .incomplete: break loop
        case .none:
          state = .plain
          // In front of the first chunk, so that nothing is lost.
          if isFirst { position = 0 }
        case .length(let length, let end):
          (position, state) = (end, length == 0 ? .plain : .data(length))
        }
      case .data(let length):
        let taken = min(length, waiting.count - position)
        content += waiting[position..<position + taken]
        position += taken
        guard taken == length else {
          state = .data(length - taken)
          break loop
        }
        state = .length(isFirst: false)
      case .plain:
        content += waiting[position...]
        position = waiting.count
        break loop
      }
    }
    waiting.removeFirst(position)
    return content
  }

  /// What was kept back, at the end.
  mutating func rest() -> [UInt8] {
    defer { (waiting, state) = ([], .plain) }
    return state == .start || state == .length(isFirst: true) ? waiting : []
  }

  /// Where the body begins: at once, or behind headers; nil if more bytes are needed.
  private func bodyStart() -> Int? {
    let status = Array("HTTP/1.".utf8)
    guard waiting.prefix(status.count).elementsEqual(status.prefix(waiting.count)) else { return 0 }
    guard waiting.count >= status.count else { return nil }
    for index in waiting.indices.prefix(Self.longestHeaders)
    where waiting[index] == 13 && waiting.holds("\r\n\r\n", at: index) {
      return index + 4
    }
    return waiting.count > Self.longestHeaders ? 0 : nil
  }

  private enum Line {
    case none, incomplete
    case length(Int, end: Int)
  }

  /// The length in a line: hexadecimal digits, then perhaps an extension behind a semicolon.
  private func line(from start: Int) -> Line {
    var length = 0
    var digits = 0
    var position = start
    while position < waiting.count, digits <= 8,
      let digit = Character(UnicodeScalar(waiting[position])).hexDigitValue
    {
      (length, digits, position) = (length << 4 | digit, digits + 1, position + 1)
    }
    guard digits <= 8, digits > 0 || position == waiting.count else { return .none }
    if position < waiting.count, waiting[position] != 13, waiting[position] != UInt8(ascii: ";"),
      waiting[position] != UInt8(ascii: " ")
    {
      return .none
    }
    guard let end = waiting[position...].firstIndex(of: 10) else {
      return waiting.count - start > Self.longestLine ? .none : .incomplete
    }
    guard end > start, waiting[end - 1] == 13, end - start <= Self.longestLine else { return .none }
    return .length(length, end: end + 1)
  }
}
