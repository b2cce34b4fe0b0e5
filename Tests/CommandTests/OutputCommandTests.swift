import Foundation
import Testing

/// Where results go: nothing that stands there is destroyed, and nothing is lost silently.
struct OutputCommandTests {
  private static let photo = "Examples/eileen_collins.jpg"

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func isPNG(_ file: URL) throws -> Bool {
    try Data(contentsOf: file).starts(with: [0x89, 0x50, 0x4E, 0x47])
  }

  @Test(arguments: [
    ["catalogue", "list"], ["catalogue", "stats"], ["recommend", "--mood", "sad"], ["inspect"],
    ["inspect", "--plan"], ["history"], ["export-data"], ["faces", photo], ["classify", photo],
    ["classify", "--jsonl", photo], ["recommend", photo], ["--help"], ["--version"],
    ["bench", "--seconds", "0.01"], ["cache"], ["cache", "clear"], ["explain", "--json", photo],
  ])
  func aFullDeviceIsTold(_ words: [String]) throws {
    guard let full = FileHandle(forWritingAtPath: "/dev/full") else { return }
    let command = try RunningCommand(words, input: "", output: full)
    let run = try command.result()
    #expect(run.exitCode == 74 && run.errors.contains("cannot be written: No space left"))
  }

  @Test func aLinkStaysAndItsTargetKeepsItsMode() throws {
    try withFolder { folder in
      let (target, link) = (folder.appending(path: "t.png"), folder.appending(path: "l.png"))
      try Data("old".utf8).write(to: target)
      let manager = FileManager.default
      try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target.path)
      try manager.createSymbolicLink(atPath: link.path, withDestinationPath: "t.png")
      #expect(try moodCLI("explain", Self.photo, "-o", link.path).exitCode == 0)
      #expect(try manager.destinationOfSymbolicLink(atPath: link.path) == "t.png")
      let mode = try manager.attributesOfItem(atPath: target.path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(try isPNG(target))
      #expect(try manager.contentsOfDirectory(atPath: folder.path).count == 2)
    }
  }

  @Test func aNewFileIsMadeThroughADanglingLink() throws {
    try withFolder { folder in
      let link = folder.appending(path: "l.png")
      try FileManager.default.createSymbolicLink(
        atPath: link.path, withDestinationPath: "new.png")
      #expect(try moodCLI("explain", Self.photo, "-o", link.path).exitCode == 0)
      #expect(try isPNG(folder.appending(path: "new.png")))
    }
  }

  @Test func aDeviceIsWrittenTo() throws {
    #expect(try moodCLI("explain", Self.photo, "-o", "/dev/null").exitCode == 0)
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
    #expect(type as? FileAttributeType == .typeCharacterSpecial)
    #expect(try moodCLI("explain", Self.photo, "-o", "/dev/full").exitCode == 74)
  }

  @Test func theInputIsNotWrittenOver() throws {
    try withFolder { folder in
      let (photo, other) = (folder.appending(path: "a.jpg"), folder.appending(path: "b.jpg"))
      try FileManager.default.copyItem(
        at: packageFolder.appending(path: Self.photo), to: photo)
      try FileManager.default.linkItem(at: photo, to: other)
      let before = try Data(contentsOf: photo)
      for output in [photo, other] {
        let run = try moodCLI("explain", photo.path, "-o", output.path)
        #expect(run.exitCode == 64 && run.errors.contains("is the file that is read"))
      }
      #expect(try moodCLI("preprocess", photo.path, "--output", photo.path).exitCode == 64)
      #expect(try Data(contentsOf: photo) == before)
    }
  }

  @Test func whatCannotBeWrittenSaysWhy() throws {
    let missing = try moodCLI("explain", Self.photo, "-o", "/nowhere/x.png")
    #expect(missing.exitCode == 74 && missing.errors.contains("No such file or directory"))
    let folder = try moodCLI("explain", Self.photo, "-o", "Examples")
    #expect(folder.exitCode == 74 && folder.errors.contains("Is a directory"))
  }

  @Test func theHomeOfTheEnvironmentComesFirst() throws {
    try withFolder { home in
      let data = home.appending(path: ".local/share/mood")
      try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
      try Data("name,artist,mood,id\nSong One,A,Happy,\n".utf8)
        .write(to: data.appending(path: "catalogue.csv"))
      let run = try moodCLI(
        "catalogue", "list",
        environment: ["HOME": home.path, "MOOD_DATA": "", "XDG_DATA_HOME": ""])
      #expect(run.exitCode == 0 && run.output.contains("Song One"))
    }
  }

  @Test func aFileNameLikeAnOptionIsExplained() throws {
    try withFolder { folder in
      let name = "-a.jpg"
      try Data().write(to: folder.appending(path: name))
      let command = try RunningCommand(["classify", name], input: "", folder: folder)
      let run = try command.result()
      #expect(run.exitCode == 64 && run.errors.contains("put -- before"))
    }
  }
}
