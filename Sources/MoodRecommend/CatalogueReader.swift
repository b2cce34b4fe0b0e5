/// Builds the songs of a catalogue row by row, and stops at the first one that is wrong.
final class CatalogueReader {
  /// The columns that are read; a raw value is the name in the header. Others are passed over.
  private enum Column: String, CaseIterable {
    case name, artist, album, id, mood, popularity, genre, language
    case valence, energy, tempo, danceability, acousticness, loudness
    case instrumentalness, speechiness, liveness, explicit
    case releaseDate = "release_date"

    static let required: [Column] = [.name, .artist, .mood, .id]
  }

  /// How many bytes a cell that is read may have.
  static let cellLimit = 1_024

  /// The songs of the rows so far.
  private(set) var songs: [Song] = []

  /// What was wrong with the first bad row.
  private(set) var failure: CatalogueError?

  private var row = 0
  private var columns: [Column: Int] = [:]
  private var columnCount: Int?
  private var rowOfID: [String: Int] = [:]

  /// Takes the next row: a blank line, the header, or a song.
  func read(_ cells: [String]) {
    row += 1
    guard failure == nil, cells != [""] else { return }
    do throws(CatalogueError) {
      if let columnCount {
        guard cells.count == columnCount else {
          throw .cellCount(row: row, expected: columnCount, found: cells.count)
        }
        try append(song(cells))
      } else {
        try readHeader(cells)
      }
    } catch {
      failure = error
    }
  }

  private func readHeader(_ cells: [String]) throws(CatalogueError) {
    columnCount = cells.count
    for (index, cell) in cells.enumerated() {
      guard let column = Column(rawValue: CleanText.trimmed(cell)) else { continue }
      guard columns.updateValue(index, forKey: column) == nil else {
        throw .duplicateColumn(name: column.rawValue)
      }
    }
    for column in Column.required where columns[column] == nil {
      throw .missingColumn(name: column.rawValue)
    }
  }

  private func append(_ song: Song) throws(CatalogueError) {
    if let firstRow = rowOfID.updateValue(row, forKey: song.id) {
      throw .duplicateID(row: row, firstRow: firstRow, id: song.id)
    }
    songs.append(song)
  }

  private func song(_ cells: [String]) throws(CatalogueError) -> Song {
    let name = try filledText(.name, cells)
    let artist = try filledText(.artist, cells)
    let moodText = try filledText(.mood, cells)
    guard let mood = MoodCategory(rawValue: moodText) else {
      throw .unknownMood(row: row, found: moodText)
    }
    let spotifyID = try optionalText(.id, cells)
    if let spotifyID, !Song.isSpotifyID(spotifyID) {
      throw .badSpotifyID(row: row, found: spotifyID)
    }
    let tempo = try number(.tempo, cells, in: 0...500)
    return Song(
      id: spotifyID ?? Slug.id(artist: artist, name: name),
      name: name, artist: artist, album: try optionalText(.album, cells) ?? "", mood: mood,
      isLabelled: true,
      popularity: try popularity(cells), spotifyID: spotifyID,
      releaseYear: try releaseYear(cells),
      genre: try optionalText(.genre, cells), language: try optionalText(.language, cells),
      valence: try number(.valence, cells, in: 0...1),
      energy: try number(.energy, cells, in: 0...1),
      tempo: tempo == 0 ? nil : tempo,  // Spotify's mark for a piece without a beat
      danceability: try number(.danceability, cells, in: 0...1),
      acousticness: try number(.acousticness, cells, in: 0...1),
      loudness: try number(.loudness, cells, in: -100...20),
      instrumentalness: try number(.instrumentalness, cells, in: 0...1),
      speechiness: try number(.speechiness, cells, in: 0...1),
      liveness: try number(.liveness, cells, in: 0...1),
      isExplicit: try flag(.explicit, cells))
  }

  /// Yes or no in the spellings of common exports; `nil` where the cell is empty.
  private func flag(_ column: Column, _ cells: [String]) throws(CatalogueError) -> Bool? {
    guard let text = try optionalText(column, cells) else { return nil }
    switch text.lowercased() {
    case "true", "1", "yes": return true
    case "false", "0", "no": return false
    default: throw .badNumber(row: row, column: column.rawValue, found: text)
    }
  }

  /// The popularity, a whole number; an empty cell counts as 0.
  private func popularity(_ cells: [String]) throws(CatalogueError) -> Int {
    guard let value = try number(.popularity, cells, in: 0...100) else { return 0 }
    guard let whole = Int(exactly: value) else {
      throw .badNumber(
        row: row, column: Column.popularity.rawValue, found: try filledText(.popularity, cells))
    }
    return whole
  }

  /// The number in a cell, `nil` where it is empty or its column missing.
  private func number(
    _ column: Column, _ cells: [String], in range: ClosedRange<Float>
  ) throws(CatalogueError) -> Float? {
    guard let text = try optionalText(column, cells) else { return nil }
    // Float(_:) also takes "nan", "inf" and hexadecimal, and turns 1e999 into infinity; the range
    // holds none of these.
    let isDecimal = text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
    guard isDecimal, let value = Float(text), range.contains(value) else {
      throw .badNumber(row: row, column: column.rawValue, found: text)
    }
    return value
  }

  /// The year of YYYY, YYYY-MM or YYYY-MM-DD.
  private func releaseYear(_ cells: [String]) throws(CatalogueError) -> Int? {
    guard let text = try optionalText(.releaseDate, cells) else { return nil }
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
      throw .badDate(row: row, column: Column.releaseDate.rawValue, found: text)
    }
    return year
  }

  private func filledText(_ column: Column, _ cells: [String]) throws(CatalogueError) -> String {
    guard let text = try optionalText(column, cells) else {
      throw .emptyCell(row: row, column: column.rawValue)
    }
    return text
  }

  /// The cleaned text of a cell, `nil` where nothing in it is visible or its column is missing.
  private func optionalText(
    _ column: Column, _ cells: [String]
  ) throws(CatalogueError) -> String? {
    guard let index = columns[column] else { return nil }
    guard cells[index].utf8.count <= Self.cellLimit else {
      throw .cellTooLong(row: row, column: column.rawValue, limit: Self.cellLimit)
    }
    switch CleanText.cleaned(cells[index]) {
    case .success(let text): return CleanText.isVisible(text) ? text : nil
    case .failure(let refused):
      throw .controlCharacter(row: row, column: column.rawValue, scalar: refused.scalar)
    }
  }
}
