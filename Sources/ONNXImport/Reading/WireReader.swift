import WeightLoader

/// Walks over the fields of one message in Protocol Buffers' wire format
/// (protobuf.dev/programming-guides/encoding).
///
/// A length is compared with what is left of the message before anything is read, so nothing is
/// ever allocated for more bytes than the file has.
struct WireReader {
  /// What follows a field's tag.
  enum Payload {
    case varint(UInt64)
    case fixed32(UInt32)
    case fixed64(UInt64)
    /// Where the bytes of a text, a packed list or a message lie in the file.
    case bytes(Range<Int>)
  }

  let file: MappedFile
  private(set) var position: Int
  private let end: Int
  private var window: [UInt8] = []
  private var windowStart = 0
  private static let windowBytes = 4096

  /// Reads a message that takes up a range of the file.
  ///
  /// - Precondition: The range lies within the file.
  init(_ file: MappedFile, _ range: Range<Int>) {
    (self.file, position, end) = (file, range.lowerBound, range.upperBound)
  }

  /// The next field, or nil at the message's end.
  mutating func next() throws(ONNXError) -> (field: Int, payload: Payload)? {
    if position == end { return nil }
    let tag = try varint()
    let field = tag >> 3
    guard (1..<1 << 29).contains(field) else { throw bad("a field's number") }
    switch tag & 7 {
    case 0: return (Int(field), .varint(try varint()))
    case 1: return (Int(field), .fixed64(try fixed(8)))
    case 2:
      let length = try varint()
      guard length <= UInt64(end - position) else { throw bad("at most \(end - position) bytes") }
      defer { position += Int(length) }
      return (Int(field), .bytes(position..<position + Int(length)))
    case 5: return (Int(field), .fixed32(UInt32(try fixed(4))))
    default: throw bad("a known wire type")
    }
  }

  /// A list of numbers, one after the other, until the message's end.
  mutating func varints(atMost limit: Int, of what: String) throws(ONNXError) -> [Int] {
    var result: [Int] = []
    while position < end {
      guard result.count < limit else { throw .tooMany(of: what, limit: limit) }
      result.append(Int(truncatingIfNeeded: try varint()))
    }
    return result
  }

  func bad(_ expected: String) -> ONNXError { .badWire(at: position, expected: expected) }

  private mutating func byte() throws(ONNXError) -> UInt8 {
    guard position < end else { throw bad("more bytes") }
    if !(windowStart..<windowStart + window.count).contains(position) {
      window = file.bytes(position..<min(position + Self.windowBytes, end))
      windowStart = position
    }
    defer { position += 1 }
    return window[position - windowStart]
  }

  private mutating func varint() throws(ONNXError) -> UInt64 {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let byte = try byte()
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
    }
    throw bad("a number of at most 10 bytes")
  }

  private mutating func fixed(_ count: Int) throws(ONNXError) -> UInt64 {
    var result: UInt64 = 0
    for place in 0..<count { result |= UInt64(try byte()) << UInt64(8 * place) }
    return result
  }
}

extension WireReader.Payload {
  /// A field that holds a message: a reader of it.
  func message(_ outer: WireReader) throws(ONNXError) -> WireReader {
    WireReader(outer.file, try range(outer))
  }

  /// A field that holds a text.
  func text(_ outer: WireReader) throws(ONNXError) -> String {
    let range = try range(outer)
    guard range.count <= 1 << 16 else { throw outer.bad("a text of at most 65536 bytes") }
    guard let text = String(validating: outer.file.bytes(range), as: UTF8.self) else {
      throw outer.bad("UTF-8")
    }
    return text
  }

  /// A field that holds a whole number.
  func int(_ outer: WireReader) throws(ONNXError) -> Int {
    guard case .varint(let value) = self else { throw outer.bad("a number") }
    return Int(truncatingIfNeeded: value)
  }

  /// A field that holds one whole number, or a packed list of them.
  func ints(
    _ outer: WireReader, atMost limit: Int = 1 << 16, of what: String = "numbers in a list"
  ) throws(ONNXError) -> [Int] {
    if case .varint(let value) = self { return [Int(truncatingIfNeeded: value)] }
    var reader = try message(outer)
    return try reader.varints(atMost: limit, of: what)
  }

  /// A field that holds an fp32 number.
  func float(_ outer: WireReader) throws(ONNXError) -> Float {
    guard case .fixed32(let bits) = self else { throw outer.bad("a floating-point number") }
    return Float(bitPattern: bits)
  }

  /// A field that holds bytes: where they lie.
  func range(_ outer: WireReader) throws(ONNXError) -> Range<Int> {
    guard case .bytes(let range) = self else { throw outer.bad("a length and bytes") }
    return range
  }
}
