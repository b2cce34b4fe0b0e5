/// The song list that is built into the library, as CSV text in four parts.
///
/// Well-known songs of ten decades and many languages. Popularity, energy, valence and tempo are
/// editorial estimates, made by ear and memory: they order and place songs roughly, and were
/// measured by nobody; the column `estimated` says so. Spotify ids and durations are facts that
/// stand in public data sets with the song's title and artist; 249 songs have an id. An id may be
/// that of another pressing of the recording, and none was tried against Spotify. `release_date` is the year in which the recording was
/// first released. `album` is the album it belongs to, or the name of the single where it came out
/// on none; an album may have followed a year after its song. `language` is an ISO 639 code, `zxx`
/// for pieces without words.
enum StandardCatalogue {
  /// The columns, named and ordered as in the report's file as far as they go.
  static let header =
    "name,album,artist,id,release_date,duration_ms,popularity,energy,valence,tempo,mood,genre,"
    + "language,estimated"

  /// The whole list, in the layout that ``Catalogue/init(csv:)`` reads.
  static var csv: String { [header, happy, calm, energetic, sad].joined(separator: "\n") }
}

extension Catalogue {
  /// The song list that is built into the library: 350 songs, of each category 74 or more.
  ///
  /// Popularity, energy, valence and tempo are editorial estimates, not measurements, see
  /// ``Song/isEstimated``. A song without a Spotify id has a ``Song/link`` that searches for it. An
  /// id made of artist and name finds each song too, as feedback of earlier versions has it.
  public static let standard: Catalogue = {
    do {
      return try Catalogue(csv: StandardCatalogue.csv).knownBySlugs()
    } catch {
      preconditionFailure("the built-in song list is wrong: \(error)")
    }
  }()
}
