public import Tensor

/// Why an ONNX file was refused; nothing of it is kept, and nothing was computed.
public enum ONNXError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file, or one that it names, cannot be read; `reason` is the system's word for it.
  case unreadable(path: String, reason: String)
  /// Bytes that are not Protocol Buffers' wire format, or not an ONNX model's.
  case badWire(at: Int, expected: String)
  /// More of something than the reader takes.
  case tooMany(of: String, limit: Int)
  /// The file holds no graph.
  case noGraph
  /// A version of ONNX's operator set outside ``ONNXModel/operatorSets``; nil if none is named.
  case operatorSet(Int?)
  /// Two values of one name.
  case duplicateValue(name: String)
  /// A tensor whose bytes do not fit its extents, or whose extents make no sense.
  case badTensor(name: String, dimensions: [Int], expected: String)
  /// External data outside the model's folder, or beyond its file's end.
  case badExternalData(tensor: String, location: String, expected: String)
  /// An input that must be a tensor, or whose extents must be given to ``ONNXModel``.
  case badInput(name: String, dimensions: [Int?], expected: String)
  /// No input of the graph has that name.
  case unknownInput(name: String, inputs: [String])
  /// A graph output that no node gives.
  case unknownOutput(name: String)
  /// Nodes that read values which nothing before them gives: a cycle, or a value that is missing.
  case unorderedNodes([String])
  /// The engine refused the graph or the options.
  case refusedByEngine(TensorError)
  /// Operations, attributes or shapes that this importer does not know: all of the graph's.
  case unsupported([Problem])

  /// One node that cannot be imported.
  public struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
    /// The node's name, or its first output's.
    public let node: String
    /// ONNX's name of the operation.
    public let operation: String
    /// What of it is not supported.
    public let reason: String

    /// `Einsum "/attn/einsum": the operation is not supported`.
    public var description: String { "\(operation) \"\(node)\": \(reason)" }
  }

  /// One sentence for a person; one line per node for ``unsupported(_:)``.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .badWire(let at, let expected):
      "byte \(at) is not an ONNX model's: expected \(expected)"
    case .tooMany(let what, let limit): "the model has more than \(limit) \(what)"
    case .noGraph: "the file holds no graph; is it an ONNX model?"
    case .operatorSet(let version):
      "the model is of operator set \(version.map { "\($0)" } ?? "(none named)"); "
        + "\(ONNXModel.operatorSets.lowerBound) to \(ONNXModel.operatorSets.upperBound) are read"
    case .duplicateValue(let name): "two values are named \"\(name)\""
    case .badTensor(let name, let dimensions, let expected):
      "the tensor \"\(name)\" \(dimensions) is damaged: expected \(expected)"
    case .badExternalData(let tensor, let location, let expected):
      "the tensor \"\(tensor)\" lies in \"\(location)\": expected \(expected)"
    case .badInput(let name, let dimensions, let expected):
      "the input \"\(name)\" is [\(dimensions.map { $0.map { "\($0)" } ?? "any" }.joined(separator: ", "))]: "
        + "expected \(expected)"
    case .unknownInput(let name, let inputs):
      "the model has no input \"\(name)\"; it has \(inputs.joined(separator: ", "))"
    case .unknownOutput(let name): "no node gives the output \"\(name)\""
    case .unorderedNodes(let names):
      "a cycle, or values that nothing gives: \(names.prefix(5).joined(separator: ", "))"
        + (names.count > 5 ? " and \(names.count - 5) more" : "")
    case .refusedByEngine(let error): error.description
    case .unsupported(let problems):
      "\(problems.count) node\(problems.count == 1 ? "" : "s") cannot be imported:\n"
        + problems.map { "  \($0)" }.joined(separator: "\n")
    }
  }
}
