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
  var inputs = [Tensor(name: "image", datatype: "BYTES", shape: [-1])]
  var outputs = [
    Tensor(name: "probabilities", datatype: "FP32", shape: [-1, Mood.allCases.count]),
    Tensor(name: "mood", datatype: "BYTES", shape: [-1]),
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

  /// The photos, from base64 or from the bytes behind the JSON.
  func photos(binary: ArraySlice<UInt8>) throws(ServerError) -> [PhotoRequest] {
    guard inputs.count == 1, let input = inputs.first, input.name == "image",
      input.datatype == "BYTES"
    else { throw .badValue(name: "inputs", expected: "one input, image, of datatype BYTES") }
    for output in outputs ?? [] where !["probabilities", "mood"].contains(output.name) {
      throw .badValue(name: "outputs", expected: "probabilities or mood")
    }
    let limit = 1...InferenceProtocol.photoLimit
    guard (1...2).contains(input.shape.count), input.shape.allSatisfy(limit.contains),
      limit.contains(input.shape.reduce(1, *))
    else {
      throw .badValue(name: "shape", expected: "[N] with N from 1 to \(limit.upperBound)")
    }
    let files =
      if let size = input.parameters?.binary_data_size {
        try Self.elements(binary, size: size)
      } else {
        try Self.base64(input.data ?? [])
      }
    guard files.count == input.shape.reduce(1, *) else {
      throw .badValue(name: "data", expected: "as many elements as the shape says")
    }
    return files.map { PhotoRequest(bytes: $0) }
  }

  /// Splits BYTES: each element's length in four bytes, the lowest first, then the element.
  private static func elements(
    _ bytes: ArraySlice<UInt8>, size: Int
  ) throws(ServerError) -> [[UInt8]] {
    let wrong = ServerError.badValue(
      name: "binary_data_size", expected: "the number of bytes behind the JSON")
    guard size == bytes.count else { throw wrong }
    var rest = bytes
    var elements: [[UInt8]] = []
    while !rest.isEmpty {
      guard rest.count >= 4 else { throw wrong }
      let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      guard length <= rest.count, elements.count < InferenceProtocol.photoLimit else { throw wrong }
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
