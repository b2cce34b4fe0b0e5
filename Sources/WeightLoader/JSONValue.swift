/// A JSON value, as far as weight files need it (RFC 8259): numbers keep their text.
indirect enum JSONValue: Equatable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  /// Members in the file's order, names distinct.
  case object([JSONMember])

  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }
  var text: String? { if case .string(let text) = self { text } else { nil } }
  var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
  var members: [JSONMember]? {
    if case .object(let members) = self { members } else { nil }
  }
  /// The number as a non-negative integer, if it is written as one and fits.
  var count: Int? {
    guard case .number(let text) = self, text.utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return Int(text)
  }
  /// The number, if it is finite.
  var decimal: Double? {
    guard case .number(let text) = self, let value = Double(text), value.isFinite else {
      return nil
    }
    return value
  }
}

/// One member of a JSON object.
struct JSONMember: Equatable {
  let name: String
  let value: JSONValue
}

/// A strict parser: no duplicate names, no nesting beyond 8, valid UTF-8, nothing behind the value
/// but spaces. Linear in the length of its input.
struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0
  private static let maximumDepth = 8

  /// Parses one value.
  ///
  /// - Throws: ``WeightError/badHeader(at:expected:)`` or ``WeightError/duplicateName(_:)``.
  static func parse(_ bytes: [UInt8]) throws(WeightError) -> JSONValue {
    var parser = JSONParser(bytes: bytes)
    let value = try parser.value(depth: 0)
    parser.skipSpaces()
    if parser.position < bytes.count { throw parser.expected("the end") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func expected(_ what: String) -> WeightError {
    .badHeader(at: position, expected: "expected \(what)")
  }
  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpaces() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(WeightError) -> JSONValue {
    skipSpaces()
    guard depth <= Self.maximumDepth else { throw expected("less nesting") }
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    default: return try number()
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws(WeightError)
    -> JSONValue
  {
    let word = Array("\(text)".utf8)
    guard bytes[position...].starts(with: word) else { throw expected("\(text)") }
    position += word.count
    return value
  }

  private mutating func object(depth: Int) throws(WeightError) -> JSONValue {
    position += 1
    var members: [JSONMember] = []
    var names: Set<String> = []
    skipSpaces()
    if take(UInt8(ascii: "}")) { return .object([]) }
    while true {
      skipSpaces()
      guard next == UInt8(ascii: "\"") else { throw expected("a name") }
      let name = try string()
      guard names.insert(name).inserted else { throw .duplicateName(name) }
      skipSpaces()
      guard take(UInt8(ascii: ":")) else { throw expected("a colon") }
      members.append(JSONMember(name: name, value: try value(depth: depth + 1)))
      skipSpaces()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw expected("a comma or }") }
    }
  }

  private mutating func array(depth: Int) throws(WeightError) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    skipSpaces()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpaces()
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw expected("a comma or ]") }
    }
  }

  private mutating func number() throws(WeightError) -> JSONValue {
    let start = position
    _ = take(UInt8(ascii: "-"))
    let first = position
    guard digits() else { throw expected("a value") }
    if bytes[first] == UInt8(ascii: "0") && position > first + 1 {
      throw expected("no leading zero")
    }
    if take(UInt8(ascii: ".")) { guard digits() else { throw expected("a digit") } }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard digits() else { throw expected("a digit") }
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() -> Bool {
    let start = position
    while let byte = next, (48...57).contains(byte) { position += 1 }
    return position > start
  }

  private mutating func string() throws(WeightError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let result = String(validating: text, as: UTF8.self) else { throw expected("UTF-8") }
        return result
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw expected("no control character in a string")
      default: text.append(byte)
      }
    }
    throw expected("the end of a string")
  }

  private mutating func escape(into text: inout [UInt8]) throws(WeightError) {
    guard let byte = next else { throw expected("an escape") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code) {
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
          throw expected("a surrogate")
        }
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw expected("a low surrogate") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw expected("a Unicode scalar") }
      text.append(contentsOf: String(Character(scalar)).utf8)
    default: throw expected("a known escape")
    }
  }

  private mutating func hexadecimal() throws(WeightError) -> UInt32 {
    guard position + 4 <= bytes.count else { throw expected("four hexadecimal digits") }
    var code: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw expected("four hexadecimal digits")
      }
      code = code * 16 + UInt32(digit)
    }
    position += 4
    return code
  }
}
