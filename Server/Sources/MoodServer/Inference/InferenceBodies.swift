import Foundation
import MoodVision

/// What `GET /v2` answers.
struct ServerMetadata: Codable {
  var name = "mood", version = "0.2.0"
  var extensions = ["binary_tensor_data"]
}

/// What `GET /v2/models/mood` answers.
struct ModelMetadata: Codable {
  struct Tensor: Codable {
    var name, datatype: String
    var shape: [Int]
  }
  var name = "mood", platform = "mood_swift"
  var versions = ["1"]
  var inputs = ["image", "id"].map { Tensor(name: $0, datatype: "BYTES", shape: [-1]) }
  var outputs = [
    Tensor(name: "probabilities", datatype: "FP32", shape: [-1, Mood.allCases.count]),
    Tensor(name: "mood", datatype: "BYTES", shape: [-1]),
    Tensor(name: "answer", datatype: "BYTES", shape: [-1]),
  ]
}

/// What `POST /v2/models/mood/infer` takes.
struct InferenceRequest: Decodable {
  struct Parameters: Decodable {
    var binary_data_size: Int?
    var binary_data: Bool?
    var binary_data_output: Bool?
  }
  struct Input: Decodable {
    var name, datatype: String
    var shape: [Int]
    var parameters: Parameters?
    var data: [String]?
  }
  struct Output: Decodable {
    var name: String
    var parameters: Parameters?
  }
  var id: String?
  var parameters: Parameters?
  var inputs: [Input]
  var outputs: [Output]?

  /// The outputs that are asked for, and which of them in binary.
  var wanted: [(name: String, isBinary: Bool)] {
    let all = parameters?.binary_data_output ?? false
    guard let outputs, !outputs.isEmpty else { return [("probabilities", all), ("mood", all)] }
    return outputs.map { ($0.name, $0.parameters?.binary_data ?? all) }
  }

  /// The photos, from base64 or from the bytes behind the JSON, with their names if there are any.
  func photos(binary: ArraySlice<UInt8>) throws(ServerError) -> [PhotoRequest] {
    for output in outputs ?? [] where !["probabilities", "mood", "answer"].contains(output.name) {
      throw .badValue(name: "outputs", expected: "probabilities, mood or answer")
    }
    var tensors: [String: [[UInt8]]] = [:]
    var rest = binary
    for input in inputs {
      guard ["image", "id"].contains(input.name), input.datatype == "BYTES",
        tensors[input.name] == nil
      else { throw Self.wrongInputs }
      tensors[input.name] = try Self.elements(of: input, &rest)
    }
    guard rest.isEmpty else { throw Self.wrongSize }
    guard let files = tensors["image"], tensors["id"]?.count ?? files.count == files.count else {
      throw Self.wrongInputs
    }
    var photos = files.map { PhotoRequest(bytes: $0) }
    for (index, bytes) in (tensors["id"] ?? []).enumerated() {
      guard let id = String(validating: bytes, as: UTF8.self) else {
        throw .badValue(name: "id", expected: "UTF-8")
      }
      photos[index].id = id
    }
    return photos
  }

  private static let wrongInputs = ServerError.badValue(
    name: "inputs",
    expected: "image of datatype BYTES, and perhaps id, BYTES too, of as many elements")
  private static let wrongSize = ServerError.badValue(
    name: "binary_data_size", expected: "the number of bytes behind the JSON")

  /// The elements of an input, from base64 (names: as they are) or from the start of `rest`.
  private static func elements(
    of input: Input, _ rest: inout ArraySlice<UInt8>
  ) throws(ServerError) -> [[UInt8]] {
    let limit = 1...InferenceProtocol.photoLimit
    guard (1...2).contains(input.shape.count), input.shape.allSatisfy(limit.contains),
      limit.contains(input.shape.reduce(1, *))
    else {
      throw .badValue(name: "shape", expected: "[N] with N from 1 to \(limit.upperBound)")
    }
    let elements: [[UInt8]]
    if let size = input.parameters?.binary_data_size {
      guard (0...rest.count).contains(size) else { throw wrongSize }
      elements = try split(rest.prefix(size))
      rest = rest.dropFirst(size)
    } else if input.name == "image" {
      elements = try base64(input.data ?? [])
    } else {
      elements = (input.data ?? []).map { Array($0.utf8) }
    }
    guard elements.count == input.shape.reduce(1, *) else {
      throw .badValue(name: "data", expected: "as many elements as the shape says")
    }
    return elements
  }

  /// Splits BYTES: each element's length in four bytes, the lowest first, then the element.
  private static func split(_ bytes: ArraySlice<UInt8>) throws(ServerError) -> [[UInt8]] {
    var rest = bytes
    var elements: [[UInt8]] = []
    while !rest.isEmpty {
      guard rest.count >= 4 else { throw wrongSize }
      let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      guard length <= rest.count, elements.count < InferenceProtocol.photoLimit else {
        throw wrongSize
      }
      elements.append(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return elements
  }

  private static func base64(_ data: [String]) throws(ServerError) -> [[UInt8]] {
    var files: [[UInt8]] = []
    for text in data {
      guard let file = Data(base64Encoded: text) else {
        throw .badValue(name: "data", expected: "base64, as JSON has no bytes")
      }
      files.append(Array(file))
    }
    return files
  }
}

/// What `POST /v2/models/mood/infer` answers.
struct InferenceResponse: Encodable {
  enum Values: Encodable {
    case strings([String])
    case numbers([Float])

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .strings(let values): try container.encode(values)
      case .numbers(let values): try container.encode(values)
      }
    }
  }
  struct Output: Encodable {
    var name, datatype: String
    var shape: [Int]
    var parameters: [String: Int]?
    var data: Values?
  }
  var model_name = "mood", model_version = "1"
  var id: String?
  var outputs: [Output]

  init(id: String?, outputs: [Output]) { (self.id, self.outputs) = (id, outputs) }
}
