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
