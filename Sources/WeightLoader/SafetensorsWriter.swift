public import Tensor

/// Puts tensors together as a safetensors file, each tensor's data at a multiple of 64 bytes where
/// the sizes allow it.
///
/// What is added is refused where ``SafetensorsFile`` would refuse it later, but for numbers that are
/// not finite.
///
/// ```swift
/// var writer = SafetensorsWriter()
/// try writer.add("input", tensor)
/// let bytes = writer.bytes
/// ```
public struct SafetensorsWriter: Sendable {
  private var names: Set<String> = []
  private var entries: [String] = []
  private var data: [UInt8] = []
  private let metadata: String?
  /// Bytes of the header so far, without its padding.
  private var headerBytes = 2

  /// Creates an empty file.
  public init() { metadata = nil }

  /// Creates an empty file with these texts as `__metadata__`.
  ///
  /// - Throws: ``WeightError/duplicateName(_:)``, or ``WeightError/headerTooLong(bytes:)``.
  public init(metadata: [(key: String, value: String)]) throws(WeightError) {
    var keys: Set<String> = []
    for (key, _) in metadata where !keys.insert(key).inserted { throw .duplicateName(key) }
    if metadata.isEmpty {
      self.metadata = nil
      return
    }
    let texts = metadata.map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }
    let member = "\"__metadata__\":{\(texts.joined(separator: ","))}"
    self.metadata = member
    try grow(by: member)
  }

  /// Appends an fp32 tensor.
  ///
  /// - Throws: ``WeightError`` if the name is taken or reserved, the tensor has more than 8 axes, or
  ///   the header is full.
  public mutating func add(_ name: String, _ tensor: Tensor) throws(WeightError) {
    try append(name, type: .float32, tensor.shape)
    data.reserveCapacity(data.count + 4 * tensor.elements.count)
    for element in tensor.elements {
      let bits = element.bitPattern
      for byte in 0..<4 { data.append(UInt8(truncatingIfNeeded: bits >> (8 * UInt32(byte)))) }
    }
  }

  /// Appends a tensor of bytes.
  ///
  /// - Throws: As for an fp32 tensor, and ``WeightError/sizeMismatch(tensor:shape:bytes:)`` unless
  ///   there are as many bytes as `shape` counts.
  public mutating func add(
    _ name: String, _ shape: Shape, bytes: [UInt8]
  ) throws(WeightError) {
    guard bytes.count == shape.count else {
      throw .sizeMismatch(tensor: name, shape: shape.dimensions, bytes: bytes.count)
    }
    try append(name, type: .uint8, shape)
    data += bytes
  }

  /// Appends an entry for data that follow.
  private mutating func append(
    _ name: String, type: ElementType, _ shape: Shape
  ) throws(WeightError) {
    if name == "__metadata__" { throw .reservedName(name) }
    if names.contains(name) { throw .duplicateName(name) }
    if shape.rank > 8 { throw .badExtent(tensor: name) }
    let extents = shape.dimensions.map(String.init).joined(separator: ",")
    let end = data.count + shape.count * type.size
    let entry =
      "\(Self.quoted(name)):{\"dtype\":\"\(type.rawValue)\",\"shape\":[\(extents)],"
      + "\"data_offsets\":[\(data.count),\(end)]}"
    try grow(by: entry)
    names.insert(name)
    entries.append(entry)
  }

  /// Counts a member of the header and the comma in front, and 63 bytes of padding at most.
  private mutating func grow(by member: String) throws(WeightError) {
    let bytes = headerBytes + member.utf8.count + 1
    guard bytes + 63 <= SafetensorsHeader.maximumBytes else {
      throw .headerTooLong(bytes: UInt64(bytes))
    }
    headerBytes = bytes
  }

  /// The file's bytes.
  public var bytes: [UInt8] {
    let members = (metadata.map { [$0] } ?? []) + entries
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    while (8 + header.count) % 64 != 0 { header.append(UInt8(ascii: " ")) }
    let length = UInt64(header.count)
    let prefix = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) }
    return prefix + header + data
  }

  /// A JSON string (RFC 8259, 7).
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
