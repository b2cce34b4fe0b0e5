import ImageDecoding
import MoodVision

/// A photo that a client sent, and what of it is to be read.
struct PhotoRequest: Sendable {
  /// The bytes of a JPEG or PNG file.
  var bytes: [UInt8]
  /// What is read.
  var selection = FaceSelection.faces
  /// Whether a picture is wanted of the places that spoke for the mood.
  var explains = false
  /// What the client calls the photo.
  var id: String?
}

/// What is answered to a photo.
struct PhotoResult: Sendable {
  var reading: MoodReading
  /// The face, with the places that spoke for its mood in red and those against it in blue.
  var heat: RGBImage?

  /// The longer side of a picture that explains, in pixels.
  private static let heatSide = 448

  init(_ reading: MoodReading, id: String?) {
    self.reading = reading
    self.reading.id = id
  }

  init(_ explanation: MoodExplanation, id: String?) throws {
    self.init(explanation.reading, id: id)
    let face = explanation.face
    let longer = max(face.width, face.height)
    let picture = try face.resized(
      width: max(1, face.width * Self.heatSide / longer),
      height: max(1, face.height * Self.heatSide / longer))
    heat = HeatOverlay.drawn(
      explanation.heat, over: picture,
      at: PixelRect(x: 0, y: 0, width: picture.width, height: picture.height))
  }
}
