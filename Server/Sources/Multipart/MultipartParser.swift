/// Splits a `multipart/form-data` body into its parts while it arrives (RFC 7578, RFC 2046).
///
/// No more than a boundary's length, or one part's headers, is held back; how the body is cut into
/// chunks makes no difference to the parts.
///
/// ```swift
/// var parser = try MultipartParser(contentType: "multipart/form-data; boundary=x")
/// for chunk in body { for event in try parser.parse(chunk) { … } }
/// try parser.finish()
/// ```
public struct MultipartParser: Sendable {
  /// What the parser found.
  public enum Event: Sendable, Equatable {
    /// A part begins.
    case began(PartHeaders)
    /// The next bytes of the part.
    case data([UInt8])
    /// The part is over.
    case ended
  }

  /// How many bytes the headers of one part may have.
  public static let headerLimit = 8 << 10

  private enum State { case preamble, boundary, headers, body, epilogue }

  private let delimiter: [UInt8]  // CR LF - - boundary
  private let partLimit: Int
  private var state = State.preamble
  private var parts = 0
  private var buffer = Array("\r\n".utf8)  // so that a boundary may open the body
  private var start = 0

  /// Creates a parser for a body with this `Content-Type`.
  ///
  /// - Throws: ``MultipartError/noBoundary``.
  public init(contentType: String, partLimit: Int = 32) throws(MultipartError) {
    let type = contentType.prefix { $0 != ";" }
    guard type.trimmed.lowercased() == "multipart/form-data",
      let boundary = headerParameter("boundary", in: contentType),
      (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ (32..<127).contains($0) })
    else { throw .noBoundary }
    delimiter = Array("\r\n--\(boundary)".utf8)
    self.partLimit = partLimit
  }

  /// Takes the next bytes of the body.
  ///
  /// - Returns: What they brought to light, in order.
  /// - Throws: ``MultipartError``; the parser is of no more use then.
  public mutating func parse(
    _ chunk: some Collection<UInt8>
  ) throws(MultipartError) -> [Event] {
    if state == .epilogue { return [] }
    buffer.append(contentsOf: chunk)
    var events: [Event] = []
    while try step(&events) {}
    buffer.removeFirst(start)
    start = 0
    return events
  }

  /// Says that the body is over.
  ///
  /// - Throws: ``MultipartError/truncated`` unless the last boundary was seen.
  public func finish() throws(MultipartError) {
    if state != .epilogue { throw .truncated }
  }

  /// Does one thing; false if more bytes are needed for the next.
  private mutating func step(_ events: inout [Event]) throws(MultipartError) -> Bool {
    switch state {
    case .preamble, .body:
      let (end, found) = scan()
      if state == .body, end > start { events.append(.data(Array(buffer[start..<end]))) }
      start = end
      guard found else { return false }
      if state == .body { events.append(.ended) }
      start += delimiter.count
      state = .boundary
      return true
    case .boundary: return try readBoundaryEnd()
    case .headers: return try readHeaders(&events)
    case .epilogue:
      start = buffer.count
      return false
    }
  }

  /// Where the delimiter is, or how far there is certainly none.
  private func scan() -> (end: Int, found: Bool) {
    var index = start
    while index < buffer.count {
      guard buffer[index] == 13 else {
        index += 1
        continue
      }
      let length = min(delimiter.count, buffer.count - index)
      if buffer[index..<index + length].elementsEqual(delimiter[..<length]) {
        return (index, length == delimiter.count)
      }
      index += 1
    }
    return (index, false)
  }

  private mutating func readBoundaryEnd() throws(MultipartError) -> Bool {
    while start < buffer.count, buffer[start] == 32 || buffer[start] == 9 { start += 1 }
    guard buffer.count - start >= 2 else { return false }
    let pair = (buffer[start], buffer[start + 1])
    if pair == (45, 45) {
      state = .epilogue
    } else if pair == (13, 10) {
      parts += 1
      guard parts <= partLimit else { throw .tooManyParts(limit: partLimit) }
      state = .headers
    } else {
      throw .badBoundaryLine
    }
    // The line end stays: with it, "no headers at all" reads like any other header block.
    if state == .epilogue { start += 2 }
    return true
  }

  private mutating func readHeaders(_ events: inout [Event]) throws(MultipartError) -> Bool {
    let blank: [UInt8] = [13, 10, 13, 10]
    var index = start
    while index + 4 <= buffer.count, !buffer[index..<index + 4].elementsEqual(blank) { index += 1 }
    guard index - start <= Self.headerLimit else {
      throw .headersTooLarge(limit: Self.headerLimit)
    }
    guard index + 4 <= buffer.count else { return false }
    events.append(.began(try PartHeaders(Array(buffer[min(start + 2, index)..<index]))))
    start = index + 4
    state = .body
    return true
  }
}
