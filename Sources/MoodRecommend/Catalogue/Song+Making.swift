import MoodValues

extension Song {
  /// How many bytes an id may have: 4 KiB.
  public static let idLimit = 4_096

  /// Makes a song, checked as the rows of a file are.
  ///
  /// ```swift
  /// let song = try Song(name: "Aria", artist: "Glenn Gould", mood: .calm, tempo: 56, duration: 113)
  /// ```
  /// The parameters are the song's properties. Without a mood, valence and energy decide under which
  /// one it is filed; of `lyrics`, ``lyricValence`` alone is kept; `duration` is in seconds.
  ///
  /// - Throws: ``CatalogueError``, with 0 for the row.
  public init(
    name: String, artist: String, mood: MoodCategory? = nil, album: String = "",
    spotifyID: String? = nil, popularity: Int = 0, releaseYear: Int? = nil, genre: String? = nil,
    language: String? = nil, valence: Float? = nil, energy: Float? = nil, tempo: Float? = nil,
    danceability: Float? = nil, acousticness: Float? = nil, loudness: Float? = nil,
    instrumentalness: Float? = nil, speechiness: Float? = nil, liveness: Float? = nil,
    isExplicit: Bool? = nil, lyrics: String? = nil, duration: Float? = nil,
    isEstimated: Bool = false
  ) throws(CatalogueError) {
    var row = CatalogueRow(row: 0)
    let texts: [(CatalogueColumn, String?)] = [
      (.name, name), (.artist, artist), (.album, album), (.id, spotifyID),
      (.mood, mood?.rawValue), (.genre, genre), (.language, language), (.lyrics, lyrics),
      (.releaseDate, releaseYear.map { "\($0)" }),
    ]
    for (column, text) in texts { row[column] = text.map(CatalogueValue.text) }
    let numbers: [(CatalogueColumn, Float?)] = [
      (.popularity, Float(popularity)), (.valence, valence), (.energy, energy), (.tempo, tempo),
      (.danceability, danceability), (.acousticness, acousticness), (.loudness, loudness),
      (.instrumentalness, instrumentalness), (.speechiness, speechiness), (.liveness, liveness),
      (.duration, duration.map { $0 * 1_000 }),
    ]
    for (column, number) in numbers { row[column] = number.map { .number(Double($0)) } }
    row[.explicit] = isExplicit.map(CatalogueValue.flag)
    row[.estimated] = .flag(isEstimated)
    let song = try CatalogueReader.song(row)
    self = song.isLabelled ? song : song.filed(under: MoodLabels.categoryByRule(of: song))
  }

  /// The same song under another category, which no catalogue stated.
  private func filed(under mood: MoodCategory) -> Song {
    Song(
      id: id, name: name, artist: artist, album: album, mood: mood, isLabelled: false,
      popularity: popularity, spotifyID: spotifyID, releaseYear: releaseYear, genre: genre,
      language: language, valence: valence, energy: energy, tempo: tempo,
      danceability: danceability, acousticness: acousticness, loudness: loudness,
      instrumentalness: instrumentalness, speechiness: speechiness, liveness: liveness,
      isExplicit: isExplicit, lyricValence: lyricValence, duration: duration,
      isEstimated: isEstimated)
  }
}

extension Song: CustomStringConvertible {
  /// Title and artist: `Aria – Glenn Gould`.
  public var description: String { "\(name) – \(artist)" }
}

extension Catalogue {
  /// Makes a catalogue of songs.
  ///
  /// - Throws: ``CatalogueError/noRows``, or ``CatalogueError/duplicateID(row:firstRow:id:)`` with
  ///   the songs' places from 1 for rows.
  public init(songs: some Sequence<Song>) throws(CatalogueError) {
    var reader = CatalogueReader()
    for (index, song) in songs.enumerated() { try reader.append(song, row: index + 1) }
    let columns = reader.songs
    guard columns.count > 0 else { throw .noRows }
    self.init(columns)
  }
}
