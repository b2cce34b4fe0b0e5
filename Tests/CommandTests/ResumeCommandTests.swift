import Foundation
import Testing

/// Runs that are ended, and runs that go on with them.
struct ResumeCommandTests {
  /// A file with what `body` is given the path of.
  private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try body(file.path)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  /// Small photos over and over, with some that cannot be read between them.
  private static let list: [String] = (0..<160).map { index in
    switch index % 20 {
    case 7: "README.md"
    case 13: "/nowhere/\(index).jpg"
    case 19: "Examples/eileen_collins.jpg"
    default: "Tests/Fixtures/Images/jpeg_orientation_\(index % 8 + 1).jpg"
    }
  }

  @Test(arguments: [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT")])
  func goesOnAfterASignal(_ signal: Int32, _ name: String) throws {
    try withFile(Self.list.joined(separator: "\n") + "\n") { list in
      let whole = try moodCLI("classify", "--jsonl", "--paths-from", list)
      #expect(whole.exitCode == 65)
      #expect(whole.output.split(separator: "\n").count == Self.list.count)

      let command = try RunningCommand(["classify", "--jsonl", "--paths-from", list], input: nil)
      try command.waitForOutput()
      kill(command.process.processIdentifier, signal)
      let stopped = try command.result()
      #expect(stopped.exitCode == 128 + signal)
      #expect(command.process.terminationReason == .exit)
      #expect(stopped.errors.contains("Stopped by \(name)") && stopped.errors.contains("--resume"))
      #expect(stopped.output.hasSuffix("\n") && stopped.output.count < whole.output.count)
      #expect(whole.output.hasPrefix(stopped.output))

      // A machine that loses power may leave half a line.
      let rest = whole.output.dropFirst(stopped.output.count)
      try withFile(stopped.output + rest.prefix(40)) { file in
        let resumed = try moodCLI("classify", "--resume", file, "--paths-from", list)
        #expect(resumed.exitCode == 65 && resumed.output.isEmpty)
        #expect(try text(file) == whole.output)
        let again = try moodCLI("classify", "--resume", file, "--paths-from", list)
        #expect(again.exitCode == 65 && again.errors.isEmpty)
        #expect(try text(file) == whole.output)
      }
    }
  }

  @Test func endsWhileItWaitsForTheList() throws {
    let command = try RunningCommand(["classify", "--jsonl", "-"], input: nil)
    let input = try #require(command.inputPipe).fileHandleForWriting
    try input.write(contentsOf: Data("Examples/eileen_collins.jpg\n".utf8))
    try command.waitForOutput()
    command.process.terminate()
    #expect(try command.result().exitCode == 143)
    try input.close()
  }

  @Test func endsThoughAPhotoTakesForEver() throws {
    // A pipe that nobody writes to.
    let command = try RunningCommand(
      ["classify", "--jsonl", "Examples/eileen_collins.jpg", "/dev/stdin"], input: nil)
    try command.waitForOutput()
    command.process.terminate()
    #expect(try command.result().exitCode == 143)
  }

  @Test func stopsAtOnceAtTheSecondSignal() throws {
    // Nobody reads the answers, so writing them takes for ever.
    let command = try RunningCommand(
      ["classify", "--jsonl", "-"], input: String(repeating: "README.md\n", count: 3000),
      outputPipe: Pipe())
    Thread.sleep(forTimeInterval: 5)
    command.process.terminate()
    Thread.sleep(forTimeInterval: 0.5)
    #expect(command.process.isRunning)
    command.process.interrupt()
    #expect(try command.result().exitCode == 130)
  }

  @Test func resumesShardsAndUnorderedRuns() throws {
    let images = "Tests/Fixtures/Images"
    let whole = try moodCLI("classify", "--jsonl", images, "--shard", "2/2")
    let lines = whole.output.split(separator: "\n").map(String.init)
    // Any of the lines may be there already.
    let some = lines.enumerated().filter { $0.offset % 3 == 1 }.map(\.element)
    try withFile(some.joined(separator: "\n") + "\n") { file in
      let run = try moodCLI(
        "classify", "--resume", file, "--unordered", images, "--shard", "2/2")
      #expect(run.exitCode == whole.exitCode)
      #expect(try text(file).split(separator: "\n").map(String.init).sorted() == lines.sorted())
    }
    try withFile("") { file in
      let run = try moodCLI("classify", "--resume", file, images, "--shard", "2/2")
      #expect(run.exitCode == whole.exitCode)
      #expect(try text(file) == whole.output)
    }
  }

  /// Runs that are killed, each in the middle, add whole parts to a folder; nothing is answered twice.
  @Test func goesOnInAFolderOfPartsAfterAKill() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.path + "/answers/"
    try withFile(Self.list.joined(separator: "\n") + "\n") { list in
      let arguments = [
        "classify", "--resume", path, "--part-size", "8", "--sha256", "--paths-from", list,
      ]
      for parts in [2, 6] {
        let command = try RunningCommand(arguments, input: "")
        while command.process.isRunning, try self.parts(path).count < parts {
          Thread.sleep(forTimeInterval: 0.01)
        }
        kill(command.process.processIdentifier, SIGKILL)
        _ = try command.result()
        #expect(try self.parts(path).allSatisfy { try text($0).hasSuffix("\n") })
      }
      // A part that was copied by half loses its torn line alone.
      let first = try #require(try parts(path).first)
      let whole = try text(first)
      try Data(whole.dropLast(30).utf8).write(to: URL(filePath: first))
      let run = try moodCLI(words: arguments)
      #expect(run.exitCode == 65 && run.output.isEmpty)
      let expected = try moodCLI("classify", "--jsonl", "--sha256", "--paths-from", list)
      let lines = try parts(path).flatMap { try text($0).split(separator: "\n") }
      #expect(lines.sorted() == expected.output.split(separator: "\n").sorted())
      let count = try parts(path).count
      #expect(try moodCLI(words: arguments).exitCode == 65)
      #expect(try parts(path).count == count)
    }
  }

  private func parts(_ folder: String) throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { !$0.hasPrefix(".") }.sorted().map { folder + $0 }
  }

  @Test func saysThatAnswersAreOfAnotherVersionOrInstructionSet() throws {
    let photo = "Examples/eileen_collins.jpg"
    let answer = try moodCLI("classify", "--json", photo, "--isa", "portable").output
    try withFile(answer.replacing("\"v\":3", with: "\"v\":2")) { file in
      let run = try moodCLI("classify", "--resume", file, photo)
      #expect(run.exitCode == 65 && run.errors.contains("an answer of version 2"))
    }
    try withFile(answer.replacing("\"isa\":\"portable\"", with: "\"isa\":\"other\"")) { file in
      let run = try moodCLI("classify", "--resume", file, photo)
      #expect(run.exitCode == 0 && run.errors.contains("computed with other"))
    }
  }

  @Test func refusesOtherFilesAndLeavesThemAlone() throws {
    let photo = "Examples/eileen_collins.jpg"
    let faces = try moodCLI("faces", "--json", photo).output
    let songs = try moodCLI("recommend", "--json", photo).output
    let good = try moodCLI("classify", "--json", photo).output
    for (content, line) in [
      ("# Notes\n", 1), ("notes", 1), ("{}\n", 1), (faces, 1), (songs, 1), (good + "\n", 2),
      (good + "{\"name\":1}", 2), (good.dropLast(9) + "\n" + good, 1), ("{\"error\":[]}", 1),
    ] as [(String, Int)] {
      try withFile(content) { file in
        let run = try moodCLI("classify", "--resume", file, photo)
        #expect(run.exitCode == 65, "\(content)")
        #expect(run.errors.contains("line \(line): --resume takes"), "\(content)")
        #expect(try text(file) == content)
      }
    }
    #expect(try moodCLI("classify", "--resume", "/nowhere", photo).exitCode == 66)
  }
}
