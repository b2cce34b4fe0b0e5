import WeightLoader

/// The part of `ModelProto` that a network needs (onnx.proto).
struct Model {
  var operatorSet: Int?
  var graph: GraphMessage?

  /// Most nodes, and most tensors, of a graph.
  static let limit = 1 << 15

  init(_ file: MappedFile) throws(ONNXError) {
    var reader = WireReader(file, 0..<file.count)
    while let (field, payload) = try reader.next() {
      switch field {
      case 7: graph = try GraphMessage(payload.message(reader))
      case 8:
        var (domain, version): (String, Int?) = ("", nil)
        var inner = try payload.message(reader)
        while let (field, payload) = try inner.next() {
          if field == 1 { domain = try payload.text(inner) }
          if field == 2 { version = try payload.int(inner) }
        }
        if domain.isEmpty || domain == "ai.onnx" { operatorSet = version }
      default: break
      }
    }
  }
}

/// `GraphProto`.
struct GraphMessage {
  var nodes: [Node] = []
  var tensors: [StoredTensor] = []
  var inputs: [ValueInfo] = []
  var outputs: [ValueInfo] = []

  init(_ message: WireReader) throws(ONNXError) {
    var reader = message
    while let (field, payload) = try reader.next() {
      switch field {
      case 1: try append(Node(payload.message(reader)), to: &nodes, "nodes")
      case 5: try append(StoredTensor(payload.message(reader)), to: &tensors, "tensors")
      case 11: try append(ValueInfo(payload.message(reader)), to: &inputs, "inputs")
      case 12: try append(ValueInfo(payload.message(reader)), to: &outputs, "outputs")
      case 15: throw reader.bad("no sparse tensors")
      default: break
      }
    }
  }

  private func append<T>(_ value: T, to list: inout [T], _ what: String) throws(ONNXError) {
    guard list.count < Model.limit else { throw .tooMany(of: what, limit: Model.limit) }
    list.append(value)
  }
}

/// `NodeProto`: one operation.
struct Node {
  var name = ""
  var operation = ""
  var domain = ""
  /// Names of values; an empty one stands for an input that is left out.
  var inputs: [String] = []
  var outputs: [String] = []
  var attributes: [String: Attribute] = [:]

  init(_ message: WireReader) throws(ONNXError) {
    var reader = message
    while let (field, payload) = try reader.next() {
      switch field {
      case 1: inputs.append(try payload.text(reader))
      case 2: outputs.append(try payload.text(reader))
      case 3: name = try payload.text(reader)
      case 4: operation = try payload.text(reader)
      case 5:
        let (name, value) = try Attribute.read(payload.message(reader))
        attributes[name] = value
      case 7: domain = try payload.text(reader)
      default: break
      }
      guard inputs.count <= 4096, outputs.count <= 4096, attributes.count <= 256 else {
        throw .tooMany(of: "inputs, outputs or attributes of one node", limit: 4096)
      }
    }
  }

  /// What a person finds it by.
  var label: String { name.isEmpty ? outputs.first ?? "" : name }
}

/// `AttributeProto`: a constant of a node.
enum Attribute {
  case float(Float)
  case int(Int)
  case text(String)
  case floats([Float])
  case ints([Int])
  case tensor(StoredTensor)
  /// Texts, graphs and whatever else no supported operation has.
  case other

  static func read(_ message: WireReader) throws(ONNXError) -> (name: String, value: Attribute) {
    var reader = message
    var (name, kind, number, integer, text) = ("", 0, Float(0), 0, "")
    var (floats, ints, tensor): ([Float], [Int], StoredTensor?) = ([], [], nil)
    while let (field, payload) = try reader.next() {
      switch field {
      case 1: name = try payload.text(reader)
      case 2: number = try payload.float(reader)
      case 3: integer = try payload.int(reader)
      case 4: text = try payload.text(reader)
      case 5: tensor = try StoredTensor(payload.message(reader))
      case 7: floats += try StoredTensor.floats(payload, reader)
      case 8: ints += try payload.ints(reader)
      case 20: kind = try payload.int(reader)
      default: break
      }
      guard floats.count <= 1 << 16, ints.count <= 1 << 16 else {
        throw .tooMany(of: "numbers in an attribute", limit: 1 << 16)
      }
    }
    // AttributeProto.AttributeType.
    switch kind {
    case 1: return (name, .float(number))
    case 2: return (name, .int(integer))
    case 3: return (name, .text(text))
    case 4:
      guard let tensor else { throw reader.bad("a tensor in the attribute \(name)") }
      return (name, .tensor(tensor))
    case 6: return (name, .floats(floats))
    case 7: return (name, .ints(ints))
    default: return (name, .other)
    }
  }
}

/// `ValueInfoProto`: an input or output of the graph.
struct ValueInfo {
  var name = ""
  /// `TensorProto.DataType`, or nil for what is no tensor.
  var type: Int?
  /// The extents, nil where any will do; nil if the file does not say.
  var dimensions: [Int?]?

  init(_ message: WireReader) throws(ONNXError) {
    var reader = message
    while let (field, payload) = try reader.next() {
      switch field {
      case 1: name = try payload.text(reader)
      case 2: try readType(payload.message(reader))
      default: break
      }
    }
  }

  private mutating func readType(_ message: WireReader) throws(ONNXError) {
    var reader = message
    while let (field, payload) = try reader.next() {
      guard field == 1 else { continue }
      var tensor = try payload.message(reader)
      while let (field, payload) = try tensor.next() {
        if field == 1 { type = try payload.int(tensor) }
        if field == 2 { dimensions = try Self.extents(payload.message(tensor)) }
      }
    }
  }

  private static func extents(_ message: WireReader) throws(ONNXError) -> [Int?] {
    var reader = message
    var result: [Int?] = []
    while let (field, payload) = try reader.next() {
      guard field == 1 else { continue }
      var extent: Int?
      var inner = try payload.message(reader)
      while let (field, payload) = try inner.next() {
        if field == 1 { extent = try payload.int(inner) }
      }
      guard result.count < 8 else { throw .tooMany(of: "axes of an input", limit: 8) }
      // Some exporters write 0 or −1 for an extent that is free.
      result.append(extent.flatMap { $0 > 0 ? $0 : nil })
    }
    return result
  }
}
