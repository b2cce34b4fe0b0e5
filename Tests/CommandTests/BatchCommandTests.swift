import Foundation
import Testing

/// Long lists of photos: where they come from, and in which order they are answered.
struct BatchCommandTests {
  /// A folder for a test's files.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private static let images = "Tests/Fixtures/Images"

  private func ids(_ run: Run) throws -> [String] {
    try run.objects().map { try #require($0["id"] as? String) }
  }

  @Test func walksFolders() throws {
    try withFolder { folder in
      let manager = FileManager.default
      let photo = packageFolder.appending(path: Self.images + "/png_rgb_8.png")
      for path in ["b.PNG", "a/z.jpeg", "a/c.png", ".hidden.png", ".h/d.png", "e.txt", "f.jpg"] {
        let place = folder.appending(path: path)
        try manager.createDirectory(
          at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try manager.copyItem(at: photo, to: place)
      }
      for (link, target) in [("a/loop", ".."), ("a/self", "self"), ("g.png", "f.jpg")] {
        try manager.createSymbolicLink(
          atPath: folder.appending(path: link).path, withDestinationPath: target)
      }
      let run = try moodCLI("classify", "--jsonl", "--face", "none", folder.path)
      #expect(run.exitCode == 0)
      let names = ["a/c.png", "a/z.jpeg", "b.PNG", "f.jpg", "g.png"]
      #expect(try ids(run) == names.map { "\(folder.path)/\($0)" })
      let empty = folder.appending(path: "empty")
      try manager.createDirectory(at: empty, withIntermediateDirectories: true)
      let none = try moodCLI("classify", empty.path)
      #expect(none.exitCode == 66 && none.errors.contains("without a .jpg"))
    }
  }

  @Test func readsListsOfEitherKind() throws {
    try withFolder { folder in
      let paths = ["Examples/grace_hopper.jpg", "Examples/eileen_collins.jpg"]
      let lines = folder.appending(path: "lines").path
      try Data((paths[0] + "\r\n\n" + paths[1]).utf8).write(to: URL(filePath: lines))
      let expected = try moodCLI("classify", "--json", "-", input: paths.joined(separator: "\n"))
      #expect(try ids(expected) == paths)
      let nulls = paths.joined(separator: "\0") + "\0"
      for run in [
        try moodCLI("classify", "--jsonl", "--paths-from", lines),
        try moodCLI("classify", "--jsonl", "--paths-from", "-", "-0", input: nulls),
        try moodCLI("classify", "--jsonl", "--null", "-", input: nulls),
      ] {
        #expect(run.exitCode == 0 && run.output == expected.output)
      }
      let mixed = try moodCLI("classify", "--jsonl", "-", input: nulls)
      #expect(mixed.exitCode == 65 && mixed.errors.contains("--null"))
      #expect(try moodCLI("classify", "--paths-from", "/nowhere").exitCode == 66)
      #expect(try moodCLI("classify", "--paths-from", "-", "-").exitCode == 64)
      let endless = try moodCLI("classify", "-", input: String(repeating: "x", count: 99_999))
      #expect(endless.exitCode == 65 && endless.errors.contains("a line of over"))
      #expect(try moodCLI("classify", "--paths-from", "Sources").exitCode == 66)
    }
  }

  @Test func readsAPhotoFromStandardInput() throws {
    let photo = packageFolder.appending(path: "Examples/eileen_collins.jpg")
    let command = try RunningCommand(["classify", "--json", "-"], input: nil)
    let input = try #require(command.inputPipe).fileHandleForWriting
    try input.write(contentsOf: Data(contentsOf: photo))
    try input.close()
    let line = try #require(try command.result().objects().first)
    #expect(line["id"] as? String == "-" && line["mood"] as? String == "happy")
    let list = try moodCLI(
      "classify", "--json", "-", input: "\u{FEFF}Examples/eileen_collins.jpg\n")
    #expect(try ids(list) == ["Examples/eileen_collins.jpg"])
  }

  @Test func readsNamesThatAreNotUTF8AndShowsNoControlCharacters() throws {
    try withFolder { folder in
      let script = Process()
      script.executableURL = URL(filePath: "/bin/sh")
      script.arguments = [
        "-c",
        #"cd "$0" && cp "$1" "$(printf 'a\355b.jpg')" && cp "$1" "$(printf 'c\033[31m.jfif')" && touch x.txt"#,
        folder.path, packageFolder.appending(path: "Examples/eileen_collins.jpg").path,
      ]
      try script.run()
      script.waitUntilExit()
      let run = try moodCLI("classify", "--jsonl", folder.path)
      #expect(run.exitCode == 0 && run.errors.contains("1 other file"))
      let lines = try run.objects()
      #expect(lines.count == 2 && lines.allSatisfy { $0["mood"] as? String == "happy" })
      let bytes = lines.compactMap { $0["path_bytes"] as? String }
        .compactMap { Data(base64Encoded: $0) }
      #expect(bytes == [Data("\(folder.path)/a".utf8) + [0xED] + Data("b.jpg".utf8)])
      #expect(lines.contains { ($0["id"] as? String)?.hasSuffix("/a\u{FFFD}b.jpg") == true })
      let text = try moodCLI("classify", folder.path)
      #expect(text.output.contains(#"a\xedb.jpg: happy"#))
      #expect(text.output.contains(#"c\u{1b}[31m.jfif: happy"#) && !text.output.contains("\u{1B}"))
      // What was answered is not answered again.
      let log = folder.appending(path: "answers")
      try Data(run.output.utf8).write(to: log)
      let again = try moodCLI("classify", "--resume", log.path, folder.path)
      #expect(again.exitCode == 0)
      #expect(try String(contentsOf: log, encoding: .utf8) == run.output)
    }
  }

  @Test func answersWhileTheListIsStillWritten() throws {
    let command = try RunningCommand(["classify", "--jsonl", "--face", "none", "-"], input: nil)
    let input = try #require(command.inputPipe).fileHandleForWriting
    try input.write(contentsOf: Data((Self.images + "/png_rgb_8.png\n").utf8))
    try command.waitForOutput()
    #expect(try command.output().hasSuffix("\n"))
    #expect(command.process.isRunning)
    try input.close()
    #expect(try command.result().exitCode == 0)
  }

  @Test func shardsPartitionTheList() throws {
    let whole = try ids(try moodCLI("classify", "--jsonl", Self.images))
    #expect(whole.count > 50)
    var shards: [[String]] = []
    for number in 1...3 {
      shards.append(try ids(moodCLI("classify", "--jsonl", Self.images, "--shard", "\(number)/3")))
    }
    for (position, id) in whole.enumerated() {
      #expect(shards[position % 3][position / 3] == id)
    }
    #expect(shards.reduce(0) { $0 + $1.count } == whole.count)
    for (shard, reason) in [
      ("0/4", "no shard 0 of 4"), ("5/4", "1/4 to 4/4"), ("1/0", "at least one"),
      ("1", "not i/n"), ("1/2/3", "not i/n"), ("a/b", "not i/n"), ("-1/4", ""),
    ] {
      let run = try moodCLI("classify", "--shard", shard, "x.jpg")
      #expect(run.exitCode == 64 && (reason.isEmpty || run.errors.contains(reason)))
    }
  }

  @Test func unorderedIsAPermutation() throws {
    // A large photo first: what follows is ready before it.
    let list = ["Examples/grace_hopper.jpg", Self.images, "README.md", "Examples"]
    let ordered = try moodCLI("classify", "--jsonl", list[0], list[1], list[2], list[3])
    let unordered = try moodCLI(
      "classify", "--jsonl", "--unordered", list[0], list[1], list[2], list[3])
    #expect(ordered.exitCode == 65 && unordered.exitCode == 65)
    #expect(
      ordered.output.split(separator: "\n").sorted()
        == unordered.output.split(separator: "\n").sorted())
  }

  @Test func answersDoNotDependOnTheRestOfTheList() throws {
    let photo = "Examples/eileen_collins.jpg"
    let pad = (0..<11).map { "\(Self.images)/jpeg_orientation_\($0 % 8 + 1).jpg\n" }
    let first = try moodCLI("classify", "--jsonl", "-", input: photo + "\n" + pad.joined())
    let last = try moodCLI("classify", "--jsonl", "-", input: pad.joined() + photo)
    let alone = try moodCLI("classify", "--jsonl", "-", input: photo)
    let line = try #require(first.output.split(separator: "\n").first)
    #expect(line.contains("eileen"))
    #expect(last.output.split(separator: "\n").last == line)
    #expect(alone.output == line + "\n")
  }
}
