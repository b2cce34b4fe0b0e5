import Foundation
import MoodRecommend

/// A piece of feedback as it is printed and exported.
struct FeedbackLine: Encodable {
  var v = 1
  let listener, time, kind: String
  let rating: Int?
  let song: String?
  /// The mood that is the listener's, where the one that was read was not.
  let meant: String?
  let probabilities: [String: Float]

  init(_ feedback: Feedback) {
    listener = feedback.listener
    time = Date(timeIntervalSince1970: feedback.time).formatted(.iso8601)
    song = feedback.song
    probabilities = feedback.mood.named
    kind = feedback.kind.name
    (rating, meant) = (feedback.kind.rating, feedback.kind.meant?.rawValue)
  }
}
