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
    #expect(lines.count == 4)
    #expect(lines.map { $0["broken"] as? Bool ?? false } == [false, true, false, false])
    #expect(lines[0]["changed"] as? String == "happy")
    #expect(lines[0]["song"] != nil)
    for line in lines.dropFirst(2) {
      #expect(line["changed"] == nil)
      #expect(line["mood"] != nil)
    }
    #expect(try String(contentsOfFile: curve + ".csv", encoding: .utf8).hasPrefix("seconds,"))
    #expect(try String(contentsOfFile: curve + ".svg", encoding: .utf8).hasPrefix("<svg"))
    #expect(try moodCLI("watch", "README.md").exitCode == 65)
    #expect(try moodCLI("watch", "/nowhere").exitCode == 66)
  }

  @Test func watchesWhatCamerasSend() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    let picture = try Data(
      contentsOf: packageFolder.appending(path: "Examples/eileen_collins.jpg"))
    let text = Data("--frame\r\nContent-Type: image/jpeg\r\n\r\n".utf8)
    let endless = text + picture.dropLast(2) + text + picture.dropLast(2)
    var chunked = Data("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
    for start in stride(from: 0, to: endless.count, by: 1000) {
      let chunk = endless[start..<min(start + 1000, endless.count)]
      chunked += Data("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Data("\r\n".utf8)
    }
    for stream in [endless, chunked] {
      try stream.write(to: file)
      let run = try moodCLI("watch", file.path)
      #expect(run.exitCode == 0)
      #expect(try run.objects().map { $0["mood"] as? String } == ["happy", "happy"])
    }
  }

  @Test func saysWhyNoPictureOfAStreamIsRead() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    let picture = try Data(
      contentsOf: packageFolder.appending(path: "Examples/eileen_collins.jpg"))
    let half = picture.prefix(picture.count / 2)
    try (half + half).write(to: file)
    let run = try moodCLI("watch", file.path)
    #expect(run.exitCode == 65)
    #expect(try run.objects().map { $0["broken"] as? Bool } == [true, true])
    #expect(run.errors.contains("none of 2 pictures can be read: the picture is cut off"))
    #expect(try moodCLI("watch", "Sources").errors.contains("Is a directory"))
    let address = try moodCLI("watch", "http://camera/video.mjpg")
    #expect(address.exitCode == 64)
    #expect(address.errors.contains("curl -sN 'http://camera/video.mjpg' | mood-cli watch -"))
  }

  @Test func namesAClosedInput() throws {
    let shell = Process()
    let errors = Pipe()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", "\"$0\" watch - <&-", try RunningCommand.program().path]
    shell.currentDirectoryURL = packageFolder
    shell.standardError = errors
    try shell.run()
    let text = try errors.fileHandleForReading.readToEnd() ?? Data()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 66)
    #expect(String(decoding: text, as: UTF8.self).contains("- cannot be read"))
  }
}
