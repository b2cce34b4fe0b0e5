public import FaceFinder
public import ImageDecoding
public import MoodValues

/// One face: where it is, and its mood.
public struct FaceReading: Sendable, Equatable {
  /// The box that the face detector drew; nil where none was searched or found.
  public let box: PixelRect<Float>?
  /// How sure the detector is that it is a face, 0…1.
  public let score: Float?
  /// The eye on the picture's left, the other eye, the tip of the nose, the corner of the mouth
  /// on the picture's left, and the other one; in pixels.
  public let landmarks: [Face.Point]?
  /// What the network was shown, in pixels of the upright photo; it may reach beyond it.
  public let crop: PixelRect<Int>
  /// A probability for each mood.
  public let distribution: MoodDistribution
  /// Whether the largest probability reaches the weight file's `abstain_below`; if not, the
  /// honest answer is "not sure".
  public let isSure: Bool

  /// Creates one face's reading.
  public init(
    box: PixelRect<Float>? = nil, score: Float? = nil,
    landmarks: [Face.Point]? = nil, crop: PixelRect<Int>,
    distribution: MoodDistribution, isSure: Bool
  ) {
    (self.box, self.score, self.landmarks, self.crop) = (box, score, landmarks, crop)
    (self.distribution, self.isSure) = (distribution, isSure)
  }

  /// The most probable mood.
  public var mood: Mood { distribution.mood }
}
