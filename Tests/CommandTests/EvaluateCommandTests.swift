import Foundation
import Testing

struct EvaluateCommandTests {
  /// A folder of two faces: a smile that is one, and one that is not.
  private func withFaces(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      .appending(path: "faces")
    defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
    let smile = packageFolder.appending(path: "Examples/eileen_collins.jpg")
    for mood in ["happy", "sad"] {
      let place = folder.appending(path: mood)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: smile, to: place.appending(path: "a.jpg"))
    }
    try body(folder)
  }

  @Test func measuresAgainstFolders() throws {
    try withFaces { folder in
      let run = try moodCLI("evaluate", folder.path, "--json")
      let report = try #require(try run.objects().first)
      #expect(report["count"] as? Int == 2 && report["right"] as? Int == 1)
      #expect(report["accuracy"] as? Double == 0.5)
      // Of two smiles that are called so, one is: F1 is 2/3, and nothing for the other moods.
      #expect(abs((report["macro_f1"] as? Double ?? 0) - 2.0 / 3 / 7) < 1e-9)
      let text = try moodCLI("evaluate", folder.path).output
      #expect(text.hasPrefix("1 of 2 right"))
    }
  }

  @Test func measuresAgainstVotes() throws {
    try withFaces { folder in
      let votes = folder.appending(path: "../votes.csv").standardized
      let header =
        "file,copies,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF\n"
      // The second face has no majority: 5 of 10 is not more than half.
      try Data(
        (header + "faces/happy/a.jpg,1,1,9,0,0,0,0,0,0,0,0\n"
          + "faces/sad/a.jpg,1,5,5,0,0,0,0,0,0,0,0\n").utf8
      ).write(to: votes)
      let run = try moodCLI("evaluate", folder.path, "--labels", votes.path, "--json")
      let report = try #require(try run.objects().first)
      #expect(report["count"] as? Int == 1 && report["right"] as? Int == 1)
      #expect((report["divergence_from_votes"] as? Double ?? -1) > 0)
    }
  }

  @Test func refusesOtherFolders() throws {
    #expect(try moodCLI("evaluate", "/nowhere").exitCode == 66)
    #expect(try moodCLI("evaluate", "Sources").exitCode == 66)
    try withFaces { folder in
      for (labels, code) in [("README.md", 65), ("/nowhere", 66)] as [(String, Int32)] {
        let run = try moodCLI("evaluate", folder.path, "--labels", labels)
        #expect(run.exitCode == code)
      }
    }
  }
}
