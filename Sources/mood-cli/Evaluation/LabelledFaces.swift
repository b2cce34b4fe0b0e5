import CommandSupport
import Foundation
import MoodVision

/// The faces of a folder with a folder a mood, each with its truth.
struct LabelledFaces {
  struct Item {
    let path: String
    /// What it shows; nil for contempt, which the network does not know.
    let mood: Mood?
    /// The seven moods' shares of the votes, where votes are the truth.
    let shares: [Float]?
  }
  let items: [Item]

  /// Lists the faces, sorted by path.
  init(folder: String, votes: VoteFile?) throws {
    let url = URL(filePath: folder)
    let name = url.standardized.lastPathComponent
    var items: [Item] = []
    var names: Set<String> = []
    for mood in Mood.allCases {
      let path = url.appending(path: mood.rawValue)
      guard let files = try? FileManager.default.contentsOfDirectory(atPath: path.path) else {
        continue
      }
      names.insert(mood.rawValue)
      for file in files.sorted() where !file.hasPrefix(".") {
        let full = path.appending(path: file).path
        if let votes {
          guard let vote = votes["\(name)/\(mood.rawValue)/\(file)"] else { continue }
          items.append(Item(path: full, mood: vote.mood, shares: vote.shares))
        } else {
          items.append(Item(path: full, mood: mood, shares: nil))
        }
      }
    }
    guard !items.isEmpty else {
      throw Failure(
        "no_faces",
        names.isEmpty
          ? "\(folder) has none of the folders \(Mood.allCases.map(\.rawValue).joined(separator: ", "))"
          : "\(folder) has no faces\(votes == nil ? "" : " with a majority of votes")",
        Failure.noInput)
    }
    self.items = items
  }
}
