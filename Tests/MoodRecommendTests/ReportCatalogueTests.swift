import Foundation
import MoodRecommend
import Testing

/// The report's own song list; it has no stated licence, so whoever has it names its path.
struct ReportCatalogueTests {
  static let path = ProcessInfo.processInfo.environment["MOOD_REPORT_CATALOGUE"]

  @Test(.enabled(if: path != nil, "set MOOD_REPORT_CATALOGUE to the path of data_moods.csv"))
  func readsTheReportsOwnList() throws {
    let catalogue = try Catalogue(contentsOf: try #require(Self.path))
    #expect(catalogue.songs.count == 686)
    #expect(MoodCategory.allCases.map(catalogue.count(of:)) == [140, 195, 154, 197])
    #expect(catalogue.songs.allSatisfy { $0.spotifyID == $0.id })
    #expect(
      catalogue.songs.allSatisfy {
        $0.valence != nil && $0.energy != nil && $0.tempo != nil && $0.danceability != nil
          && $0.acousticness != nil && $0.loudness != nil && $0.releaseYear != nil
      })
    let first = try #require(catalogue.songs.first)
    #expect(first.name == "1999" && first.artist == "Prince" && first.releaseYear == 1982)
    #expect(first.link == "https://open.spotify.com/track/2H7PHVdQ3mXqEHXcvclTB0")
  }

  @Test(.enabled(if: path != nil, "set MOOD_REPORT_CATALOGUE to the path of data_moods.csv"))
  func ranksItWithTiesByID() throws {
    let catalogue = try Catalogue(contentsOf: try #require(Self.path))
    func top(_ category: MoodCategory) -> [String] {
      catalogue.mostPopular(5, in: category).map(\.name)
    }
    #expect(
      top(.sad) == [
        "lovely (with Khalid)", "Falling", "when the party's over", "you broke me first",
        "Before You Go",
      ])
    #expect(
      top(.calm) == ["Lost", "Curiosity", "Escaping Time", "Mil Sonidos", "The Choice"])
  }
}
