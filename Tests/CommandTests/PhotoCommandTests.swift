import Foundation
import Testing

struct PhotoCommandTests {
  @Test func classifiesAPhoto() throws {
    let run = try moodCLI("classify", "--json", "Examples/eileen_collins.jpg")
    #expect(run.exitCode == 0 && run.errors.isEmpty)
    let line = try #require(try run.objects().first)
    #expect(line["v"] as? Int == 3 && line["ok"] as? Bool == true)
    #expect(line["id"] as? String == "Examples/eileen_collins.jpg")
    #expect(line["mood"] as? String == "happy")
    let probabilities = try #require(line["probabilities"] as? [String: Double])
    #expect(probabilities.count == 7)
    #expect(abs(probabilities.values.reduce(0, +) - 1) < 1e-3)
  }

  @Test func oneBadPhotoDoesNotStopTheRest() throws {
    let run = try moodCLI(
      "classify", "--json", "-",
      input: "Examples/grace_hopper.jpg\nREADME.md\n/nowhere.jpg\nExamples/eileen_collins.jpg\n")
    #expect(run.exitCode == 65)
    let lines = try run.objects()
    #expect(lines.map { $0["ok"] as? Bool } == [true, false, false, true])
    let codes = lines.map { ($0["error"] as? [String: String])?["code"] }
    #expect(codes == [nil, "not_an_image", "unreadable_file", nil])
    #expect(run.errors.contains("README.md: "))
  }

  @Test func tellsKindsOfFailureApart() throws {
    #expect(try moodCLI("classify").exitCode == 64)
    #expect(try moodCLI("classify", "/nowhere.jpg").exitCode == 66)
    #expect(try moodCLI("classify", "README.md").exitCode == 65)
    #expect(try moodCLI("classify", "--weights", "/nowhere", "x.jpg").exitCode == 66)
    #expect(try moodCLI("classify", "--weights", "README.md", "x.jpg").exitCode == 65)
    #expect(try moodCLI("classify", "--crop", "1,2,3", "x.jpg").exitCode == 64)
    let outside = try moodCLI("classify", "--crop", "9000,0,10,10", "Examples/grace_hopper.jpg")
    #expect(outside.exitCode == 65 && outside.errors.contains("outside the photo"))
  }

  @Test func saysHowToGetWeights() throws {
    let run = try moodCLI(
      "classify", "Examples/grace_hopper.jpg", environment: ["MOOD_WEIGHTS": "/nowhere"])
    #expect(run.exitCode == 66 && run.errors.contains("/nowhere"))
  }

  @Test func recommendsWithASeed() throws {
    let arguments = ["recommend", "--json", "--seed", "7", "--count", "3"]
    let first = try moodCLI(arguments[0], arguments[1], "--seed", "7", "--mood", "sad")
    let second = try moodCLI(arguments[0], arguments[1], "--seed", "7", "--mood", "sad")
    #expect(first.exitCode == 0 && first.output == second.output)
    let songs = try #require(try first.objects().first?["songs"] as? [[String: Any]])
    #expect(songs.count == 5)
    for song in songs {
      for key in ["id", "name", "artist", "album", "mood", "link"] { #expect(song[key] is String) }
    }
  }

  @Test func refusesPhotoAndMoodTogether() throws {
    #expect(try moodCLI("recommend").exitCode == 64)
    #expect(try moodCLI("recommend", "--mood", "sad", "x.jpg").exitCode == 64)
    #expect(try moodCLI("recommend", "--mood", "bored").exitCode == 64)
    #expect(try moodCLI("recommend", "--mood", "sad", "--count", "0").exitCode == 64)
  }
}
