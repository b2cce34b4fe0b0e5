import Foundation
import Hummingbird
import HummingbirdTesting
import ImageDecoding
import Logging
import MoodRecommend
import NIOCore
import Synchronization

@testable import MoodServer

/// Reads "happy" from any bytes; "bad" is no image, and "slow" takes half a second.
struct FakeMoods: MoodService {
  let photosAtATime = 2

  func warmUp(batch: Int) {}

  func prepare(_ photos: [Photo]) -> [Result<PreparedPhoto, ServerError>] {
    photos.map { photo in
      guard case .file(let bytes) = photo.content else { return .failure(.noImage) }
      if bytes.starts(with: Array("slow".utf8)) { Thread.sleep(forTimeInterval: 0.5) }
      if bytes.starts(with: Array("bad".utf8)) { return .failure(.image(.notAnImage)) }
      if bytes.starts(with: Array("cut".utf8)) { return .failure(.image(.truncated(bytes: 3))) }
      return .success(
        PreparedPhoto(
          face: .init(views: []),
          region: photo.region ?? Region(x: 0, y: 0, width: 1, height: 1),
          picture: photo.wantsHeat
            ? try? RGBImage(width: 1, height: 1, pixels: [255, 0, 0]) : nil))
    }
  }

  func read(_ photos: [PreparedPhoto]) -> [Result<Reading, ServerError>] {
    photos.map { photo in
      .success(
        Reading(
          distribution: MoodDistribution(probabilities: [0, 0, 0.1, 0.7, 0.1, 0, 0.1]),
          isSure: true, region: photo.region, heat: photo.picture))
    }
  }
}

func serve<Value>(
  _ options: ServerOptions = .init(), setup: TestingSetup? = nil, catalogue: Catalogue = .standard,
  _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Value
) async throws -> Value {
  var options = options
  options.port = 0
  var logger = Logger(label: "test")
  logger.logLevel = .critical
  let server = MoodServer(
    moods: FakeMoods(), songs: RecommenderSongs(Recommender(catalogue: catalogue)),
    options: options, logger: logger)
  return try await server.application().test(setup ?? .live, test)
}

/// A form with these parts; a name with a file is `name|file`.
func form(_ parts: [(String, String)]) -> ByteBuffer {
  ByteBuffer(
    string: parts.map { name, value in
      "--x\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }.joined() + "--x--\r\n")
}
