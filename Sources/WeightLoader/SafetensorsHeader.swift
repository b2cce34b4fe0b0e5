import Tensor

/// How the elements of a stored tensor are written, little-endian.
public enum ElementType: String, Sendable {
  /// IEEE 754 binary32.
  case float32 = "F32"
  /// IEEE 754 binary16.
  case float16 = "F16"
  /// Bytes.
  case uint8 = "U8"

  /// Bytes of one element.
  public var size: Int {
    switch self {
    case .float32: 4
    case .float16: 2
    case .uint8: 1
    }
  }
}

/// What a safetensors header says, checked as a whole (FORMAT.md, 1 to 6).
struct SafetensorsHeader: Sendable {
  struct Entry: Sendable {
    let name: String
    let type: ElementType
    let shape: [Int]
    /// Bytes, counted from the end of the header.
    let range: Range<Int>
  }
  /// In the order of the data.
  let entries: [Entry]
  let metadata: [String: String]

  static let maximumBytes = 1 << 20

  /// The header's length, from the first 8 bytes.
  static func length(_ prefix: [UInt8], fileBytes: Int) throws(WeightError) -> Int {
    guard prefix.count >= 8 else { throw .tooShort(bytes: fileBytes) }
    let length = prefix.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(maximumBytes) else { throw .headerTooLong(bytes: length) }
    guard Int(length) <= fileBytes - 8 else {
      throw .headerBeyondEnd(header: Int(length), file: fileBytes)
    }
    return Int(length)
  }

  /// Parses and checks a header, which `dataBytes` bytes follow in the file.
  ///
  /// - Throws: ``WeightError`` for the first rule that it breaks.
  init(_ json: [UInt8], dataBytes: Int) throws(WeightError) {
    guard json.first == UInt8(ascii: "{") else {
      throw .badHeader(at: 0, expected: "expected {")
    }
    guard case .object(let members) = try JSONParser.parse(json) else {
      throw .badHeader(at: 0, expected: "expected an object")
    }
    var metadata: [String: String] = [:]
    var entries: [Entry] = []
    for member in members {
      let (name, value) = (member.name, member.value)
      if name == "__metadata__" {
        guard let texts = value.members else {
          throw .badHeader(at: 0, expected: "expected an object as __metadata__")
        }
        for member in texts {
          guard let text = member.value.text else {
            throw .badHeader(at: 0, expected: "expected a string as metadata \"\(member.name)\"")
          }
          metadata[member.name] = text
        }
      } else {
        entries.append(try Self.entry(name, value))
      }
    }
    entries.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = 0
    for entry in entries {
      let begin = entry.range.lowerBound
      if begin < end { throw .overlap(tensor: entry.name, begins: begin, previousEnd: end) }
      if begin > end { throw .hole(before: entry.name, from: end, to: begin) }
      end = entry.range.upperBound
    }
    if end != dataBytes { throw .endMismatch(lastEnd: end, dataBytes: dataBytes) }
    self.entries = entries
    self.metadata = metadata
  }

  private static func entry(_ name: String, _ value: JSONValue) throws(WeightError) -> Entry {
    guard let members = value.members, members.count == 3, let typeName = value["dtype"]?.text,
      let extents = value["shape"]?.elements, let offsets = value["data_offsets"]?.elements,
      offsets.count == 2
    else {
      throw .badHeader(at: 0, expected: "expected dtype, shape and data_offsets for \"\(name)\"")
    }
    guard let type = ElementType(rawValue: typeName) else {
      throw .unknownType(tensor: name, type: typeName)
    }
    var shape: [Int] = []
    var count = 1
    for extent in extents {
      guard let extent = extent.count else { throw .badExtent(tensor: name) }
      shape.append(extent)
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      if overflow { throw .badExtent(tensor: name) }
      count = product
    }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: type.size)
    guard !overflow, shape.count <= 8, let begin = offsets[0].count, let end = offsets[1].count,
      begin <= end
    else { throw .badExtent(tensor: name) }
    if end - begin != bytes { throw .sizeMismatch(tensor: name, shape: shape, bytes: end - begin) }
    return Entry(name: name, type: type, shape: shape, range: begin..<end)
  }
}
