import Foundation
import Testing

/// Photos that come as bytes on standard input, and the digests of their files.
struct FrameCommandTests {
  private static let photos = [
    "Examples/eileen_collins.jpg", "README.md", "Tests/Fixtures/Images/png_rgb_8.png",
    "Examples/grace_hopper.jpg",
  ]

  private func word(_ number: Int) -> Data {
    Data((0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
  }

  private func frame(_ name: Data, _ bytes: Data) -> Data {
    word(name.count) + name + word(bytes.count) + bytes
  }

  private func frames(_ paths: [String]) throws -> Data {
    try paths.reduce(into: Data()) {
      $0 += frame(Data($1.utf8), try Data(contentsOf: packageFolder.appending(path: $1)))
    }
  }

  /// Runs `classify` with these bytes on standard input.
  private func classify(_ input: Data, _ arguments: String...) throws -> Run {
    let command = try RunningCommand(["classify"] + arguments, input: nil)
    let pipe = try #require(command.inputPipe).fileHandleForWriting
    // It may refuse the input, and read no more of it.
    try? pipe.write(contentsOf: input)
    try pipe.close()
    return try command.result()
  }

  @Test func answersFramesAsItAnswersPaths() throws {
    let expected = try moodCLI(words: ["classify", "--jsonl", "--sha256"] + Self.photos)
    let run = try classify(frames(Self.photos), "--frames", "--sha256")
    #expect(run.output == expected.output && run.exitCode == 65)
    let digests = try run.objects().map { $0["sha256"] as? String }
    // Of coreutils' sha256sum.
    #expect(
      digests[0] == "673fa651314d9bce6d52b14aa3452387528778892664dd993565da39bf1eb740")
    #expect(digests.allSatisfy { $0?.count == 64 })
    #expect(try classify(Data(), "--frames").exitCode == 0)
  }

  @Test func digestsAreThoseOfTheStandard() throws {
    // FIPS 180-4's examples, the empty message, and lengths around the padding's edges (hashlib).
    let text56 = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
    let expected = [
      "": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "abc": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      text56: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
      String(repeating: "a", count: 55):
        "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318",
      String(repeating: "a", count: 63):
        "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34",
      String(repeating: "a", count: 64):
        "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb",
      String(repeating: "a", count: 1000):
        "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3",
    ]
    let texts = expected.keys.sorted()
    let input = texts.reduce(into: Data()) { $0 += frame(Data("x".utf8), Data($1.utf8)) }
    let run = try classify(input, "--frames", "--sha256")
    #expect(try run.objects().map { $0["sha256"] as? String } == texts.map { expected[$0] })
  }

  @Test func keepsNamesThatAreNotUTF8() throws {
    let name = Data([0x61, 0xFF, 0x62])
    let object = try #require(
      try classify(frame(name, Data("no photo".utf8)), "--frames").objects().first)
    #expect(object["path_bytes"] as? String == name.base64EncodedString())
    #expect(object["id"] as? String == "a\u{FFFD}b" && object["ok"] as? Bool == false)
  }

  @Test func refusesAPhotoThatIsTooLargeAndGoesOn() throws {
    let large = frame(Data("large".utf8), Data(count: (20 << 20) + 5000))
    let run = try classify(
      large + frames(["Examples/eileen_collins.jpg"]), "--frames", "--sha256")
    let objects = try run.objects()
    #expect(objects.count == 2 && run.exitCode == 65)
    #expect((objects[0]["error"] as? [String: Any])?["code"] as? String == "image_file_too_large")
    #expect(objects[0]["sha256"] == nil && objects[1]["mood"] as? String == "happy")
  }

  /// What comes before the fault is answered all the same.
  @Test func refusesWhatIsNoFrame() throws {
    let whole = try frames(["Examples/eileen_collins.jpg"])
    for (end, code) in [
      (Data([1]), "within a frame, behind 1"), (word(5) + Data("ab".utf8), "within a frame"),
      (word(1) + Data("a".utf8), "within a frame"),
      (word(1) + Data("a".utf8) + word(9) + Data("b".utf8), "within a frame"),
      (word(1) + Data("a".utf8) + word(0x7FFF_FFFF) + Data("b".utf8), "within a frame"),
      (word(0), "frame 2 has a name of 0"), (word(65_537), "frame 2 has a name of 65537"),
      (Data("Examples/eileen_collins.jpg\n".utf8), "frame 2 has a name of"),
    ] {
      let run = try classify(whole + end, "--frames")
      #expect(run.exitCode == 65 && run.errors.contains(code), "\(run.errors)")
      #expect(try run.objects().count == 1)
    }
    #expect(try moodCLI("classify", "--frames", "a.jpg").exitCode == 64)
    #expect(try moodCLI("classify", "--part-size", "0", "a.jpg").exitCode == 64)
  }
}
