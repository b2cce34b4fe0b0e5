import CommandSupport
import FaceFinder
import ImageDecoding
import MoodVision

/// What `faces --json` prints for one photo; boxes as in a reading.
struct FacesLine: Encodable {
  var v = MoodReading.schemaVersion
  let id: String
  /// The path's bytes in base64, where they are not UTF-8.
  let path_bytes: String?
  var ok = true
  let width, height: Int
  let faces: [FaceLine]

  private let path: String

  private enum CodingKeys: CodingKey { case v, id, path_bytes, ok, width, height, faces }

  init(_ path: String, width: Int, height: Int, faces: [Face]) {
    (self.path, self.width, self.height) = (path, width, height)
    (id, path_bytes) = (FilePath.replaced(path), FilePath.base64(path))
    self.faces = faces.map(FaceLine.init)
  }

  /// The faces for a person.
  var text: String {
    let lines = faces.map { face in
      let numbers = [face.box.x, face.box.y, face.box.width, face.box.height].map {
        String(Int($0.rounded()))
      }
      return "\n  \(numbers.joined(separator: ",")) \(percent(face.score))"
    }
    return "\(FilePath.shown(path)): \(faces.count) face\(faces.count == 1 ? "" : "s")"
      + lines.joined()
  }
}

/// A face as it is printed.
struct FaceLine: Encodable {
  let box: PixelRect<Float>
  let score: Float
  let landmarks: [Face.Point]

  init(_ face: Face) { (box, score, landmarks) = (face.box, face.score, face.landmarks) }
}
