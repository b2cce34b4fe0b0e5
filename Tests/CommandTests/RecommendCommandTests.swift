import Foundation
import Testing

/// Journeys, words and exclusions from the command line.
struct RecommendCommandTests {
  private func line(_ arguments: String..., input: String = "") throws -> [String: Any] {
    let run = try moodCLI(words: ["recommend", "--json"] + arguments, input: input)
    #expect(run.exitCode == 0, "\(run.errors)")
    return try #require(try run.objects().first)
  }

  private func stops(_ line: [String: Any]) throws -> [[String: Any]] {
    let journey = try #require(line["journey"] as? [String: Any])
    return try #require(journey["stops"] as? [[String: Any]])
  }

  @Test(arguments: [30.0, 60])
  func leadsFromAMoodToAnother(_ minutes: Double) throws {
    let line = try line(
      "--from", "sad", "--to", "energised", "--minutes", "\(minutes)", "--seed", "3")
    let journey = try #require(line["journey"] as? [String: Any])
    #expect(journey["strategy"] as? String == "gradual")
    let duration = try #require(journey["duration"] as? Double)
    #expect(abs(duration / (60 * minutes) - 1) <= 0.05)
    let stops = try stops(line)
    #expect(Set(stops.compactMap { $0["artist"] as? String }).count == stops.count)
    func valence(_ stop: [String: Any]?) throws -> Double {
      try #require((stop?["place"] as? [String: Any])?["valence"] as? Double)
    }
    #expect(try valence(stops.first) < -0.3 && valence(stops.last) > 0)
    #expect((line["songs"] as? [Any])?.isEmpty == true)
  }

  @Test func namesAJourneyInBothWays() throws {
    let one = try moodCLI(
      "recommend", "--from", "sad", "--to", "calm", "--seed", "1", "--strategy", "straight")
    let other = try moodCLI(
      "recommend", "--mood", "sad", "--journey", "calm", "--seed", "1", "--strategy", "straight")
    #expect(one.output == other.output && one.output.hasPrefix("From sad to calm, "))
  }

  @Test func writesAJourneyAsAPlaylistAndAsAPicture() throws {
    let folder = try ListenerCommandTests.Folder()
    let svg = folder.url.appending(path: "way.svg")
    let run = try moodCLI(
      "recommend", "--from", "angry", "--to", "calm", "--seed", "1", "--format", "m3u8", "--svg",
      svg.path)
    #expect(run.exitCode == 0 && run.output.hasPrefix("#EXTM3U\n#PLAYLIST:From angry to calm\n"))
    let songs = run.output.split(separator: "\n").count { $0.hasPrefix("#EXTINF:") }
    let picture = try String(contentsOf: svg, encoding: .utf8)
    #expect(picture.hasPrefix("<svg"))
    #expect(picture.matches(of: /<circle/).count == 2 * songs, "two curves, a dot for each song")
  }

  @Test func refusesAJourneyThatCannotBe() throws {
    for words in [
      ["--journey", "nowhere"], ["--journey", "calm", "--minutes", "4"],
      ["--journey", "calm", "--minutes", "241"], ["--journey", "calm", "--strategy", "jumpy"],
      ["--svg", "way.svg"], ["--journey", "calm", "--json", "--format", "m3u8"],
    ] {
      #expect(
        try moodCLI(words: ["recommend", "--mood", "sad"] + words).exitCode == 64, "\(words)")
    }
    let run = try moodCLI("recommend", "--from", "sad", "--to", "calm", "--genre", "tango")
    #expect(run.exitCode == 65 && run.errors.contains("do not fill 30"), "\(run.errors)")
    let folder = try ListenerCommandTests.Folder()
    let nowhere = folder.url.appending(path: "no/such/way.svg").path
    let failed = try moodCLI(
      "recommend", "--from", "sad", "--to", "calm", "--svg", nowhere)
    #expect(failed.exitCode == 74)
    #expect(failed.errors.contains("way.svg"), "\(failed.errors)")
  }

  @Test func readsWordsAsAnOptionAndFromStandardInput() throws {
    let words = "I am so happy today, this is wonderful!"
    let option = try line("--text", words, "--seed", "1")
    let text = try #require(option["text"] as? [String: Any])
    #expect(text["mood"] as? String == "happy" && option["mood"] as? String == "happy")
    #expect(text["fusion"] == nil && text["sentence"] is String)
    let spoke = try #require(text["words"] as? [[String: Any]]).compactMap { $0["text"] as? String }
    #expect(spoke.contains("happy"))
    let input = try line("--text", "-", "--seed", "1", input: words + "\n")
    #expect((input["text"] as? [String: Any])?["mood"] as? String == "happy")
    let ids = { (line: [String: Any]) in
      (line["songs"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    }
    #expect(ids(option) == ids(input) && ids(option).count == 5)
  }

  @Test func joinsWordsWithAMood() throws {
    let line = try line("--mood", "happy", "--text", "I miss her so much, I cried all night")
    let text = try #require(line["text"] as? [String: Any])
    let fusion = try #require(text["fusion"] as? [String: Any])
    #expect(text["mood"] as? String == "sad")
    #expect(fusion["decided"] is String && (fusion["disagreement"] as? Double ?? 0) > 0.3)
    let both = try moodCLI("recommend", "-", "--text", "-")
    #expect(both.exitCode == 64 && both.errors.contains("Standard input can be read once"))
    let long = try moodCLI(
      "recommend", "--text", "-", input: String(repeating: "so ", count: 30_000))
    #expect(long.exitCode == 65 && long.errors.contains("65536 bytes"))
  }

  @Test func leadsFromWordsAlone() throws {
    let line = try line("--text", "I feel so sad and lonely", "--journey", "happy", "--seed", "1")
    #expect((line["text"] as? [String: Any])?["mood"] as? String == "sad")
    #expect(try stops(line).count >= 5)
  }

  @Test func givesOthersThanThoseExcluded() throws {
    var seen: [String] = []
    for _ in 0..<6 {
      let words = ["--mood", "happy", "--seed", "1"] + seen.flatMap { ["--exclude", $0] }
      let run = try moodCLI(words: ["recommend", "--json"] + words)
      let songs = try #require(try run.objects().first?["songs"] as? [[String: Any]])
      let ids = songs.compactMap { $0["id"] as? String }
      #expect(ids.count == 5 && Set(ids).isDisjoint(with: seen))
      seen += ids
    }
    let run = try moodCLI(
      words: ["recommend", "--from", "happy", "--to", "calm", "--json"]
        + seen.flatMap { ["--exclude", $0] })
    let way = try stops(try #require(try run.objects().first))
    #expect(Set(way.compactMap { $0["id"] as? String }).isDisjoint(with: seen))
  }

  @Test func evaluatesTexts() throws {
    let folder = try ListenerCommandTests.Folder()
    let file = try folder.write(
      "I love this, thank you!\t3\tid\nThis makes me furious, I hate it\tangry\n"
        + "I am scared of the dark\t2\nboth\t3,5\n\n", "texts.tsv")
    let run = try moodCLI("evaluate", "--text", file, "--json")
    #expect(run.exitCode == 0, "\(run.errors)")
    let report = try #require(try run.objects().first)
    #expect(report["count"] as? Int == 3 && report["accuracy"] as? Double == 1)
    #expect(report["macro_f1"] as? Double == 1 && report["expected_calibration_error"] is Double)
    #expect(try moodCLI("evaluate", "--text", file).output.hasPrefix("3 texts: 100"))
    let bad = try folder.write("fine\t9\n", "bad.tsv")
    let refused = try moodCLI("evaluate", "--text", bad)
    #expect(refused.exitCode == 65 && refused.errors.contains("line 1"))
    let bare = try folder.write("no label\n", "bare.tsv")
    #expect(try moodCLI("evaluate", "--text", bare).errors.contains("no tab"))
    #expect(try moodCLI("evaluate", "--text", folder.url.path + "/none.tsv").exitCode == 66)
  }
}
