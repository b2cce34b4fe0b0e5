/// Why a song list was refused; nothing of it is kept.
///
/// A row is a record's number in the file: the header is row 1, blank lines count, and a record
/// that a quoted line break spreads over several lines is one row. A line is a line of text.
public enum CatalogueError: Error, Equatable, Sendable {
  /// The file is not there, is a folder, or may not be read.
  case unreadable(path: String)
  /// The text has more bytes than a song list may have.
  case tooLarge(limit: Int)
  /// There are more rows than a song list may have.
  case tooManyRows(limit: Int)
  /// A line has more bytes than one may have.
  case lineTooLong(line: Int, limit: Int)
  /// The bytes are neither UTF-8 nor UTF-16.
  case notUTF8
  /// The list is one JSON array.
  case jsonArray
  /// The list says what was listened to and nothing of how it sounds.
  case listeningHistory(source: String)
  /// A line of JSON Lines is no JSON object.
  case badJSON(row: Int)
  /// A quote opens on this line and never closes.
  case unterminatedQuote(line: Int)
  /// A quote stands where RFC 4180 allows none.
  case misplacedQuote(row: Int)
  /// The header lacks a required column; `found` are the names that it has.
  case missingColumn(name: String, found: [String])
  /// The list has names and artists, but no mood, valence or energy.
  case noFeatures
  /// The header names a column twice.
  case duplicateColumn(name: String)
  /// There is no song: the file is empty, or has a header only.
  case noRows
  /// A row has more or fewer cells than the header.
  case cellCount(row: Int, expected: Int, found: Int)
  /// A cell that must hold something is empty; a mood may be where valence or energy is known.
  case emptyCell(row: Int, column: String)
  /// A cell has more bytes than one may have.
  case cellTooLong(row: Int, column: String, limit: Int)
  /// A cell holds a control character, or one that reorders the text around it.
  case controlCharacter(row: Int, column: String, scalar: Unicode.Scalar)
  /// The mood is not one of the four of ``MoodCategory``.
  case unknownMood(row: Int, found: String)
  /// A cell holds no number, none of the column's range, NaN or infinity.
  case badNumber(row: Int, column: String, found: String)
  /// The release date is not YYYY, YYYY-MM or YYYY-MM-DD.
  case badDate(row: Int, column: String, found: String)
  /// The id is not 22 characters of A–Z, a–z and 0–9.
  case badSpotifyID(row: Int, found: String)
  /// The id that is made of a song's artist and name has more bytes than one may have.
  case idTooLong(row: Int, limit: Int)
  /// A row has the id of an earlier one.
  case duplicateID(row: Int, firstRow: Int, id: String)
}

extension CatalogueError: CustomStringConvertible {
  /// One sentence for a person; what the file holds is shown escaped.
  public var description: String {
    switch self {
    case .unreadable(let path): "cannot read \(Self.quoted(path))"
    case .tooLarge(let limit): "the song list is larger than \(limit) bytes"
    case .tooManyRows(let limit): "the song list has more than \(limit) rows"
    case .lineTooLong(let line, let limit): "line \(line): longer than \(limit) bytes"
    case .notUTF8: "the song list is neither UTF-8 nor UTF-16"
    case .jsonArray: "the song list is a JSON array: one JSON object per line is wanted"
    case .badJSON(let row): "row \(row): no JSON object"
    case .unterminatedQuote(let line): "line \(line): a quote opens here and never closes"
    case .misplacedQuote(let row): "row \(row): a quote stands inside a cell, not doubled"
    case .listeningHistory(let source):
      "this is \(source): it says what was listened to, but no valence, energy or mood of a song, "
        + "by which songs are chosen; lists of Exportify (with audio features) have them"
    case .missingColumn(let name, let found): Self.missing(name, found)
    case .noFeatures:
      "the list has no column mood, valence or energy, so no song of it can be filed; add a column "
        + "mood (Happy, Calm, Energetic or Sad), or take a list with audio features, such as "
        + "Exportify's"
    case .duplicateColumn(let name): "the header has two columns \(name)"
    case .noRows: "the song list has no songs"
    case .cellCount(let row, let expected, let found):
      "row \(row): \(found) cells, but the header has \(expected)"
    case .emptyCell(let row, let column): "row \(row): \(column) is empty"
    case .cellTooLong(let row, let column, let limit):
      "row \(row): \(column) is longer than \(limit) bytes"
    case .controlCharacter(let row, let column, let scalar):
      "row \(row): \(column) holds the control character U+\(Self.hexadecimal(scalar))"
    case .unknownMood(let row, let found): "row \(row): unknown mood \(Self.quoted(found))"
    case .badNumber(let row, let column, let found):
      "row \(row): \(column) cannot be \(Self.quoted(found))"
    case .badDate(let row, let column, let found):
      "row \(row): \(column) is no date: \(Self.quoted(found))"
    case .badSpotifyID(let row, let found): "row \(row): no Spotify id: \(Self.quoted(found))"
    case .idTooLong(let row, let limit):
      "row \(row): artist and name make an id of more than \(limit) bytes"
    case .duplicateID(let row, let firstRow, let id):
      "row \(row): the id \(Self.quoted(id)) is already that of row \(firstRow)"
    }
  }

  private static func missing(_ name: String, _ found: [String]) -> String {
    let known = ColumnAliases.names.first { $0.column.name == name }?.names.dropFirst().prefix(4)
    let others = (known ?? []).isEmpty ? "" : " (or \((known ?? []).joined(separator: ", ")))"
    let first = found.prefix(8).map(quoted).joined(separator: ", ")
    return "the header has no column \(name)\(others); it has \(first)"
      + (found.count > 8 ? " and \(found.count - 8) more" : "")
  }

  /// At most 80 characters of `text` in quotes, all but printable ASCII escaped.
  private static func quoted(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(80)
    let rest = shown.endIndex == text.unicodeScalars.endIndex ? "" : "…"
    return "\"" + shown.map { $0.escaped(asASCII: true) }.joined() + rest + "\""
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
