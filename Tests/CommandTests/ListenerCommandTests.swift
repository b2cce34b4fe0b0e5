import Foundation
import Testing

/// Feedback, history and catalogues from the command line.
struct ListenerCommandTests {
  /// A folder that goes when the test ends.
  final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: "mood-\(UUID().uuidString)")
    var environment: [String: String] { ["MOOD_DATA": url.path] }

    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ text: String, _ name: String) throws -> String {
      let file = url.appending(path: name)
      try Data(text.utf8).write(to: file)
      return file.path
    }
  }

  static let song = "queen-we-will-rock-you"
  /// What it is kept under.
  static let songID = "4pbJqGIASGPr0ZpGpnWkDn"

  @Test func learnsAndForgets() throws {
    let folder = try Folder()
    func run(_ arguments: String...) throws -> Run {
      try moodCLI(words: arguments, environment: folder.environment)
    }
    #expect(try run("history").output == "Nothing is kept of me.\n")
    #expect(try run("feedback", Self.song, "--like", "--mood", "sad").exitCode == 0)
    #expect(try run("feedback", Self.song, "--rating", "2", "--listener", "=cmd()").exitCode == 0)
    let link = "https://open.spotify.com/track/\(Self.song)?si=1"
    #expect(try run("feedback", link, "--skip").exitCode == 0)
    #expect(try run("feedback", "--not-my-mood", "sad", "--mood", "neutral").exitCode == 0)
    let history = try run("history", "--json").objects()
    #expect(history.map { $0["kind"] as? String } == ["not_my_mood", "skip", "like"])
    #expect(history[0]["meant"] as? String == "sad" && history[2]["song"] as? String == Self.songID)
    let answer = try run("recommend", "--mood", "neutral", "--json", "--seed", "3").objects()
    let songs = try #require(answer.first?["songs"] as? [[String: Any]])
    #expect(songs.count == 5 && songs.allSatisfy { $0["id"] as? String != Self.songID })
    let kinds = songs.flatMap { $0["reasons"] as? [[String: Any]] ?? [] }
      .compactMap { $0["kind"] as? String }
    #expect(kinds.contains("exploration"), "the policy has become personal")
    let csv = try run("export-data", "--everybody", "--format", "csv").output
    #expect(csv.split(separator: "\n").count == 5 && csv.contains("\n'=cmd(),"))
    #expect(try run("forget").output == "Forgot me: 3 pieces of feedback.\n")
    #expect(try run("export-data").output.isEmpty)
    #expect(try run("export-data", "--listener", "=cmd()").objects().count == 1)
  }

  @Test func refusesWhatIsNoFeedback() throws {
    #expect(try moodCLI("feedback", Self.song).exitCode == 64)
    #expect(try moodCLI("feedback", "--like").exitCode == 64)
    #expect(try moodCLI("feedback", Self.song, "--like", "--rating", "3").exitCode == 64)
    #expect(try moodCLI("feedback", Self.song, "--rating", "6").exitCode == 64)
    #expect(try moodCLI("feedback", "--not-my-mood", "sad").exitCode == 64)
    #expect(try moodCLI("feedback", Self.song, "--like", "--listener", "a\nb").exitCode == 64)
    let unknown = try moodCLI("feedback", "no-such-song", "--like")
    #expect(unknown.exitCode == 65 && unknown.errors.contains("no-such-song"))
  }

  @Test func saysWhatIsWrongWithTheDatabase() throws {
    let folder = try Folder()
    _ = try folder.write(String(repeating: "no database ", count: 100), "feedback.sqlite")
    let run = try moodCLI(
      "feedback", Self.song, "--like", environment: folder.environment)
    #expect(run.exitCode == 65 && run.errors.contains("no feedback database"))
  }

  @Test func takesProbabilitiesAndFilters() throws {
    let run = try moodCLI(
      "recommend", "--probabilities", #"{"happy":0.5,"sad":0.5}"#, "--json", "--goal", "match",
      "--genre", "soul", "--count", "3", "--years", "1960-1980", "--seed", "1")
    let line = try #require(try run.objects().first)
    let probabilities = try #require(line["probabilities"] as? [String: Double])
    #expect(probabilities["happy"] == 0.5 && probabilities["sad"] == 0.5)
    #expect((line["songs"] as? [[String: Any]])?.count == 3)
    for bad in [#"{"happy":0.5}"#, #"{"joy":1}"#, "[]", #"{"happy":2}"#, "x"] {
      #expect(try moodCLI("recommend", "--probabilities", bad).exitCode == 64, "\(bad)")
    }
    #expect(try moodCLI("recommend", "--mood", "sad", "--tempo", "120-90").exitCode == 64)
    #expect(try moodCLI("recommend", "--mood", "sad", "--format", "mp3").exitCode == 64)
    #expect(try moodCLI("recommend", "--format", "xspf", "a.jpg", "b.jpg").exitCode == 64)
  }

  @Test func explainsAScore() throws {
    let run = try moodCLI("recommend", "--mood", "angry", "--explain", "--count", "1")
    #expect(run.output.contains("to calm an angry mood") && run.output.contains("     +0."))
  }

  @Test func importsACatalogue() throws {
    let folder = try Folder()
    let list = try folder.write(
      "name,artist,mood,id,valence,energy\nGood,A,,,0.9,0.8\nBad,B,Gloomy,,,\nFine,C,Sad,,,\n",
      "songs.csv")
    func run(_ arguments: String...) throws -> Run {
      try moodCLI(words: arguments, environment: folder.environment)
    }
    let check = try run("catalogue", "check", list)
    #expect(check.exitCode == 65)
    #expect(
      check.output == """
        CSV with commas between cells, UTF-8
          name     is read as name
          artist   is read as artist
          mood     is read as mood
          id       is read as id
          valence  is read as valence
          energy   is read as energy
        2 songs are good, 1 rows are not.

        """)
    #expect(check.errors == "line 3: row 3: unknown mood \"Gloomy\"\n")
    #expect(try run("catalogue", "import", list).exitCode == 65)
    #expect(try run("catalogue", "import", "--skip-bad-rows", list).exitCode == 0)
    #expect(
      try run("catalogue", "list").output == "a-good\tGood\tA\tHappy\nc-fine\tFine\tC\tSad\n")
    #expect(try run("catalogue", "stats").output.hasPrefix("songs       2\n"))
    #expect(try run("recommend", "--mood", "sad").output.contains("Good – A"))
    #expect(try run("catalogue", "stats", "/nowhere.csv").exitCode == 66)
  }

  @Test func tellsWhatOfAListIsNotKept() throws {
    let folder = try Folder()
    let list = try folder.write(
      "Track Name,artist,\u{1B}[31mx,mood,tempo,popularity\nA,B,,sad,fast,1\nA,B,,sad,,2\n",
      "songs.csv")
    let check = try moodCLI("catalogue", "check", list)
    #expect(check.exitCode == 0 && !check.output.contains("\u{1B}"))
    #expect(check.output.contains("\\u{1b}[31mx  is passed over\n"))
    #expect(check.output.contains("count as empty: 1 (tempo 1).\n"))
    #expect(check.output.contains("stands earlier: 1; the more popular is kept.\n"))
    let imported = try moodCLI(
      "catalogue", "import", list, "-o", folder.url.appending(path: "out.csv").path)
    #expect(imported.output.contains("1 songs imported") && imported.output.contains("(tempo 1)"))
  }

  @Test func listsAndClearsTheCache() throws {
    let folder = try Folder()
    let cache = folder.url.appending(path: "cache")
    let environment = ["MOOD_CACHE": cache.path]
    #expect(
      try moodCLI(words: ["cache"], environment: environment).output.contains("0 files, 0.0 MB"))
    try FileManager.default.createDirectory(at: cache, withIntermediateDirectories: true)
    try Data(count: 1 << 20).write(to: cache.appending(path: "0a-1b.packed"))
    try Data(count: 10).write(to: cache.appending(path: "notes.txt"))
    let list = try moodCLI(words: ["cache", "list"], environment: environment).output
    #expect(
      list.contains("  1.0 MB  0a-1b.packed\n")
        && list.contains("1 files, 1.0 MB of at most 512 MB"))
    let clear = try moodCLI(words: ["cache", "clear"], environment: environment)
    #expect(clear.exitCode == 0 && clear.output == "1 files removed, 1.0 MB\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: cache.path) == ["notes.txt"])
    #expect(
      try moodCLI(words: ["cache"], environment: ["MOOD_CACHE": "off"]).output
        == "nothing is kept: MOOD_CACHE is off\n")
  }
}
