import Foundation
import MoodRecommend
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

struct PlaylistTests {
  static let songs: [RankedSong] = {
    let csv = #"""
      name,artist,mood,id,album
      "=HYPERLINK(""http://x"")",<a & b>,Happy,exampleexampleexample1,"Q, ""q"""
      -1,@me,Happy,,
      Plain,Band,Happy,exampleexampleexample2,
      """#
    guard let catalogue = try? Catalogue(csv: csv),
      let answer = try? Recommender(catalogue: catalogue).recommend(
        for: MoodDistribution(certain: .happy),
        options: RecommendationOptions(policy: .content, count: 3))
    else { return [] }
    return answer.songs.sorted { $0.song.name < $1.song.name }
  }()

  static func text(_ format: PlaylistFormat) -> String { format.text(of: songs, title: "A & <b>") }

  @Test func listsSpotifyTracks() {
    #expect(Self.songs.count == 3)
    #expect(
      Self.text(.uris)
        == "spotify:track:exampleexampleexample1\nspotify:track:exampleexampleexample2\n"
        || Self.text(.uris)
          == "spotify:track:exampleexampleexample2\nspotify:track:exampleexampleexample1\n"
    )
  }

  @Test func writesM3U() {
    let lines = Self.text(.m3u8).split(separator: "\n")
    #expect(lines[0] == "#EXTM3U" && lines[1] == "#PLAYLIST:A & <b>" && lines.count == 8)
    #expect(lines.contains("#EXTINF:-1,Band - Plain"))
    #expect(lines.contains("https://open.spotify.com/track/exampleexampleexample2"))
    let broken = PlaylistFormat.m3u8.text(of: [], title: "a\n#EXTINF:-1,evil\r\nb")
    #expect(broken == "#EXTM3U\n#PLAYLIST:a #EXTINF:-1,evil b\n")
  }

  @Test func writesXMLThatParses() throws {
    let document = try XMLDocument(xmlString: Self.text(.xspf))
    let titles = try document.nodes(forXPath: "//*[local-name()='track']/*[local-name()='title']")
    #expect(titles.map(\.stringValue) == Self.songs.map(\.song.name))
    let creators = try document.nodes(forXPath: "//*[local-name()='creator']")
    #expect(creators.map(\.stringValue).contains("<a & b>"))
  }

  @Test func writesJSON() throws {
    let object = try JSONSerialization.jsonObject(with: Data(Self.text(.jspf).utf8))
    let playlist = (object as? [String: Any])?["playlist"] as? [String: Any]
    #expect(playlist?["title"] as? String == "A & <b>")
    let tracks = try #require(playlist?["track"] as? [[String: Any]])
    #expect(tracks.compactMap { $0["title"] as? String } == Self.songs.map(\.song.name))
    #expect(tracks.allSatisfy { ($0["annotation"] as? String)?.isEmpty == false })
  }

  @Test func makesFormulasHarmless() {
    let text = Self.text(.csv)
    #expect(text.contains("\"'=HYPERLINK(\"\"http://x\"\")\",<a & b>,\"Q, \"\"q\"\"\""))
    #expect(text.contains("\n-1,'@me,"), "a number is no formula")
    #expect(text.split(separator: "\n").count == 4)
  }

  @Test(arguments: ["=1+1", "+x", "-x", "@x", "\tx", "\rx"])
  func neutralises(_ cell: String) {
    #expect(CSVWriter.line([cell], neutralised: true).contains("'" + cell.prefix(1)))
    #expect(!CSVWriter.line([cell], neutralised: false).contains("'"))
  }
}
