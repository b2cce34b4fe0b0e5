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
      "Exportify in German",
      """
      "Track-URI","Track-Name","Künstler-URI(s)","Künstlername(n)","Album-URI","Album-Name","Album-Künstler-URI(s)","Album-Künstlername(n)","Veröffentlichungsdatum des Albums","Album-Bild-URL","Disc-Nummer","Track-Nummer","Track-Dauer (ms)","Track-Vorschau-URL","Explizit","Beliebtheit","ISRC","Hinzugefügt von","Hinzugefügt am","Tanzbarkeit","Energie","Tonart","Lautstärke","Modus","Valenz","Tempo","Taktart"
      "spotify:track:\(ids[0])","Song, One","spotify:artist:x","A","spotify:album:x","Album","spotify:artist:x","A","2021-09-24","","1","1","162295","","false","3","X","x","2021-01-01","0.5","0.8","5","-6.5","1","0.9","117.4","4"
      """
    ),
    (
      "Exportify in French",
      """
      "URI du titre","Nom du titre","URI(s) de l'artiste","Nom(s) de l'artiste","Nom de l'album","Date de sortie de l'album","Durée du titre (ms)","Explicite","Popularité","Danseabilité","Énergie","Volume sonore","Valence","Tempo"
      "spotify:track:\(ids[0])","Song, One","x","A","Album","2021-09-24","162295","false","3","0.5","0.8","-6.5","0.9","117.4"
      """
    ),
    (
      "Exportify in Japanese",
      """
      トラックURI,トラック名,アーティスト名,アルバム名,アルバム発売日,トラックの長さ（ミリ秒）,人気度,エネルギー,ラウドネス,感情値,テンポ
      spotify:track:\(ids[0]),"Song, One",A,Album,2021-09-24,162295,3,0.8,-6.5,0.9,117.4
      """
    ),
    (
      "Last.fm's list with features added",
      """
      uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid,spotify_id,popularity,valence,energy,loudness,tempo,duration_ms
      "1788273431","01 Sep 2026, 14:37",A,,Album,,"Song, One",,\(ids[0]),3,0.9,0.8,-6.5,117.4,162295
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

  @Test func readsListenBrainzWithFeatures() throws {
    let text = """
      {"listened_at":1,"track_metadata":{"artist_name":"A","track_name":"One","release_name":"Album"},"valence":0.9}
      """
    let song = try Catalogue(Array(text.utf8), as: .jsonl).songs[0]
    #expect(song.name == "One" && song.artist == "A" && song.album == "Album")
    #expect(song.valence == 0.9)
  }

  /// Exports that say nothing of how songs sound, and whose they are.
  static let histories: [(source: String, text: String)] = [
    ("Spotify", #"[{"endTime":"2021","artistName":"A","trackName":"One","msPlayed":9}]"#),
    ("Spotify", #"[{"ts":"2021","ms_played":9,"master_metadata_track_name":"One"}]"#),
    ("Spotify", #"{ "playlists": [{ "name": "x", "lastModifiedDate": "2021" }] }"#),
    ("Spotify", #"{"tracks":[{"artist":"A","track":"One","uri":"spotify:track:x"}]}"#),
    ("ListenBrainz", #"{"listened_at":1,"track_metadata":{"artist_name":"A"}}"#),
    ("Last.fm", #"{"username":"x","scrobbles":[{"track":"One"}]}"#),
    (
      "Last.fm", "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n1,x,A,,B,,One,"
    ),
    ("Last.fm", "Artist;Album;AlbumId;Track;Date#someone\nA;B;;One;1"),
    ("Last.fm", "A,B,One,\"06 Sep 2026, 14:23\"\nA,B,Two,\"06 Sep 2026, 14:27\""),
  ]

  @Test(arguments: histories)
  func saysWhatAListeningHistoryLacks(_ history: (source: String, text: String)) throws {
    do {
      _ = try Catalogue(csv: history.text)
      Issue.record("read")
    } catch {
      guard case .listeningHistory(let source) = error else { throw error }
      #expect(source.contains(history.source))
      #expect(error.description.contains("no valence, energy or mood"))
    }
  }

  @Test(arguments: [true, false], [true, false])
  func readsUTF16(isBigEndian: Bool, hasMark: Bool) throws {
    let text = (hasMark ? "\u{FEFF}" : "") + "name;artist;mood\nÄ🙂;B;Sad\n"
    func bytes(_ text: String) -> [UInt8] {
      text.utf16.flatMap { unit in
        let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        return isBigEndian ? pair : pair.reversed()
      }
    }
    let catalogue = try Catalogue(csv: bytes(text))
    #expect(catalogue.songs[0].name == "Ä🙂")
    #expect(
      catalogue.report.encoding == (isBigEndian ? .utf16BigEndian : .utf16LittleEndian))
    // An odd byte, and half of a pair.
    #expect(throws: CatalogueError.notUTF8) { try Catalogue(csv: bytes(text) + [0x41]) }
    let half = bytes(text) + (isBigEndian ? [0xD8, 0x00] : [0x00, 0xD8])
    #expect(throws: CatalogueError.notUTF8) { try Catalogue(csv: half) }
  }

  @Test func keepsTheMorePopularOfTwo() throws {
    let catalogue = try Catalogue(
      csv: """
        name,artist,id,mood,popularity
        One,A,\(Self.ids[0]),Sad,10
        Two,B,,Calm,5
        One again,A,\(Self.ids[0]),Happy,30
        two,b,,Sad,5
        One once more,A,\(Self.ids[0]),Calm,20
        """)
    #expect(catalogue.songs.map(\.name) == ["Two", "One again"])
    #expect(catalogue.songs[0].mood == .calm && catalogue[id: Self.ids[0]]?.mood == .happy)
    #expect(catalogue.count(of: .happy) == 1 && catalogue.count(of: .sad) == 0)
    #expect(catalogue.report.duplicates == 3)
  }

  @Test func tellsHowItWasUnderstood() throws {
    let report = try Catalogue(
      csv: "Track Name;artist;key;Valence;Tempo;mood\nOne;A;3;0,5;fast;sad\nTwo;A;3;7;x;sad\n"
    ).report
    #expect(report.separator == ";" && report.format == .csv && report.encoding == .utf8)
    #expect(
      report.columns.map(\.name) == ["Track Name", "artist", "key", "Valence", "Tempo", "mood"])
    #expect(report.columns.map(\.meaning) == ["name", "artist", nil, "valence", "tempo", "mood"])
    #expect(report.ignoredCells == ["tempo": 2, "valence": 1] && report.duplicates == 0)
    let lines = try Catalogue(csv: "{\"title\":\"One\",\"artist\":\"A\",\"mood\":\"sad\",\"x\":1}")
      .report
    #expect(
      lines.format == .jsonl && lines.columns.map(\.name) == ["artist", "mood", "title", "x"])
    #expect(lines.columns.map(\.meaning) == ["artist", "mood", "name", nil])
  }
}
