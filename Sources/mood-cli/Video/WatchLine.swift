import MoodRecommend
import MoodVision

/// What is printed for one picture of a video.
struct WatchLine: Encodable {
  var v = MoodReading.schemaVersion
  /// Seconds since the start.
  let t: Double
  /// Number of the picture in the stream, from 0, and how many were dropped so far.
  let frame, dropped: Int
  /// The face as it was read in this picture alone.
  var face: FaceReading?
  /// The smoothed mood; left out without a face.
  var mood: Mood?
  var probabilities: [String: Float]?
  /// The mood that holds from here on, and a song for it.
  var changed: Mood?
  var song: SongAnswer?
  /// Whether the picture could not be decoded.
  var broken: Bool?
  /// Seconds from the picture's arrival to this line.
  var latency = 0.0
}
