/// The song list that is built into the library, as CSV text in four parts.
///
/// Well-known songs of ten decades and many languages, none with a Spotify id. Popularity, energy,
/// valence and tempo are editorial estimates, made by ear and memory: they order and place songs
/// roughly, and were measured by nobody. `release_date` is the year in which the recording was
/// first released. `album` is the album it belongs to, or the name of the single where it came out
/// on none; an album may have followed a year after its song. `language` is an ISO 639 code, `zxx`
/// for pieces without words.
enum StandardCatalogue {
  /// The columns, named and ordered as in the report's file as far as they go.
  static let header =
    "name,album,artist,id,release_date,popularity,energy,valence,tempo,mood,genre,language"

  /// The whole list, in the layout that ``Catalogue/init(csv:)`` reads.
  static var csv: String { [header, happy, calm, energetic, sad].joined(separator: "\n") }
}

extension Catalogue {
  /// The song list that is built into the library: 305 songs, of each category 74 or more.
  ///
  /// Popularity, energy, valence and tempo are editorial estimates, not measurements. Without
  /// Spotify ids, each ``Song/link`` is a search.
  public static let standard: Catalogue = {
    do {
      return try Catalogue(csv: StandardCatalogue.csv)
    } catch {
      preconditionFailure("the built-in song list is wrong: \(error)")
    }
  }()
}
