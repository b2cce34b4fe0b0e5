import Foundation
import HTTPTypes
import Hummingbird
import MoodVision
import NIOCore
import OpenInference

/// The Open Inference Protocol, version 2, with the binary tensor extension.
///
/// <https://github.com/kserve/open-inference-protocol>. The model `mood` takes `image`, BYTES `[N]`:
/// JPEG or PNG files, in JSON as base64, and their names, `id`, BYTES `[N]`, if they have any. It
/// answers `probabilities`, FP32 `[N, 7]` in the order of `Mood.allCases`, `mood`, BYTES `[N]`, and,
/// where it is asked for, `answer`, BYTES `[N]`: each photo's JSON object of docs/answer.schema.json.
/// A photo without a mood fails the request, unless `answer` alone is asked for: it says so itself.
struct InferenceProtocol: Sendable {
  let routes: Routes

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
    let photos: [PhotoRequest]
    do {
      photos = try query.photos(binary: body[head.endIndex...])
        .map { PhotoRequest(bytes: $0.bytes, selection: .automatic, id: $0.id) }
    } catch {
      throw ServerError.badValue(name: error.name, expected: error.expected)
    }
    let results = try await results(photos, context)
    return try answer(query, photos, results)
  }

  /// What is said of each photo; other failures than a photo's fail the request.
  private func results(
    _ photos: [PhotoRequest], _ context: ServerContext
  ) async throws -> [Result<MoodReading, MoodVisionError>] {
    typealias Numbered = (Int, Result<MoodReading, MoodVisionError>)
    return try await withThrowingTaskGroup(of: Numbered.self) { group in
      for (index, photo) in photos.enumerated() {
        group.addTask {
          do {
            return (index, .success(try await routes.read(photo, context).reading))
          } catch ServerError.photo(let error) {
            return (index, .failure(error))
          }
        }
      }
      var results: [Numbered] = []
      for try await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func answer(
    _ query: InferenceRequest, _ photos: [PhotoRequest],
    _ results: [Result<MoodReading, MoodVisionError>]
  ) throws(ServerError) -> Response {
    var binary: [UInt8] = []
    var outputs: [InferenceResponse.Output] = []
    for (name, isBinary) in query.wanted {
      var output = InferenceResponse.Output(
        name: name, datatype: name == "probabilities" ? "FP32" : "BYTES",
        shape: name == "probabilities" ? [results.count, Mood.allCases.count] : [results.count])
      let before = binary.count
      if name == "probabilities" {
        let probabilities = try Self.readings(results).flatMap(\.distribution.probabilities)
        if isBinary {
          for value in probabilities { binary += littleEndian(value.bitPattern) }
        } else {
          output.data = .numbers(probabilities)
        }
      } else {
        let texts =
          name == "mood"
          ? try Self.readings(results).map { Array($0.distribution.mood.rawValue.utf8) }
          : zip(photos, results).map { encoded(AnswerLine($0, $1)) }
        if isBinary {
          for text in texts { binary += littleEndian(UInt32(text.count)) + text }
        } else {
          output.data = .strings(texts.map { String(decoding: $0, as: UTF8.self) })
        }
      }
      if isBinary { output.parameters = ["binary_data_size": binary.count - before] }
      outputs.append(output)
    }
    let head = encoded(InferenceResponse(id: query.id, outputs: outputs))
    if binary.isEmpty { return text(head, type: "application/json") }
    var response = text(head + binary, type: "application/octet-stream")
    response.headers[.inferenceHeaderLength] = "\(head.count)"
    return response
  }

  /// The readings, where every photo has one.
  private static func readings(
    _ results: [Result<MoodReading, MoodVisionError>]
  ) throws(ServerError) -> [MoodReading] {
    var readings: [MoodReading] = []
    for result in results {
      do throws(MoodVisionError) { readings.append(try result.get()) } catch {
        throw .photo(error)
      }
    }
    return readings
  }
}

/// The four bytes of a word, the lowest first.
func littleEndian(_ word: UInt32) -> [UInt8] {
  [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> $0) }
}
