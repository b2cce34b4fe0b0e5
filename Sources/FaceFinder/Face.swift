public import ImageDecoding

/// A face that was found in a picture.
public struct Face: Sendable, Hashable {
  /// A place in a picture, in pixels from its top-left corner.
  public struct Point: Sendable, Hashable, Codable {
    /// Pixels to the right and down.
    public var x, y: Float

    /// Creates a point.
    public init(x: Float, y: Float) { (self.x, self.y) = (x, y) }
  }

  /// The rectangle around the face, from the chin to the middle of the forehead.
  public var box: PixelRect<Float>
  /// How sure the detector is, 0…1: √(class × objectness).
  public var score: Float
  /// Five points: the eye on the picture's left, the other one, the tip of the nose, the mouth's
  /// corner on the picture's left, and the other one.
  public let landmarks: [Point]

  /// Creates a face.
  ///
  /// - Throws: ``FaceFinderError/landmarkCount(found:)`` unless there are five landmarks.
  public init(
    box: PixelRect<Float>, score: Float, landmarks: [Point]
  ) throws(FaceFinderError) {
    guard landmarks.count == 5 else { throw .landmarkCount(found: landmarks.count) }
    self.init(box: box, score: score, fiveLandmarks: landmarks)
  }

  /// Creates a face of landmarks that were counted.
  package init(box: PixelRect<Float>, score: Float, fiveLandmarks landmarks: [Point]) {
    precondition(landmarks.count == 5, "\(landmarks.count) landmarks")
    (self.box, self.score, self.landmarks) = (box, score, landmarks)
  }

  /// The same face in a picture `factor` times as large.
  func scaled(by factor: Float) -> Face {
    Face(
      box: PixelRect(
        x: box.x * factor, y: box.y * factor, width: box.width * factor,
        height: box.height * factor),
      score: score, fiveLandmarks: landmarks.map { Point(x: $0.x * factor, y: $0.y * factor) })
  }
}
