import Foundation
import MoodRecommend
import Testing

struct CatalogueTests {
  static let header = "name,artist,mood,id,album,popularity"

  static func names(_ csv: String) throws -> [String] { try Catalogue(csv: csv).songs.map(\.name) }

  @Test func readsTheReportsLayout() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/report_layout.csv").path()
    let catalogue = try Catalogue(contentsOf: path)
    #expect(
      catalogue.songs.map(\.name) == [
        "Paper Lanterns", "Rain, Again", "The \"Quiet\" Hour", "Überholspur", "春の例",
      ])
    #expect(catalogue.songs.map(\.mood) == [.happy, .sad, .calm, .energetic, .calm])
    #expect(catalogue.songs.map(\.releaseYear) == [1982, 2007, 1999, 2004, 2015])
    #expect(catalogue.songs.map(\.popularity) == [68, 43, 60, 0, 12])
    let first = catalogue.songs[0]
    #expect(first.album == "Harbour Lights" && first.artist == "The Example Band")
    #expect(first.valence == 0.625 && first.energy == 0.73 && first.tempo == 118.523)
    #expect(first.danceability == 0.866 && first.acousticness == 0.13699999999999998)
    #expect(first.loudness == -8.201)
    #expect(first.genre == nil && first.language == nil)
    #expect(catalogue.songs[4].tempo == nil, "a tempo of 0 is none")
    #expect(catalogue[id: "exampleexampleexample3"]?.name == "The \"Quiet\" Hour")
    #expect(catalogue[id: "none"] == nil)
  }

  @Test func needsFourColumnsOnly() throws {
    let song = try #require(Catalogue(csv: "id,mood,artist,name\n,Sad,B,A").songs.first)
    #expect(song.name == "A" && song.artist == "B" && song.mood == .sad && song.id == "b-a")
    #expect(song.album.isEmpty && song.popularity == 0)
    #expect(song.releaseYear == nil && song.genre == nil && song.language == nil)
    #expect(song.valence == nil && song.energy == nil && song.tempo == nil)
    #expect(song.danceability == nil && song.acousticness == nil && song.loudness == nil)
  }

  @Test func takesEmptyCellsForUnknown() throws {
    let csv = "name,artist,mood,id,album,popularity,valence,release_date\nA,B,Sad,,,,,"
    let song = try #require(Catalogue(csv: csv).songs.first)
    #expect(song.album.isEmpty && song.popularity == 0)
    #expect(song.valence == nil && song.releaseYear == nil)
  }

  @Test func takesAWholePopularityWrittenAsAFraction() throws {
    #expect(try Catalogue(csv: "\(Self.header)\nA,B,Sad,,,68.0").songs[0].popularity == 68)
  }

  @Test(arguments: ["\n", "\r\n", "\r"], [true, false])
  func readsEveryLineEnd(_ end: String, atTheLastRow: Bool) throws {
    let rows = [Self.header, "A,B,Sad,,,1", "", "C,D,Sad,,,"]
    let csv = rows.joined(separator: end) + (atTheLastRow ? end : "")
    #expect(try Self.names(csv) == ["A", "C"])
  }

  @Test func passesOverAByteOrderMark() throws {
    let csv = "\(Self.header)\nA,B,Sad,,,1"
    #expect(try Self.names("\u{FEFF}" + csv) == ["A"])
    #expect(try Catalogue(csv: [0xEF, 0xBB, 0xBF] + Array(csv.utf8)).songs.map(\.name) == ["A"])
  }

  @Test(arguments: [
    ("\"A, B\"", "A, B"), ("\"A \"\"B\"\" C\"", "A \"B\" C"), ("\"\"\"\"", "\""),
    ("\"A\nB\"", "A B"), ("\"A\r\n\r\n B\"", "A B"), ("  A  ", "A"), ("\"  A \"", "A"),
    (" \"A\" ", "A"), ("A\tB", "A B"), ("A\u{A0}\u{2028}B", "A B"), ("\"é\"", "é"), ("👩‍👩‍👧", "👩‍👩‍👧"),
    ("A;B", "A;B"), ("e\u{301}", "é"), ("A\u{600}", "A\u{600}"), ("\u{301}A", "\u{301}A"),
  ])
  func undoesTheQuotesOfACell(_ cell: String, _ name: String) throws {
    #expect(try Self.names("\(Self.header)\n\(cell),B,Sad,,,1\nC,D,Sad,,,2") == [name, "C"])
  }

  @Test func readsAQuotedLastCell() throws {
    let csv = "id,artist,name,mood\n,B,A,\"Sad\"\n,D,C,\"Calm\""
    #expect(try Catalogue(csv: csv).songs.map(\.mood) == [.sad, .calm])
  }

  @Test func ranksByPopularityThenByID() throws {
    let rows = ["D,x,Sad,,,5", "B,x,Sad,,,9", "A,x,Sad,,,5", "C,x,Sad,,,5", "E,x,Calm,,,99"]
    let catalogue = try Catalogue(csv: ([Self.header] + rows).joined(separator: "\n"))
    #expect(catalogue.mostPopular(10, in: .sad).map(\.name) == ["B", "A", "C", "D"])
    #expect(catalogue.mostPopular(2, in: .sad).map(\.name) == ["B", "A"])
    #expect(catalogue.mostPopular(0, in: .sad).isEmpty)
    #expect(catalogue.mostPopular(3, in: .happy).isEmpty)
    #expect(MoodCategory.allCases.map(catalogue.count(of:)) == [0, 1, 0, 4])
  }

  /// Whatever the bytes, the reader answers or throws, and what it answers keeps its promises.
  @Test func survivesDamagedText() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/report_layout.csv")
    let sound = Array(try Data(contentsOf: path))
    let poison: [[UInt8]] = [
      [0x22], [0x2C], [0x0D], [0x0A], [0], [0xFF], [0xCC, 0x81], [0xE2, 0x80, 0x8D],
      [0xD8, 0x80], [0xEF, 0xBB, 0xBF], [0xC3], [0x39, 0x39, 0x39], [0x65, 0x39, 0x39, 0x39],
    ]
    var random = SplitMix64(seed: 3)
    var loaded = 0
    for _ in 0..<3_000 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let start = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...4, using: &random))
        bytes.replaceSubrange(start..<end, with: try #require(poison.randomElement(using: &random)))
      }
      guard let catalogue = try? Catalogue(csv: bytes) else { continue }
      loaded += 1
      #expect(Set(catalogue.songs.map(\.id)).count == catalogue.songs.count)
      #expect(catalogue.songs.allSatisfy { (0...100).contains($0.popularity) })
    }
    #expect((100...2_900).contains(loaded), "\(loaded) of 3000 were read")
  }
}
