public import ImageDecoding
public import MoodValues
public import Tensor

/// Which places of a face spoke for its mood, and which against it.
public struct MoodExplanation: Sendable {
  /// What was read.
  public let reading: MoodReading
  /// The mood that is explained.
  public let mood: Mood
  /// `[h, w]`, one number for each cell of the last feature map; positive where a place spoke for
  /// the mood.
  public let heat: Tensor
  /// What the network was shown.
  public let face: RGBImage

  /// Joins the parts of an explanation.
  public init(reading: MoodReading, mood: Mood, heat: Tensor, face: RGBImage) {
    (self.reading, self.mood, self.heat, self.face) = (reading, mood, heat, face)
  }
}
