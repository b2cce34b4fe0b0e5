public import MoodVision

/// Reads moods off photos; `MoodReader` is the one that does it with a network.
public protocol MoodService: Sendable {
  /// The mood on a photo.
  ///
  /// - Throws: `MoodVisionError`, or `CancellationError` for a cancelled task.
  func read(_ photo: Photo, _ selection: FaceSelection) async throws -> MoodReading
  /// The mood on a photo, and which places spoke for it; costs a second forward pass.
  ///
  /// - Throws: `MoodVisionError`, or `CancellationError` for a cancelled task.
  func explain(
    _ photo: Photo, mood: Mood?, _ selection: FaceSelection
  ) async throws -> MoodExplanation
  /// Makes ready for passes over so many faces; without it the first such pass takes longer.
  func warmUp(batch: Int)
}

extension MoodReader: MoodService {}
