import MoodRecommend
import Testing

/// Lists as other programs write them; the songs are made up.
struct ExporterListTests {
  private static let ids = ["1aaaaaaaaaaaaaaaaaaaa1", "1aaaaaaaaaaaaaaaaaaaa2"]

  /// A header of a real exporter, and a row of it.
  static let lists: [(name: String, csv: String)] = [
    (
      "Exportify",
      """
      \u{FEFF}"Track URI","Track Name","Album Name","Artist Name(s)","Release Date","Duration (ms)","Popularity","Explicit","Added By","Genres","Danceability","Energy","Loudness","Valence","Tempo"
      "spotify:track:\(ids[0])","Song, One","Album","A","2021-09-24","162295","3","false","x","rock","0.5","0.8","-6.5","0.9","117.4"
      """
    ),
    (
      "dataset.csv",
      """
      ,track_id,artists,album_name,track_name,popularity,duration_ms,explicit,danceability,energy,loudness,valence,tempo,track_genre
      0,\(ids[0]),A,Album,"Song, One",3,162295,False,0.5,0.8,-6.5,0.9,117.4,rock
      """
    ),
    (
      "tracks.csv",
      """
      id,name,popularity,duration_ms,explicit,artists,id_artists,release_date,danceability,energy,loudness,valence,tempo
      \(ids[0]),"Song, One",3,162295,0,['A'],['x'],2021-09-24,0.5,0.8,-6.5,0.9,117.4
      """
    ),
    (
      "SpotifyFeatures.csv",
      """
      genre,artist_name,track_name,track_id,popularity,duration_ms,energy,loudness,tempo,valence
      rock,A,"Song, One",\(ids[0]),3,162295,0.8,-6.5,117.4,0.9
      """
    ),
    (
      "TidyTuesday",
      """
      track_id,track_name,track_artist,track_popularity,track_album_name,track_album_release_date,playlist_genre,energy,loudness,valence,tempo,duration_ms
      \(ids[0]),"Song, One",A,3,Album,2021-09-24,rock,0.8,-6.5,0.9,117.4,162295
      """
    ),
    (
      "a spreadsheet in German",
      """
      sep=;
      Name;Artist;Id;Mood;Valence;Energy;Tempo;Popularity
      Song, One;A;https://open.spotify.com/track/\(ids[0])?si=1;HAPPY;0,9;0,8;117,4;3
      """
    ),
    (
      "tabs",
      "name\tartist\tid\tvalence\tenergy\ttempo\tpopularity\nSong, One\tA\t\(ids[0])\t0.9\t0.8\t117.4\t3"
    ),
  ]

  @Test(arguments: lists)
  func readsListsOfOtherPrograms(_ list: (name: String, csv: String)) throws {
    let song = try Catalogue(csv: list.csv).songs[0]
    #expect(song.name == "Song, One" && song.artist == "A" && song.spotifyID == Self.ids[0])
    #expect(song.valence == 0.9 && song.energy == 0.8 && song.tempo == 117.4)
    #expect(song.popularity == 3, "\(list.name)")
  }

  @Test func understandsDatesListsAndWordsForNothing() throws {
    let catalogue = try Catalogue(
      csv: """
        name,artist,id,mood,release_date,valence
        One,"['A', ""B's""]",\(Self.ids[0]),sad,2001-02-03 00:00:00,NaN
        Two,A;B,none,Calm,1999.0,null
        """)
    let songs = catalogue.songs
    #expect(songs[0].artist == "A, B's" && songs[1].artist == "A, B")
    #expect(songs[0].releaseYear == 2001 && songs[1].releaseYear == 1999)
    #expect(songs[0].mood == .sad && songs[0].valence == nil && songs[1].spotifyID == nil)
  }

  @Test func readsJSONLinesAsPythonWritesThem() throws {
    let text = """
      {"track_id":"\(Self.ids[0])","name":"One","artist":["A","B"],"mood":"happy","valence":NaN}
      {"Track Name":"Two","artists":"C","mood":"Sad","tempo":null}
      """
    let songs = try Catalogue(Array(text.utf8), as: .jsonl).songs
    #expect(songs[0].artist == "A, B" && songs[0].mood == .happy && songs[0].valence == nil)
    #expect(songs[1].name == "Two" && songs[1].artist == "C")
    // A list of objects is known by its first character, whatever its name says.
    #expect(try Catalogue(csv: text).songs.count == 2)
  }
}
