import Foundation
import MoodRecommend
import Testing

struct SongTests {
  /// The one song of a catalogue with just the required columns.
  func song(_ name: String, by artist: String, id: String = "") throws -> Song {
    let cells = [name, artist, "Happy", id].map {
      "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
    let csv = "name,artist,mood,id\n" + cells.joined(separator: ",")
    return try #require(Catalogue(csv: csv).songs.first)
  }

  @Test func linksToTheTrackWhereThereIsAnID() throws {
    let song = try song("A", by: "B", id: "exampleexampleexample1")
    #expect(song.spotifyID == "exampleexampleexample1")
    #expect(song.id == "exampleexampleexample1")
    #expect(song.link == "https://open.spotify.com/track/exampleexampleexample1")
  }

  @Test(arguments: [
    ("Don't Stop Me Now", "Queen", "Don%27t%20Stop%20Me%20Now%20Queen"),
    ("a/../b?c#d&e=f%", "\"x\"", "a%2F..%2Fb%3Fc%23d%26e%3Df%25%20%22x%22"),
    ("Águas", "Elis", "%C3%81guas%20Elis"),
    ("晴天", "周杰倫", "%E6%99%B4%E5%A4%A9%20%E5%91%A8%E6%9D%B0%E5%80%AB"),
    ("-._~", "🎵", "-._~%20%F0%9F%8E%B5"),
  ])
  func searchesWhereThereIsNoID(_ name: String, _ artist: String, _ encoded: String) throws {
    let song = try song(name, by: artist)
    #expect(song.spotifyID == nil)
    #expect(song.link == "https://open.spotify.com/search/" + encoded)
    let url = try #require(URL(string: song.link))
    #expect(url.host() == "open.spotify.com")
    #expect(url.query() == nil && url.fragment() == nil)
  }

  @Test(arguments: [
    ("Don't Stop Me Now", "Queen", "queen-dont-stop-me-now"),
    ("Don’t Stop Me Now", "QUEEN", "queen-dont-stop-me-now"),
    ("Déjà  Vu!", "Beyoncé", "beyonce-deja-vu"),
    ("(1) & 2", "_a_", "a-1-2"),
    ("がぎ", "й", "и-がぎ"),
    ("???", "!!!", "21-21-21-3f-3f-3f"),
    ("晴天", "周杰倫", "周杰倫-晴天"),
  ])
  func makesAnIDOfArtistAndName(_ name: String, _ artist: String, _ id: String) throws {
    #expect(try song(name, by: artist).id == id)
  }

  @Test(arguments: [
    "", "exampleexampleexample", "exampleexampleexample12", "exampleexample-example",
    "exampleexampleexampleé", "exampleexampleexampl/1", "exampleexampleexampl 1",
    "exampleexampleexampl１a",
  ])
  func knowsWhatIsNoSpotifyID(_ text: String) {
    #expect(!Song.isSpotifyID(text))
  }

  @Test func isMadeByAProgramAsAFileMakesIt() throws {
    let song = try Song(
      name: " Aria ", artist: "Glenn Gould", valence: 0.5, energy: 0.05, tempo: 56, duration: 113)
    #expect(song.name == "Aria" && song.mood == .calm && !song.isLabelled)
    #expect(song.duration == 113 && "\(song)" == "Aria – Glenn Gould")
    #expect(try Array(Catalogue(songs: [song]).songs).map(\.id) == ["glenn-gould-aria"])
    #expect(throws: CatalogueError.emptyCell(row: 0, column: "mood")) {
      try Song(name: "A", artist: "B")
    }
    #expect(throws: CatalogueError.badNumber(row: 0, column: "tempo", found: "501.0")) {
      try Song(name: "A", artist: "B", mood: .sad, tempo: 501)
    }
    #expect(throws: CatalogueError.duplicateID(row: 2, firstRow: 1, id: song.id)) {
      try Catalogue(songs: [song, song])
    }
    #expect(throws: CatalogueError.noRows) { try Catalogue(songs: []) }
  }

  @Test func refusesAnIDThatIsTooLong() throws {
    // Each sign becomes its code point in hexadecimal.
    let long = String(repeating: "!", count: 700)
    #expect(throws: CatalogueError.idTooLong(row: 2, limit: 4_096)) { try song(long, by: long) }
    #expect(try song(long, by: "B").id.utf8.count == 2_101)
  }

  @Test func knowsASpotifyID() {
    #expect(Song.isSpotifyID("0123456789ABCXYZabcxyz"))
  }
}
