import MoodRecommend
import Testing

struct CatalogueReadingTests {
  static let header = "name,artist,mood,id,popularity,valence,energy"

  /// Six rows of which three are wrong, on lines 3, 6 and 8 (a quoted cell spreads over two lines).
  static let damaged = [
    header, "A,a,Sad,,5,,", "B,b,Gloomy,,5,,", "\"C\nc\",c,Calm,,5,,", "D,,Sad,,5,,",
    "E,e,Happy,,5,,", "F,\"f\"x,Sad,,5,,", "G,g,Sad,,1,,",
  ].joined(separator: "\n")

  @Test func passesOverBadRowsIfAsked() throws {
    var problems: [CatalogueProblem] = []
    let catalogue = try Catalogue(Array(Self.damaged.utf8), as: .csv) { problems.append($0) }
    #expect(catalogue.songs.map(\.name) == ["A", "C c", "E", "G"])
    #expect(problems.map(\.line) == [3, 6, 8])
    #expect(
      problems.map(\.error) == [
        .unknownMood(row: 3, found: "Gloomy"),
        .emptyCell(row: 5, column: "artist"), .misplacedQuote(row: 7),
      ])
    #expect(throws: CatalogueError.unknownMood(row: 3, found: "Gloomy")) {
      try Catalogue(csv: Self.damaged)
    }
  }

  @Test func doesNotPassOverABadHeader() {
    #expect(throws: CatalogueError.missingColumn(name: "artist", found: ["name", "id", "mood"])) {
      try Catalogue(Array("name,id,mood\nA,,Sad".utf8), as: .csv) { _ in }
    }
    #expect(throws: CatalogueError.unterminatedQuote(line: 2)) {
      try Catalogue(Array((Self.header + "\n\"A,b").utf8), as: .csv) { _ in }
    }
    #expect(throws: CatalogueError.noRows) {
      try Catalogue(Array((Self.header + "\nA").utf8), as: .csv) { _ in }
    }
  }

  @Test func readsJSONLines() throws {
    let lines = """
      {"name":"A","artist":"a","mood":"Sad","popularity":68,"valence":0.25,"release_date":1982,"x":[1]}

      {"name":"B, \\"b\\"","artist":"b","mood":null,"id":"exampleexampleexample1","energy":0.9,"valence":0.8,"explicit":true}
      {"name":"C","artist":"c","mood":"Calm","valence":"0.5","tempo":0}\r
      """
    let songs = try Catalogue(Array(lines.utf8), as: .jsonl).songs
    #expect(songs.map(\.name) == ["A", "B, \"b\"", "C"])
    #expect(songs[0].popularity == 68 && songs[0].valence == 0.25 && songs[0].releaseYear == 1982)
    #expect(songs[1].id == "exampleexampleexample1" && songs[1].isExplicit == true)
    #expect(songs[1].mood == .happy && !songs[1].isLabelled)
    #expect(songs[2].valence == 0.5 && songs[2].tempo == nil)
  }

  static let badLines: [(String, CatalogueError)] = [
    ("[]", .jsonArray), ("{", .badJSON(row: 1)), ("nonsense", .badJSON(row: 1)),
    (#"{"name":"A","artist":{},"mood":"Sad"}"#, .badJSON(row: 1)),
    (#"{"artist":"a","mood":"Sad"}"#, .emptyCell(row: 1, column: "name")),
    (
      #"{"name":"A","artist":"a","mood":"Sad","tempo":true}"#, .badJSON(row: 1)
    ),
    (String(repeating: "[", count: 60_000), .jsonArray),
    ("{\"name\":" + String(repeating: "[", count: 60_000), .badJSON(row: 1)),
    (String(repeating: " ", count: 65_537), .lineTooLong(line: 1, limit: 65_536)),
    ("\n\n", .noRows),
  ]

  @Test(arguments: badLines)
  func refuses(_ line: String, _ error: CatalogueError) {
    #expect(throws: error) { try Catalogue(Array(line.utf8), as: .jsonl) }
  }

  /// NaN asks for Foundation's reader of JSON5, which traps on such bytes.
  @Test func refusesBytesThatAreNotUTF8() {
    for bad in ["name\u{1}\":NaN,", ",\u{1}\u{1}\"tempo\":NaN"] {
      let text = "{\"" + bad + "\"artist\":\"a\",\"mood\":\"Sad\"}"
      let bytes = text.utf8.map { $0 == 1 ? UInt8(0xFD) : $0 }
      #expect(throws: CatalogueError.badJSON(row: 1)) { try Catalogue(bytes, as: .jsonl) }
    }
  }

  @Test func goesByTheFilesName() {
    #expect(Catalogue.Format(path: "a/b.JSONL") == .jsonl)
    #expect(Catalogue.Format(path: "b.ndjson") == .jsonl)
    #expect(Catalogue.Format(path: "jsonl") == .csv)
  }

  @Test func writesWhatItReads() throws {
    let rows = [
      "name,artist,mood,id,album,popularity,valence,tempo,release_date,genre,explicit",
      "\"A, \"\"a\"\"\",=cmd(),Sad,,\"x\",7,0.1,99.5,1999-01-02,folk,true",
      "春,Ä,Calm,exampleexampleexample1,,0,,,,,",
    ]
    let first = try Catalogue(csv: rows.joined(separator: "\n"))
    var text = ""
    first.writeCSV { text += $0 }
    #expect(Array(try Catalogue(csv: text).songs) == Array(first.songs))
  }

  @Test func findsEachOfManySongs() throws {
    let rows = (0..<3_000).map { "song \($0),artist \($0 % 7),Sad,,\($0 % 101),," }
    let catalogue = try Catalogue(csv: ([Self.header] + rows).joined(separator: "\n"))
    for (position, song) in catalogue.songs.enumerated() {
      #expect(catalogue.position(ofID: song.id) == position)
    }
    #expect(catalogue.position(ofID: "no such song") == nil)
  }

  /// Labels that follow valence and energy are learnt from songs that have them.
  @Test func filesSongsByThoseThatAreFiled() throws {
    var random = SplitMix64(seed: 5)
    var truths: [MoodCategory] = []
    let rows = (0..<400).map { number in
      let (valence, energy) = (
        Float.random(in: 0...1, using: &random), Float.random(in: 0...1, using: &random)
      )
      // Not the rule's borders: only who learns finds them.
      let mood: MoodCategory =
        energy > 0.3 ? (valence > 0.3 ? .happy : .energetic) : (valence > 0.7 ? .calm : .sad)
      truths.append(mood)
      return "\(number),a,\(number % 4 == 3 ? "" : mood.rawValue),,5,\(valence),\(energy)"
    }
    let songs = try Catalogue(csv: ([Self.header] + rows).joined(separator: "\n")).songs
    let open = songs.indices.filter { !songs[$0].isLabelled }
    #expect(open.count == 100)
    let right = open.count { songs[$0].mood == truths[$0] }
    #expect(right >= 90, "\(right) of 100")
    let filed = songs.filter(\.isLabelled)
    let validated = try #require(MoodLabels.crossValidated(filed))
    #expect(validated > 0.9)
    #expect(open.count { MoodLabels.categoryByRule(of: songs[$0]) == truths[$0] } < right)
    #expect(MoodLabels.crossValidated(Array(filed.prefix(30))) == nil)
  }

  @Test func hearsTheWordsOfASong() throws {
    let header = "name,artist,mood,id,lyrics"
    let rows = [
      "A,a,Calm,,\"Love and sunshine, smiling\nin the summer\"",
      "B,b,Calm,,tears and lonely sorrow",
      "C,c,Calm,,la la la", "D,d,Calm,,",
    ]
    let catalogue = try Catalogue(csv: ([header] + rows).joined(separator: "\n"))
    let words = catalogue.songs.map(\.lyricValence)
    #expect(words[0] == 0.75 && words[1] == 2.0 / 7 && words[2] == nil && words[3] == nil)
    func best(_ mood: Mood) throws -> RankedSong? {
      try Recommender(catalogue: catalogue).recommend(
        for: MoodDistribution(certain: mood),
        options: RecommendationOptions(goal: .match, policy: .content, count: 1, variety: 0)
      ).songs.first
    }
    #expect(try best(.happy)?.song.name == "A" && best(.sad)?.song.name == "B")
    #expect(try best(.happy)?.explanation.contains("cheerful words") == true)
  }
}
