import MoodRecommend
import Testing

struct CatalogueErrorTests {
  static let header = "name,artist,mood,id,popularity,valence,tempo,loudness,release_date"

  /// Text and the exact error that it must give.
  static let refused: [(String, CatalogueError)] = [
    ("", .noRows), ("\n\r\n", .noRows), (header, .noRows), (header + "\n\n", .noRows),
    ("\u{FEFF}", .noRows),
    ("artist,mood,id\nB,Sad,", .missingColumn(name: "name", found: ["artist", "mood", "id"])),
    ("name,mood,id\nA,Sad,", .missingColumn(name: "artist", found: ["name", "mood", "id"])),
    ("name,artist,id\nA,B,", .noFeatures),
    (
      "Nome,artist,mood,id\nA,B,Sad,",
      .missingColumn(name: "name", found: ["Nome", "artist", "mood", "id"])
    ),
    (
      "name|artist|mood|id\nA|B|Sad|",
      .missingColumn(name: "name", found: ["name|artist|mood|id"])
    ),
    ("Track Name,track_name,artist,mood\nA,A,B,Sad", .duplicateColumn(name: "name")),
    ("[{\"name\":\"A\"}]", .jsonArray),
    ("name,artist,mood,id,mood\nA,B,Sad,,Sad", .duplicateColumn(name: "mood")),
    (header + "\nA,B,Sad,,,,,,\nA", .cellCount(row: 3, expected: 9, found: 1)),
    (header + "\nA,B,Sad,,,,,,,", .cellCount(row: 2, expected: 9, found: 10)),
    (header + "\n\nA,B,Sad,,,,,", .cellCount(row: 3, expected: 9, found: 8)),
    (header + "\n,B,Sad,,,,,,", .emptyCell(row: 2, column: "name")),
    (header + "\nA, \u{200B},Sad,,,,,,", .emptyCell(row: 2, column: "artist")),
    (header + "\nA,B,\"\",,,,,,", .emptyCell(row: 2, column: "mood")),
    (header + "\nA,B,joyful,,,,,,", .unknownMood(row: 2, found: "joyful")),
    (header + "\n\"A\nA\",B,Sad,,,,,,\nC,D,Gloomy,,,,,,", .unknownMood(row: 3, found: "Gloomy")),
    (header + "\n\"A,B,Sad,,,,,,\n", .unterminatedQuote(line: 2)),
    (header + "\nA,B,Sad,,,,,,\"1999", .unterminatedQuote(line: 2)),
    (header + "\nA,B,Sad,,,,,,1999\"", .misplacedQuote(row: 2)),
    (header + "\nA\"B\",B,Sad,,,,,,", .misplacedQuote(row: 2)),
    (header + "\nA,B,Sad,,,,,,\n\"A\"B,\"B\",Sad,,,,,,", .misplacedQuote(row: 3)),
    ("\"name\"x,artist,mood,id\nA,B,Sad,", .misplacedQuote(row: 1)),
    (header + "\n\"A\"\u{200D},B,Sad,,,,,,", .misplacedQuote(row: 2)),
    (
      header + "\nA\u{0},B,Sad,,,,,,",
      .controlCharacter(row: 2, column: "name", scalar: "\u{0}")
    ),
    (
      header + "\nA,\u{1B}[31mB,Sad,,,,,,",
      .controlCharacter(row: 2, column: "artist", scalar: "\u{1B}")
    ),
    (
      header + "\nA\u{202E},B,Sad,,,,,,",
      .controlCharacter(row: 2, column: "name", scalar: "\u{202E}")
    ),
    (
      header + "\n\u{9B}A,B,Sad,,,,,,",
      .controlCharacter(row: 2, column: "name", scalar: "\u{9B}")
    ),
  ]

  @Test(arguments: refused)
  func refuses(_ csv: String, _ error: CatalogueError) {
    #expect(throws: error) { try Catalogue(csv: csv) }
    #expect(throws: error) { try Catalogue(csv: Array(csv.utf8)) }
  }

  static let noNumbers = [
    "nan", "NaN", "-nan", "inf", "-Infinity", "1e999", "-1e999", "0x1p-2", "0,5x", "1,5", "1_0",
    "٣", "--1", "1e", ".", "e", "+", "101", "1000000000000000000000", "-0.001", "true",
  ]

  /// A cell that may be empty, and makes no sense, counts as empty.
  @Test(arguments: noNumbers, ["popularity", "valence", "tempo", "loudness"])
  func passesOverWhatIsNoNumberOfTheColumn(_ text: String, _ column: String) throws {
    let allowed = ["101": ["tempo"], "-0.001": ["loudness"]]
    guard allowed[text]?.contains(column) != true else { return }
    let row = Self.header.split(separator: ",").map { name in
      switch name {
      case "name", "artist": "A"
      case "mood": "Sad"
      default: name == column ? "\"\(text)\"" : ""
      }
    }
    let song = try Catalogue(csv: Self.header + "\n" + row.joined(separator: ",")).songs[0]
    #expect(song.popularity == 0 && song.valence == nil && song.tempo == nil)
    #expect(song.loudness == nil)
  }

  @Test(arguments: [
    "82", "0999", "3000", "1982-13", "1982-00", "1982-1", "1982-10-32", "1982-10-27-1", "1982-",
    "-1982", "1982/10/27", "27.10.1982", "19820", "１９８２", "99999999999999999999",
  ])
  func passesOverWhatIsNoDate(_ text: String) throws {
    let csv = Self.header + "\nA,B,Sad,,,,,,\(text)"
    #expect(try Catalogue(csv: csv).songs[0].releaseYear == nil)
  }

  @Test(arguments: ["short", "../../../../etc/passwd", "spotify:local:a:b:1"])
  func passesOverWhatIsNoSpotifyID(_ text: String) throws {
    let song = try Catalogue(csv: Self.header + "\nA,B,Sad,\(text),,,,,").songs[0]
    #expect(song.spotifyID == nil && song.id == "b-a")
  }

  @Test(arguments: [
    [0xFF], [0x41, 0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xFF, 0xFE, 0x41, 0],
  ])
  func refusesWhatIsNotUTF8(_ bytes: [UInt8]) {
    #expect(throws: CatalogueError.notUTF8) {
      try Catalogue(csv: Array((Self.header + "\n").utf8) + bytes)
    }
  }

  @Test func refusesALongCell() {
    let name = String(repeating: "a", count: 1_025)
    #expect(throws: CatalogueError.cellTooLong(row: 2, column: "name", limit: 1_024)) {
      try Catalogue(csv: Self.header + "\n\(name),B,Sad,,,,,,")
    }
    #expect(throws: Never.self) {
      try Catalogue(csv: Self.header + "\n\(name.dropLast()),B,Sad,,,,,,")
    }
  }

  @Test func refusesALongLine() {
    let commas = String(repeating: ",", count: 65_537)
    #expect(throws: CatalogueError.lineTooLong(line: 2, limit: 65_536)) {
      try Catalogue(csv: Self.header + "\n" + commas)
    }
    #expect(throws: CatalogueError.cellCount(row: 2, expected: 9, found: 65_536)) {
      try Catalogue(csv: Self.header + "\n" + commas.dropLast(2))
    }
  }

  @Test func refusesTooManyRows() {
    let rows = String(repeating: "\n", count: 1_000_001)
    #expect(throws: CatalogueError.noRows) { try Catalogue(csv: Self.header + rows) }
    for extra in ["\n", "A", "\r\n"] {
      #expect(throws: CatalogueError.tooManyRows(limit: 1_000_000)) {
        try Catalogue(csv: Self.header + rows + extra)
      }
    }
  }

  @Test func refusesTooManyBytes() {
    let error = CatalogueError.tooLarge(limit: Catalogue.byteLimit)
    #expect(throws: error) {
      try Catalogue(csv: [UInt8](repeating: 97, count: Catalogue.byteLimit + 1))
    }
    #expect(throws: error) { try Catalogue(contentsOf: "/dev/zero") }
  }

  @Test(arguments: ["/nowhere/songs.csv", "/", "", "/nowhere\0/songs.csv"])
  func refusesWhatItCannotRead(_ path: String) {
    #expect(throws: CatalogueError.unreadable(path: path)) { try Catalogue(contentsOf: path) }
  }

  @Test func describesItselfInOneLineOfASCII() {
    for (_, error) in Self.refused {
      #expect(!error.description.isEmpty)
      #expect(error.description.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "\(error)")
    }
    let error = CatalogueError.unknownMood(row: 7, found: "\u{1B}\"é")
    #expect(error.description == #"row 7: unknown mood "\u{1B}\"\u{00E9}""#)
  }
}
