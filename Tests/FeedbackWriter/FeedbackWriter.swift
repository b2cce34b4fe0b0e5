import FeedbackStore
import Foundation
import MoodRecommend

/// Writes feedback for ever, and a line for each piece once it is acknowledged: the victim of the
/// test that kills writers.
@main
enum FeedbackWriter {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else {
      FileHandle.standardError.write(Data("usage: FeedbackWriter DATABASE LISTENER\n".utf8))
      exit(64)
    }
    let store = try FeedbackDatabase(path: arguments[1])
    let recommender = Recommender(catalogue: .standard, feedback: store)
    for number in 0... {
      let song = Catalogue.standard.songs[number % Catalogue.standard.songs.count].id
      try recommender.learn(
        Feedback(
          listener: arguments[2], kind: number % 3 == 0 ? .dislike : .like, song: song,
          mood: MoodDistribution(certain: .sad), time: Double(number)))
      FileHandle.standardOutput.write(Data("\(number)\n".utf8))
    }
  }
}
