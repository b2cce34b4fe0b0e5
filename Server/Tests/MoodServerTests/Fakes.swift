import Hummingbird
import HummingbirdTesting
import ImageDecoding
import Logging
import MoodRecommend
import MoodVision
import NIOCore
import Synchronization
import Tensor

@testable import MoodServer

/// Reads "happy" from any bytes; "bad" is no image, "sky" has no face, "two" has two, "slow" takes
/// half a second, "slower" twenty.
struct FakeMoods: MoodService {
  var metrics: ServerMetrics?

  func warmUp(batch: Int) {}

  func read(_ photo: Photo, _ selection: FaceSelection) async throws -> MoodReading {
    let text = String(decoding: photo.bytes ?? [], as: UTF8.self)
    if text.hasPrefix("slow") { try await Task.sleep(for: .milliseconds(500)) }
    if text.hasPrefix("slower") { try await Task.sleep(for: .seconds(20)) }
    if text.hasPrefix("bad") { throw MoodVisionError.image(.notAnImage) }
    if text.hasPrefix("cut") { throw MoodVisionError.image(.truncated(bytes: 3)) }
    if text.hasPrefix("sky"), selection != .wholePicture { throw MoodVisionError.noFace }
    var crop = PixelRect(x: 0, y: 0, width: 1, height: 1)
    if case .box(let box) = selection { crop = box }
    let mood = try MoodDistribution(probabilities: [0, 0, 0.1, 0.7, 0.1, 0, 0.1])
    let others =
      text.hasPrefix("two")
      ? [
        FaceReading(
          crop: crop,
          distribution: try MoodDistribution(probabilities: [0.9, 0, 0, 0, 0.1, 0, 0]),
          isSure: false)
      ] : []
    return MoodReading(
      width: 1, height: 1, source: selection == .wholePicture ? .whole : .face,
      faces: [FaceReading(crop: crop, distribution: mood, isSure: true)] + others,
      instructionSet: .portable)
  }

  func explain(
    _ photo: Photo, mood: Mood?, _ selection: FaceSelection
  ) async throws -> MoodExplanation {
    let reading = try await read(photo, selection)
    return try MoodExplanation(
      reading: reading, mood: reading.mood, heat: Tensor([1, 1], [1]),
      face: RGBImage(width: 1, height: 1, pixels: [255, 0, 0]))
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
