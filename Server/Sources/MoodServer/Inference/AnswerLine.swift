private import Crypto
import MoodVision

/// A photo's whole answer, the same bytes as the line that `mood-cli classify --sha256` prints for it.
struct AnswerLine: Encodable {
  private let id, sha256: String
  private let result: Result<MoodReading, MoodVisionError>

  private enum CodingKeys: CodingKey { case v, id, ok, error, sha256 }

  private struct Cause: Encodable {
    let code, message: String
  }

  init(_ photo: PhotoRequest, _ result: Result<MoodReading, MoodVisionError>) {
    id = photo.id ?? ""
    sha256 = SHA256.hash(data: photo.bytes).map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
    self.result = result
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch result {
    case .success(var reading):
      reading.id = id
      try reading.encode(to: encoder)
    case .failure(let error):
      try values.encode(MoodReading.schemaVersion, forKey: .v)
      try values.encode(id, forKey: .id)
      try values.encode(false, forKey: .ok)
      try values.encode(Cause(code: error.code, message: error.description), forKey: .error)
    }
    try values.encode(sha256, forKey: .sha256)
  }
}
