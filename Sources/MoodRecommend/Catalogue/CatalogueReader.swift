import MoodValues

/// A song of a list's row.
struct ListedSong: Sendable {
  let song: Song
  /// The cells that made no sense, and counted as empty.
  let ignored: [CatalogueColumn]
}

/// Checks the songs of a list row by row.
struct CatalogueReader {
  private typealias Column = CatalogueColumn

  /// How many bytes a value that is read may have; lyrics may fill a line.
  static let cellLimit = 1_024

  /// The songs of the rows so far; those that a more popular row took the place of are left out.
  var songs: SongColumns { superseded.isEmpty ? all : all.without(superseded) }
  /// How the list was understood.
  var report = CatalogueReport()

  private var all = SongColumns()
  /// Positions of songs that stand again, more popular, in a later row.
  private var superseded: Set<Int> = []

  /// Takes the next song; of two with one id the more popular stays, of equals the first.
  mutating func append(_ listed: ListedSong) {
    for column in listed.ignored { report.ignoredCells[column.name, default: 0] += 1 }
    guard let first = all.append(listed.song) else { return }
    report.duplicates += 1
    guard listed.song.popularity > all.popularity(at: first) else { return }
    superseded.insert(first)
    all.append(superseding: listed.song)
  }

  /// Takes the next song, the `row`th.
  ///
  /// - Throws: ``CatalogueError/duplicateID(row:firstRow:id:)``; the song is not taken then.
  mutating func append(_ song: Song, row: Int) throws(CatalogueError) {
    if let first = all.append(song) {
      throw .duplicateID(row: row, firstRow: first + 1, id: song.id)
    }
  }

  /// The song of a list's row, in which a cell that may be empty counts as empty where it makes no
  /// sense.
  ///
  /// - Throws: ``CatalogueError`` for the first value that must be right and is not.
  @Sendable static func listed(_ values: CatalogueRow) throws(CatalogueError) -> ListedSong {
    var values = LenientValues.understood(values)
    var ignored: [CatalogueColumn] = []
    while true {
      do throws(CatalogueError) {
        return ListedSong(song: try song(values), ignored: ignored)
      } catch {
        guard let column = LenientValues.optionalColumn(of: error), values[column] != nil else {
          throw error
        }
        values[column] = nil
        ignored.append(column)
      }
    }
  }

  /// The song of a row.
  ///
  /// - Throws: ``CatalogueError`` for the first value that is wrong.
  @Sendable static func song(_ values: CatalogueRow) throws(CatalogueError) -> Song {
    let name = try filledText(.name, values)
    let artist = try filledText(.artist, values)
    let valence = try number(.valence, values, in: 0...1)
    let energy = try number(.energy, values, in: 0...1)
    let mood = try mood(values, mayBeEmpty: valence != nil || energy != nil)
    let spotifyID = try optionalText(.id, values)
    if let spotifyID, !Song.isSpotifyID(spotifyID) {
      throw .badSpotifyID(row: values.row, found: spotifyID)
    }
    let tempo = try number(.tempo, values, in: 0...500)
    let id = spotifyID ?? Slug.id(artist: artist, name: name)
    guard id.utf8.count <= Song.idLimit else {
      throw .idTooLong(row: values.row, limit: Song.idLimit)
    }
    return Song(
      id: id,
      name: name, artist: artist, album: try optionalText(.album, values) ?? "",
      mood: mood ?? .calm, isLabelled: mood != nil,
      popularity: try popularity(values), spotifyID: spotifyID,
      releaseYear: try releaseYear(values),
      genre: try optionalText(.genre, values), language: try optionalText(.language, values),
      valence: valence, energy: energy,
      tempo: tempo == 0 ? nil : tempo,  // Spotify's mark for a piece without a beat
      danceability: try number(.danceability, values, in: 0...1),
      acousticness: try number(.acousticness, values, in: 0...1),
      loudness: try number(.loudness, values, in: -100...20),
      instrumentalness: try number(.instrumentalness, values, in: 0...1),
      speechiness: try number(.speechiness, values, in: 0...1),
      liveness: try number(.liveness, values, in: 0...1),
      isExplicit: try flag(.explicit, values),
      lyricValence: values[.lyrics].flatMap { LyricLexicon.valence(of: $0.text) },
      duration: duration(values), isEstimated: try flag(.estimated, values) ?? false)
  }

  /// The category; `nil` where the list leaves it open and it can be worked out.
  private static func mood(
    _ values: CatalogueRow, mayBeEmpty: Bool
  ) throws(CatalogueError) -> MoodCategory? {
    guard let text = try optionalText(.mood, values) else {
      guard mayBeEmpty else { throw .emptyCell(row: values.row, column: Column.mood.name) }
      return nil
    }
    guard let mood = MoodCategory(rawValue: text) else {
      throw .unknownMood(row: values.row, found: text)
    }
    return mood
  }

  /// Yes or no in the spellings of common exports; `nil` where the cell is empty.
  private static func flag(_ column: Column, _ values: CatalogueRow) throws(CatalogueError) -> Bool?
  {
    if case .flag(let flag) = values[column] { return flag }
    guard let text = try optionalText(column, values) else { return nil }
    switch text.lowercased() {
    case "true", "1", "yes": return true
    case "false", "0", "no": return false
    default: throw .badNumber(row: values.row, column: column.name, found: text)
    }
  }

  /// The seconds of a duration in milliseconds; `nil` where the cell has no number of a length that
  /// a song can have, since other lists have other things in a column `length`.
  private static func duration(_ values: CatalogueRow) -> Float? {
    let milliseconds: Double? =
      switch values[.duration] {
      case .number(let number): number
      case .text(let text): Double(text)
      case .flag, nil: nil
      }
    return milliseconds.flatMap { (1_000...86_400_000).contains($0) ? Float($0 / 1_000) : nil }
  }

  /// The popularity, a whole number; an empty cell counts as 0.
  private static func popularity(_ values: CatalogueRow) throws(CatalogueError) -> Int {
    guard let value = try number(.popularity, values, in: 0...100) else { return 0 }
    guard let whole = Int(exactly: value) else {
      throw .badNumber(
        row: values.row, column: Column.popularity.name, found: try filledText(.popularity, values))
    }
    return whole
  }

  /// The number in a cell, `nil` where it is empty or its column missing.
  private static func number(
    _ column: Column, _ values: CatalogueRow, in range: ClosedRange<Float>
  ) throws(CatalogueError) -> Float? {
    if case .number(let number) = values[column] {
      guard range.contains(Float(number)) else {
        throw .badNumber(row: values.row, column: column.name, found: "\(number)")
      }
      return Float(number)
    }
    guard let text = try optionalText(column, values) else { return nil }
    // Float(_:) also takes "nan", "inf" and hexadecimal, and turns 1e999 into infinity; the range
    // holds none of these.
    let isDecimal = text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
    guard isDecimal, let value = Float(text), range.contains(value) else {
      throw .badNumber(row: values.row, column: column.name, found: text)
    }
    return value
  }

  /// The year of YYYY, YYYY-MM or YYYY-MM-DD.
  private static func releaseYear(_ values: CatalogueRow) throws(CatalogueError) -> Int? {
    guard let text = try optionalText(.releaseDate, values) else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let (widths, ranges) = ([4, 2, 2], [1000...2999, 1...12, 1...31])
    let isDate =
      parts.count <= 3
      && parts.indices.allSatisfy { index in
        let digits = parts[index].utf8
        return digits.count == widths[index]
          && digits.allSatisfy { "0123456789".utf8.contains($0) }
          && Int(parts[index]).map(ranges[index].contains) == true
      }
    guard isDate, let year = Int(parts[0]) else {
      throw .badDate(row: values.row, column: Column.releaseDate.name, found: text)
    }
    return year
  }

  private static func filledText(_ column: Column, _ values: CatalogueRow) throws(CatalogueError)
    -> String
  {
    guard let text = try optionalText(column, values) else {
      throw .emptyCell(row: values.row, column: column.name)
    }
    return text
  }

  /// The cleaned text of a value, `nil` where nothing in it is visible or there is none.
  private static func optionalText(
    _ column: Column, _ values: CatalogueRow
  ) throws(CatalogueError) -> String? {
    guard let text = values[column]?.text else { return nil }
    guard text.utf8.count <= Self.cellLimit else {
      throw .cellTooLong(row: values.row, column: column.name, limit: Self.cellLimit)
    }
    switch CleanText.cleaned(text) {
    case .success(let text): return CleanText.isVisible(text) ? text : nil
    case .failure(let refused):
      throw .controlCharacter(row: values.row, column: column.name, scalar: refused.scalar)
    }
  }
}
