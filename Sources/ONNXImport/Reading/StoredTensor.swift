import WeightLoader

/// `TensorProto`: a constant as the file holds it, in one of its three forms.
struct StoredTensor {
  /// Where the elements are.
  enum Elements {
    /// Little-endian bytes in the file.
    case raw(Range<Int>)
    /// Little-endian bytes in a file beside it; a length of nil goes to the file's end.
    case external(location: String, offset: Int, length: Int?)
    /// Fields of the message.
    case ints([Int])
    case floats([Float])
  }

  var name = ""
  var dimensions: [Int] = []
  /// `TensorProto.DataType`.
  var type = 0
  var elements = Elements.floats([])

  /// Most elements of a tensor that is written as fields, and of a constant that is computed.
  static let typedLimit = 1 << 24

  init(_ message: WireReader) throws(ONNXError) {
    var reader = message
    var (ints, floats): ([Int], [Float]) = ([], [])
    var (entries, isExternal, raw): ([String: String], Bool, Range<Int>?) = ([:], false, nil)
    while let (field, payload) = try reader.next() {
      switch field {
      case 1: dimensions += try payload.ints(reader, atMost: 64, of: "axes of a tensor")
      case 2: type = try payload.int(reader)
      case 4: floats += try Self.floats(payload, reader)
      case 10: floats += try Self.floats(payload, reader, .float64)
      case 5, 7, 11:
        ints += try payload.ints(reader, atMost: Self.typedLimit, of: "numbers of a tensor")
      case 8: name = try payload.text(reader)
      case 9: raw = try payload.range(reader)
      case 13:
        let (key, value) = try Self.entry(payload.message(reader))
        entries[key] = value
      case 14: isExternal = try payload.int(reader) == 1
      default: break
      }
      guard dimensions.count <= 8, entries.count <= 16 else {
        throw .tooMany(of: "axes of a tensor", limit: 8)
      }
      guard ints.count <= Self.typedLimit, floats.count <= Self.typedLimit else {
        throw .tooMany(of: "numbers of a tensor", limit: Self.typedLimit)
      }
    }
    if isExternal {
      let location = entries["location"] ?? ""
      guard let offset = Int(entries["offset"] ?? "0"), offset >= 0,
        let length = entries["length"].map({ Int($0) ?? -1 }) ?? .some(-2), length != -1
      else {
        throw .badExternalData(tensor: name, location: location, expected: "an offset and a length")
      }
      elements = .external(
        location: location, offset: offset, length: length == -2 ? nil : max(length, 0))
    } else if let raw {
      elements = .raw(raw)
    } else {
      elements = floats.isEmpty ? .ints(ints) : .floats(floats)
    }
  }

  private static func entry(
    _ message: WireReader
  ) throws(ONNXError) -> (key: String, value: String) {
    var reader = message
    var (key, value) = ("", "")
    while let (field, payload) = try reader.next() {
      if field == 1 { key = try payload.text(reader) }
      if field == 2 { value = try payload.text(reader) }
    }
    return (key, value)
  }

  /// A field that holds one fp32 or fp64 number, or a packed list of them, as fp32.
  static func floats(
    _ payload: WireReader.Payload, _ outer: WireReader, _ format: NumberFormat = .float32
  ) throws(ONNXError) -> [Float] {
    switch payload {
    case .fixed32(let bits): return [Float(bitPattern: bits)]
    case .fixed64(let bits): return [Float(Double(bitPattern: bits))]
    case .bytes(let range):
      guard range.count % format.size == 0, range.count / format.size <= typedLimit else {
        throw outer.bad("a list of numbers of \(format.size) bytes each")
      }
      return format.floats(outer.file.bytes(range))
    case .varint: throw outer.bad("floating-point numbers")
    }
  }
}

/// `TensorProto.DataType`, as far as it is read: how an element is stored.
enum NumberFormat: Int {
  case float32 = 1
  case uint8 = 2
  case int8 = 3
  case uint16 = 4
  case int16 = 5
  case int32 = 6
  case int64 = 7
  case bool = 9
  case float16 = 10
  case float64 = 11
  case uint32 = 12
  case uint64 = 13
  case bfloat16 = 16

  var isFloat: Bool { [.float32, .float16, .float64, .bfloat16].contains(self) }

  /// Bytes of an element.
  var size: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .uint16, .int16, .float16, .bfloat16: 2
    case .float32, .int32, .uint32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// Little-endian bytes as fp32.
  func floats(_ bytes: [UInt8]) -> [Float] {
    Self.elements(bytes, size) { float($0) }
  }

  /// Little-endian bytes as whole numbers.
  func ints(_ bytes: [UInt8]) -> [Int] {
    Self.elements(bytes, size) { int($0) }
  }

  /// A floating-point number of its bits; fp64 is rounded.
  func float(_ bits: UInt64) -> Float {
    switch self {
    case .float32: Float(bitPattern: UInt32(truncatingIfNeeded: bits))
    case .float64: Float(Double(bitPattern: bits))
    case .bfloat16: Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16)
    case .float16: MappedFile.widened(UInt16(truncatingIfNeeded: bits))
    default: Float(int(bits))
    }
  }

  /// A whole number of its bits.
  func int(_ bits: UInt64) -> Int {
    switch self {
    case .int8: Int(Int8(truncatingIfNeeded: bits))
    case .int16: Int(Int16(truncatingIfNeeded: bits))
    case .int32: Int(Int32(truncatingIfNeeded: bits))
    case .bool: bits == 0 ? 0 : 1
    case .uint64: Int(clamping: bits)
    default: Int(truncatingIfNeeded: bits)
    }
  }

  private static func elements<T>(
    _ bytes: [UInt8], _ size: Int, _ read: (UInt64) -> T
  ) -> [T] {
    var result: [T] = []
    result.reserveCapacity(bytes.count / size)
    for start in stride(from: 0, to: bytes.count / size * size, by: size) {
      var bits: UInt64 = 0
      for place in 0..<size { bits |= UInt64(bytes[start + place]) << UInt64(8 * place) }
      result.append(read(bits))
    }
    return result
  }
}
