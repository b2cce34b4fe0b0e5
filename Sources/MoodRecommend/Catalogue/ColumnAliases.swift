/// The names that song lists give their columns, whatever program wrote them.
///
/// Case, spaces, underscores and punctuation do not count: `Artist Name(s)` is `artistnames`. Where a
/// header has several names of one column, the first of the list here is read.
enum ColumnAliases {
  static let names: [(column: CatalogueColumn, names: [String])] = [
    // Ours; Exportify; Kaggle's dataset.csv, tracks.csv and SpotifyFeatures.csv; TidyTuesday.
    (
      .name, ["name", "trackname", "track", "title", "song", "songname", "songtitle", "tracktitle"]
    ),
    (
      .artist,
      [
        "artist", "artists", "artistname", "artistnames", "trackartist", "trackartists",
        "performer", "creator",
      ]
    ),
    (.album, ["album", "albumname", "trackalbumname", "releasename"]),
    (
      .id,
      [
        "id", "trackid", "spotifyid", "trackuri", "spotifytrackuri", "spotifyuri", "uri",
        "spotifytrackid",
      ]
    ),
    (.mood, ["mood"]),
    (.popularity, ["popularity", "trackpopularity"]),
    (
      .releaseDate,
      ["releasedate", "albumreleasedate", "trackalbumreleasedate", "year", "releaseyear"]
    ),
    (.genre, ["genre", "genres", "trackgenre", "playlistgenre", "artistgenres"]),
    (.language, ["language"]),
    (.explicit, ["explicit"]),
    (.lyrics, ["lyrics"]),
    (.duration, ["durationms", "trackdurationms", "length"]),
    (.estimated, ["estimated"]),
  ]

  /// The column of a name and how far down the list it stands; `nil` for none.
  static func column(_ name: String) -> (column: CatalogueColumn, rank: Int)? {
    table[String(name.lowercased().unicodeScalars.filter(\.properties.isAlphabetic))]
  }

  private static let table: [String: (column: CatalogueColumn, rank: Int)] = {
    var table: [String: (column: CatalogueColumn, rank: Int)] = [:]
    for (column, names) in names {
      for (rank, name) in names.enumerated() { table[name] = (column, rank) }
    }
    for (column, names) in TranslatedColumns.names {
      for name in names { table[name] = (column, 0) }
    }
    for column in CatalogueColumn.allCases where table[column.name] == nil {
      table[column.name.replacing("_", with: "")] = (column, 0)
    }
    return table
  }()
}
