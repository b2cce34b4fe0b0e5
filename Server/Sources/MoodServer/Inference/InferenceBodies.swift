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
