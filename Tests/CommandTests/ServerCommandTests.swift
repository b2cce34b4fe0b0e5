import Foundation
import Testing

/// `serve` and `spotify` are another program's, which may be missing.
struct ServerCommandTests {
  @Test(arguments: ["serve", "spotify"])
  func saysHowToGetTheServer(_ command: String) throws {
    let run = try moodCLI(command, environment: ["PATH": "/nowhere"])
    #expect(run.exitCode == 69 && run.output.isEmpty)
    #expect(run.errors.contains("make serve") && run.errors.contains("make install-server"))
  }

  @Test func goesOnAsTheServerWithAllArguments() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appending(path: "mood-server")
    try Data("#!/bin/sh\necho \"$@\"\nexit 3\n".utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    let run = try moodCLI(
      "serve", "--port", "0", "--tls-key", "a b",
      environment: ["PATH": "\(folder.path):/usr/bin:/bin"])
    #expect(run.exitCode == 3 && run.output == "serve --port 0 --tls-key a b\n")
  }
}
