import Foundation
import MoodRecommend
import Testing

struct StandardCatalogueTests {
  let songs = Catalogue.standard.songs

  @Test func holdsAsManySongsAsItSays() {
    #expect(songs.count == 350)
    for category in MoodCategory.allCases {
      #expect(Catalogue.standard.count(of: category) >= 74)
    }
  }

  @Test func holdsNoSongTwice() {
    #expect(Set(songs.map(\.id)).count == songs.count)
    let titles = songs.map { ($0.name + "/" + $0.artist).lowercased() }
    #expect(Set(titles).count == songs.count)
  }

  @Test func fillsEveryColumnWithinRange() {
    for song in songs {
      #expect(!song.album.isEmpty, "\(song.id)")
      #expect(song.genre != nil && song.language != nil, "\(song.id)")
      #expect((1_920...2_026).contains(song.releaseYear ?? 0), "\(song.id)")
      #expect((1...100).contains(song.popularity), "\(song.id)")
      #expect(song.valence != nil && song.energy != nil, "\(song.id)")
      #expect((40...300).contains(song.tempo ?? 0), "\(song.id)")
    }
  }

  @Test func holdsSpotifyIDsAndDurationsWhereTheyAreKnown() throws {
    let withID = songs.filter { $0.spotifyID != nil }
    #expect(withID.count == 249)
    #expect(songs.count { $0.duration != nil } == 238)
    for song in songs {
      #expect((60...900).contains(song.duration ?? 210), "\(song) plays \(song.duration ?? 0) s")
      #expect(song.isEstimated, "\(song.id)")
    }
    let queen = try #require(Catalogue.standard[id: "abba-dancing-queen"])
    #expect(
      queen.spotifyID == queen.id && queen.link == "https://open.spotify.com/track/\(queen.id)")
    #expect(Catalogue.standard.position(ofID: queen.id) != nil)
  }

  @Test func findsFeedbackOnTheIDsOfEarlierVersions() throws {
    let recommender = Recommender(catalogue: .standard)
    let mood = MoodDistribution(certain: .happy)
    for time in 0..<3 {
      try recommender.learn(
        Feedback(
          listener: "l", kind: .dislike, song: "abba-dancing-queen", mood: mood,
          time: Double(time)))
    }
    let songs = try recommender.recommend(
      for: mood,
      options: RecommendationOptions(
        count: 350, seed: 1, listener: "l", allowsRepeatedArtists: true, now: 9e9)
    ).songs
    let queen = try #require(songs.first { $0.song.name == "Dancing Queen" })
    #expect(queen.reasons.contains { $0.kind == .song && $0.contribution < 0 })
  }

  @Test func isDiverse() {
    let decades = Set(songs.compactMap { $0.releaseYear.map { $0 / 10 * 10 } })
    #expect(decades == Set(stride(from: 1_920, through: 2_020, by: 10)))
    #expect(Set(songs.compactMap(\.language)).count >= 30)
    #expect(Set(songs.compactMap(\.genre)).count >= 90)
    #expect(Set(songs.map(\.artist)).count >= 250)
    for category in MoodCategory.allCases {
      let part = songs.filter { $0.mood == category }
      #expect(Set(part.compactMap(\.language)).count >= 12, "\(category)")
      #expect(Set(part.compactMap(\.genre)).count >= 20, "\(category)")
      #expect(Set(part.compactMap { $0.releaseYear.map { $0 / 10 } }).count == 11, "\(category)")
    }
  }

  @Test func placesTheCategoriesInMoodSpace() {
    func mean(_ category: MoodCategory, _ feature: (Song) -> Float?) -> Float {
      let values = songs.filter { $0.mood == category }.compactMap(feature)
      return values.reduce(0, +) / Float(values.count)
    }
    #expect(mean(.happy, \.valence) > mean(.sad, \.valence) + 0.3)
    #expect(mean(.happy, \.valence) > mean(.energetic, \.valence))
    #expect(mean(.energetic, \.energy) > mean(.happy, \.energy))
    #expect(mean(.energetic, \.energy) > mean(.calm, \.energy) + 0.4)
  }

  @Test func givesEachSongAValidLink() throws {
    for song in songs {
      let url = try #require(URL(string: song.link), "\(song.id)")
      #expect(url.scheme == "https" && url.host() == "open.spotify.com", "\(song.id)")
      #expect(url.absoluteString == song.link)
      let path = url.path(percentEncoded: false)
      let search = "/search/\(song.name) \(song.artist)"
      #expect(path == song.spotifyID.map { "/track/\($0)" } ?? search, "\(song.id)")
    }
    #expect(Set(songs.map(\.link)).count == songs.count)
  }

  @Test func trapsOnANegativeCount() async {
    await #expect(processExitsWith: .failure) {
      _ = Catalogue.standard.mostPopular(-1, in: .sad)
    }
  }
}
