import Foundation
import HTTPTypes
import Hummingbird
import MoodVision
import NIOCore

/// The Open Inference Protocol, version 2, with the binary tensor extension.
///
/// <https://github.com/kserve/open-inference-protocol>. The model `mood` takes `image`, BYTES `[N]`:
/// JPEG or PNG files, in JSON as base64. It answers `probabilities`, FP32 `[N, 7]` in the order of
/// `Mood.allCases`, and `mood`, BYTES `[N]`.
struct InferenceProtocol: Sendable {
  let routes: Routes
  /// The most photos of a request.
  static let photoLimit = 16

  /// Its routes; the model's stand with and without its version.
  var all: [Route] {
    [
      Route(.get, "/v2", isOpen: true) { _, _ in json(ServerMetadata()) },
      Route(.get, "/v2/health/live", isOpen: true) { _, _ in json(["live": true]) },
      Route(.get, "/v2/health/ready", isOpen: true) { _, _ in try ready() },
    ]
      + ["/v2/models/mood", "/v2/models/mood/versions/1"].flatMap { path in
        [
          Route(.get, path, isOpen: true) { _, _ in json(ModelMetadata()) },
          Route(.get, path + "/ready", isOpen: true) { _, _ in try ready() },
          Route(.post, path + "/infer", infer),
        ]
      }
  }

  private func ready() throws(ServerError) -> Response {
    if routes.state.isDraining { throw .shuttingDown }
    return json(["ready": true])
  }

  @Sendable private func infer(_ request: Request, _ context: ServerContext) async throws
    -> Response
  {
    let body = try await BodyReader(limit: routes.options.bodyLimit).bytes(of: request)
    var head = body[...]
    if let text = request.headers[.inferenceHeaderLength] {
      guard let length = Int(text), (0...body.count).contains(length) else {
        throw ServerError.badValue(
          name: "Inference-Header-Content-Length", expected: "at most the body's length")
      }
      head = body[..<length]
    }
    let query = try decoded(InferenceRequest.self, from: Array(head))
    let photos = try query.photos(binary: body[head.endIndex...])
    let readings = try await readings(photos, context)
    return answer(query, readings)
  }

  private func readings(
    _ photos: [PhotoRequest], _ context: ServerContext
  ) async throws -> [MoodReading] {
    try await withThrowingTaskGroup(of: (Int, MoodReading).self) { group in
      for (index, photo) in photos.enumerated() {
        group.addTask { (index, try await routes.read(photo, context).reading) }
      }
      var readings: [(Int, MoodReading)] = []
      for try await reading in group { readings.append(reading) }
      return readings.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func answer(_ query: InferenceRequest, _ readings: [MoodReading]) -> Response {
    let probabilities = readings.flatMap(\.distribution.probabilities)
    let moods = readings.map(\.distribution.mood.rawValue)
    var binary: [UInt8] = []
    var outputs: [InferenceResponse.Output] = []
    for (name, isBinary) in query.wanted {
      let before = binary.count
      var output = InferenceResponse.Output(
        name: name, datatype: name == "mood" ? "BYTES" : "FP32",
        shape: name == "mood" ? [readings.count] : [readings.count, Mood.allCases.count])
      if isBinary {
        if name == "mood" {
          for mood in moods { binary += littleEndian(UInt32(mood.utf8.count)) + Array(mood.utf8) }
        } else {
          for value in probabilities { binary += littleEndian(value.bitPattern) }
        }
        output.parameters = ["binary_data_size": binary.count - before]
      } else if name == "mood" {
        output.data = .strings(moods)
      } else {
        output.data = .numbers(probabilities)
      }
      outputs.append(output)
    }
    let head = encoded(InferenceResponse(id: query.id, outputs: outputs))
    if binary.isEmpty { return text(head, type: "application/json") }
    var response = text(head + binary, type: "application/octet-stream")
    response.headers[.inferenceHeaderLength] = "\(head.count)"
    return response
  }
}

/// The four bytes of a word, the lowest first.
func littleEndian(_ word: UInt32) -> [UInt8] {
  [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> $0) }
}
