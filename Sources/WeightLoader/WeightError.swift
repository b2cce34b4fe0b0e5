public import Tensor

/// Why a weight file was refused; nothing of it is kept.
public enum WeightError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file cannot be opened or read; `reason` is the system's word for it.
  case unreadable(path: String, reason: String)
  /// Fewer bytes than the 8 of the header's length.
  case tooShort(bytes: Int)
  /// A header of over 1 MiB.
  case headerTooLong(bytes: UInt64)
  /// The header would end behind the file.
  case headerBeyondEnd(header: Int, file: Int)
  /// The header is not JSON, or not of the shape that safetensors asks for.
  case badHeader(at: Int, expected: String)
  /// A name, or a key of the metadata or of an entry, that occurs twice.
  case duplicateName(String)
  /// An element type that this reader does not know.
  case unknownType(tensor: String, type: String)
  /// Bytes that do not fit the shape.
  case sizeMismatch(tensor: String, shape: [Int], bytes: Int)
  /// Offsets that run backwards, or extents whose product no `Int` holds.
  case badExtent(tensor: String)
  /// A tensor that begins before the one before it has ended.
  case overlap(tensor: String, begins: Int, previousEnd: Int)
  /// Bytes between two tensors, or behind the last, that belong to none.
  case hole(before: String, from: Int, to: Int)
  /// The last tensor ends elsewhere than the file.
  case endMismatch(lastEnd: Int, dataBytes: Int)
  /// Not a file of this project's format.
  case notAWeightFile(format: String?)
  /// A format version that this reader does not know.
  case unknownVersion(String)
  /// A metadata key that is missing.
  case missingMetadata(key: String)
  /// A metadata value that does not parse or is out of range.
  case badMetadata(key: String, value: String, expected: String)
  /// No tensor of that name is in the file.
  case missing(name: String)
  /// A tensor that the network has no use for.
  case extra(name: String)
  /// A tensor is there, with a shape that the layer cannot use.
  case shapeMismatch(name: String, expected: Shape, found: Shape)
  /// A tensor with a NaN or an infinity, at that element.
  case notFinite(name: String, index: Int)
  /// A padding tensor that is not what FORMAT.md says.
  case badPadding(name: String)
  /// A tensor with the name under which a header keeps its metadata.
  case reservedName(String)
  /// The engine refuses the layers that the metadata list, or its options.
  case refusedByEngine(TensorError)

  /// A stable name for programs: `short_file`, `missing_tensor` and so on.
  public var code: String {
    switch self {
    case .unreadable: "unreadable_file"
    case .tooShort: "short_file"
    case .headerTooLong: "header_too_long"
    case .headerBeyondEnd: "header_beyond_end"
    case .badHeader: "bad_header"
    case .duplicateName: "duplicate_name"
    case .unknownType: "unknown_type"
    case .sizeMismatch: "size_mismatch"
    case .badExtent: "bad_extent"
    case .overlap: "overlap"
    case .hole: "hole"
    case .endMismatch: "end_mismatch"
    case .notAWeightFile: "not_a_weight_file"
    case .unknownVersion: "unknown_version"
    case .missingMetadata: "missing_metadata"
    case .badMetadata: "bad_metadata"
    case .missing: "missing_tensor"
    case .extra: "extra_tensor"
    case .shapeMismatch: "shape_mismatch"
    case .notFinite: "not_finite"
    case .badPadding: "bad_padding"
    case .reservedName: "reserved_name"
    case .refusedByEngine: "refused_by_engine"
    }
  }

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .tooShort(let bytes): "the file has \(bytes) bytes, too few for a header's length"
    case .headerTooLong(let bytes): "the header has \(bytes) bytes, over the limit of 1048576"
    case .headerBeyondEnd(let header, let file):
      "the header of \(header) bytes does not fit into the file of \(file)"
    case .badHeader(let at, let expected): "the header is malformed at byte \(at): \(expected)"
    case .duplicateName(let name): "the name \"\(name)\" occurs twice in the header"
    case .unknownType(let tensor, let type): "\(tensor) has the unknown element type \"\(type)\""
    case .sizeMismatch(let tensor, let shape, let bytes):
      "\(tensor) has \(bytes) bytes, which its shape \(shape) does not need"
    case .badExtent(let tensor): "\(tensor) has offsets or extents that make no sense"
    case .overlap(let tensor, let begins, let previousEnd):
      "\(tensor) begins at \(begins), before the tensor in front ends at \(previousEnd)"
    case .hole(let before, let from, let to):
      "bytes \(from) to \(to) before \(before) belong to none"
    case .endMismatch(let lastEnd, let dataBytes):
      "the last tensor ends at \(lastEnd), the file's data at \(dataBytes)"
    case .notAWeightFile(let format):
      "not a weight file: \"format\" is \(format.map { "\"\($0)\"" } ?? "missing"), not \"mood-weights\""
    case .unknownVersion(let version):
      "format version \"\(version)\" is unknown; this reader knows 1"
    case .missingMetadata(let key): "the metadata lack \"\(key)\""
    case .badMetadata(let key, let value, let expected):
      "the metadata's \"\(key)\" is \"\(value.prefix(80))\"; expected \(expected)"
    case .missing(let name): "no tensor \"\(name)\" is in the file"
    case .extra(let name): "the tensor \"\(name)\" belongs to no layer of the network"
    case .shapeMismatch(let name, let expected, let found):
      "\(name) has shape \(found); the layer needs \(expected)"
    case .notFinite(let name, let index): "\(name) holds a NaN or an infinity at element \(index)"
    case .badPadding(let name): "\(name) is no valid padding: U8, 1 to 63 zero bytes"
    case .reservedName(let name): "no tensor may be named \"\(name)\""
    case .refusedByEngine(let error): error.description
    }
  }
}
