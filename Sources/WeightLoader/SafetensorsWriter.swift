public import Tensor

/// Puts tensors together as a safetensors file, each tensor's data at a multiple of 64 bytes where
/// the sizes allow it.
public struct SafetensorsWriter: Sendable {
  private var entries: [String] = []
  private var data: [UInt8] = []
  private let metadata: [(key: String, value: String)]

  /// Creates an empty file with these texts as `__metadata__`.
  public init(metadata: [(key: String, value: String)] = []) { self.metadata = metadata }

  /// Appends an fp32 tensor.
  ///
  /// - Precondition: The name is new.
  public mutating func add(_ name: String, _ tensor: Tensor) {
    let begin = data.count
    data.reserveCapacity(begin + 4 * tensor.elements.count)
    for element in tensor.elements {
      let bits = element.bitPattern
      for byte in 0..<4 { data.append(UInt8(truncatingIfNeeded: bits >> (8 * UInt32(byte)))) }
    }
    append(name, type: .float32, tensor.shape, from: begin)
  }

  /// Appends a tensor of bytes.
  ///
  /// - Precondition: There are as many bytes as `shape` counts, and the name is new.
  public mutating func add(_ name: String, _ shape: Shape, bytes: [UInt8]) {
    precondition(bytes.count == shape.count, "\(bytes.count) bytes for shape \(shape)")
    let begin = data.count
    data += bytes
    append(name, type: .uint8, shape, from: begin)
  }

  private mutating func append(_ name: String, type: ElementType, _ shape: Shape, from begin: Int) {
    let key = Self.quoted(name)
    precondition(!entries.contains { $0.hasPrefix(key + ":") }, "two tensors named \(name)")
    let extents = shape.dimensions.map(String.init).joined(separator: ",")
    entries.append(
      "\(key):{\"dtype\":\"\(type.rawValue)\",\"shape\":[\(extents)],"
        + "\"data_offsets\":[\(begin),\(data.count)]}")
  }

  /// The file's bytes.
  public var bytes: [UInt8] {
    var members = entries
    if !metadata.isEmpty {
      let texts = metadata.map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }
      members.insert("\"__metadata__\":{\(texts.joined(separator: ","))}", at: 0)
    }
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
