import Foundation
import Testing

struct FaceCommandTests {
  @Test func printsFaces() throws {
    let run = try moodCLI("faces", "--json", "Examples/grace_hopper.jpg", "README.md")
    #expect(run.exitCode == 65)
    let lines = try run.objects()
    #expect(lines.count == 2)
    #expect(lines[1]["ok"] as? Bool == false)
    let faces = try #require(lines[0]["faces"] as? [[String: Any]])
    #expect(faces.count == 1)
    #expect((faces.first?["landmarks"] as? [[String: Double]])?.count == 5)
    #expect((faces.first?["box"] as? [String: Double])?.count == 4)
  }

  @Test func readsTheFacesThatAreAskedFor() throws {
    func source(_ which: String) throws -> String? {
      let run = try moodCLI("classify", "--json", "--face", which, "Examples/eileen_collins.jpg")
      return try run.objects().first?["source"] as? String
    }
    #expect(try source("auto") == "face")
    #expect(try source("all") == "face")
    #expect(try source("none") == "whole")
    #expect(try source("30,10,90,120") == "given")
    #expect(try moodCLI("classify", "--face", "some", "x.jpg").exitCode == 64)
    let photo = ["--face-weights", "/no/such/file", "Examples/eileen_collins.jpg", "--face"]
    #expect(try moodCLI(words: ["classify"] + photo + ["none"]).exitCode == 0)
    #expect(try moodCLI(words: ["classify"] + photo + ["all"]).exitCode == 66)
    #expect(try moodCLI("faces", "--max-side", "1", "x.jpg").exitCode == 64)
    #expect(try moodCLI("faces", "--face-weights", "README.md", "x.jpg").exitCode == 65)
  }

  @Test func explainsAMood() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".png")
    defer { try? FileManager.default.removeItem(at: file) }
    let run = try moodCLI(
      "explain", "Examples/eileen_collins.jpg", "--json", "-o", file.path, "--mood", "happy")
    #expect(run.exitCode == 0)
    let heat = try #require(try run.objects().first?["heat"] as? [[Double]])
    let strongest: Double = heat.joined().max() ?? 0
    #expect(strongest > 0)
    let start = Array(try Data(contentsOf: file).prefix(4))
    #expect(start == [0x89, 0x50, 0x4E, 0x47])
  }

  @Test func watchesAStreamWithABrokenPicture() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let picture = try Data(
      contentsOf: packageFolder.appending(path: "Examples/eileen_collins.jpg"))
    let stream = folder.appending(path: "v.mjpeg")
    try (picture + picture.prefix(picture.count / 2) + picture + picture).write(to: stream)
    let curve = folder.appending(path: "curve").path
    let run = try moodCLI("watch", stream.path, "--recommend", "--seed", "1", "--summary", curve)
    #expect(run.exitCode == 0)
    let lines = try run.objects()
    #expect(lines.count == 3)
    #expect(lines[0]["changed"] as? String == "happy")
    #expect(lines[0]["song"] != nil)
    for line in lines.dropFirst() {
      #expect(line["changed"] == nil)
      #expect(line["mood"] != nil)
    }
    #expect(try String(contentsOfFile: curve + ".csv", encoding: .utf8).hasPrefix("seconds,"))
    #expect(try String(contentsOfFile: curve + ".svg", encoding: .utf8).hasPrefix("<svg"))
    #expect(try moodCLI("watch", "README.md").exitCode == 65)
    #expect(try moodCLI("watch", "/nowhere").exitCode == 66)
  }
}
