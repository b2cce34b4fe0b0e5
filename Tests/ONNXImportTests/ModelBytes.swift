/// Writes ONNX models in Protocol Buffers' wire format, as small as a test needs them.
struct ModelBytes {
  private(set) var bytes: [UInt8] = []

  private mutating func varint(_ value: Int) {
    var rest = UInt64(bitPattern: Int64(value))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func int(_ field: Int, _ value: Int) {
    varint(field << 3)
    varint(value)
  }

  mutating func float(_ field: Int, _ value: Float) {
    varint(field << 3 | 5)
    for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> (8 * place))) }
  }

  mutating func data(_ field: Int, _ data: [UInt8]) {
    varint(field << 3 | 2)
    varint(data.count)
    bytes += data
  }

  mutating func text(_ field: Int, _ text: String) { data(field, Array(text.utf8)) }

  mutating func message(_ field: Int, _ build: (inout ModelBytes) -> Void) {
    var inner = ModelBytes()
    build(&inner)
    data(field, inner.bytes)
  }

  enum Value { case int(Int), ints([Int]), float(Float), text(String) }

  mutating func node(
    _ operation: String, _ inputs: [String], _ outputs: [String],
    _ attributes: [String: Value] = [:]
  ) {
    message(1) { node in
      for input in inputs { node.text(1, input) }
      for output in outputs { node.text(2, output) }
      node.text(3, outputs.first ?? "")
      node.text(4, operation)
      for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
        node.message(5) { attribute in
          attribute.text(1, name)
          switch value {
          case .float(let number):
            attribute.float(2, number)
            attribute.int(20, 1)
          case .int(let number):
            attribute.int(3, number)
            attribute.int(20, 2)
          case .text(let text):
            attribute.text(4, text)
            attribute.int(20, 3)
          case .ints(let numbers):
            for number in numbers { attribute.int(8, number) }
            attribute.int(20, 7)
          }
        }
      }
    }
  }

  /// An initializer of fp32, its elements as raw bytes.
  mutating func tensor(_ name: String, _ dimensions: [Int], _ values: [Float]) {
    message(5) { tensor in
      for extent in dimensions { tensor.int(1, extent) }
      tensor.int(2, 1)
      tensor.text(8, name)
      tensor.data(
        9,
        values.flatMap { v in (0..<4).map { UInt8(truncatingIfNeeded: v.bitPattern >> (8 * $0)) } })
    }
  }

  /// An initializer of whole numbers, as fields.
  mutating func tensor(_ name: String, _ values: [Int]) {
    message(5) { tensor in
      tensor.int(1, values.count)
      tensor.int(2, 7)
      for value in values { tensor.int(7, value) }
      tensor.text(8, name)
    }
  }

  /// An input (11) or output (12); nil is a free extent.
  mutating func port(_ field: Int, _ name: String, _ dimensions: [Int?], type: Int = 1) {
    message(field) { info in
      info.text(1, name)
      info.message(2) { value in
        value.message(1) { tensor in
          tensor.int(1, type)
          tensor.message(2) { shape in
            for extent in dimensions {
              shape.message(1) { if let extent { $0.int(1, extent) } else { $0.text(2, "N") } }
            }
          }
        }
      }
    }
  }

  /// A whole model around a graph.
  static func model(operatorSet: Int = 17, _ build: (inout ModelBytes) -> Void) -> [UInt8] {
    var model = ModelBytes()
    model.int(1, 8)
    model.message(8) { $0.int(2, operatorSet) }
    model.message(7, build)
    return model.bytes
  }
}
