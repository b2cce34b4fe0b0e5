import MoodValues

/// A row that was found and not yet checked.
struct RawRow<Content: Sendable>: Sendable {
  /// The line of the file that it begins in, from 1.
  let line: Int
  /// The row's number.
  let row: Int
  /// What it holds, or why it cannot be read.
  let content: Result<Content, CatalogueError>
}

extension Catalogue {
  /// How many rows are held at a time.
  static let batch = 4_096

  /// Reads rows until they end; what is wrong with one goes to `skipped`, or ends the reading.
  static func read(
    _ bytes: [UInt8], as format: Format, _ reader: inout CatalogueReader,
    _ skipped: ((CatalogueProblem) -> Void)?
  ) throws(CatalogueError) {
    let text = bytes.first { !" \t\r\n".utf8.contains($0) }
    if text == UInt8(ascii: "[") { throw .jsonArray }
    switch text == UInt8(ascii: "{") ? .jsonl : format {
    case .csv:
      var records = CSVRecords(bytes, rowLimit: rowLimit)
      guard try records.advanceToFilled() else { return }
      let header = try columns(records)
      try take(&reader, skipped, next: { records.next(header) }) { row throws(CatalogueError) in
        try CatalogueReader.listed(row)
      }
    case .jsonl:
      var records = JSONRecords(bytes, rowLimit: rowLimit)
      try take(&reader, skipped, next: { records.next() }) { line throws(CatalogueError) in
        try CatalogueReader.listed(line.decoded())
      }
    }
  }

  /// Checks rows on all cores, and takes their songs in their order.
  private static func take<Content>(
    _ reader: inout CatalogueReader, _ skipped: ((CatalogueProblem) -> Void)?,
    next: () -> RawRow<Content>?,
    song: @Sendable (Content) throws(CatalogueError) -> (song: Song, ignored: Int)
  ) throws(CatalogueError) {
    while true {
      var rows: [RawRow<Content>] = []
      while rows.count < batch, let row = next() { rows.append(row) }
      if rows.isEmpty { return }
      let songs = Parallel.map(rows) { row in
        row.content.flatMap { content in
          Result { () throws(CatalogueError) in try song(content) }
        }
      }
      for (row, song) in zip(rows, songs) {
        do throws(CatalogueError) {
          try reader.append(try song.get(), row: row.row)
        } catch {
          guard let skipped, error.isOfOneRow else { throw error }
          skipped(CatalogueProblem(line: row.line, error: error))
        }
      }
    }
  }

  /// What each column of the header is; of several names of one column, the best known is read.
  private static func columns(_ header: CSVRecords) throws(CatalogueError) -> [CatalogueColumn?] {
    let names = (0..<header.count).map { CleanText.trimmed(header.text($0)) }
    let found = names.map { ColumnAliases.column($0) }
    var columns = found.map { $0?.column }
    for column in CatalogueColumn.allCases {
      let places = found.indices.filter { found[$0]?.column == column }
      guard let best = places.min(by: { found[$0]?.rank ?? 0 < found[$1]?.rank ?? 0 }) else {
        continue
      }
      if places.count(where: { found[$0]?.rank == found[best]?.rank }) > 1 {
        throw .duplicateColumn(name: column.name)
      }
      for place in places where place != best { columns[place] = nil }
    }
    for column in CatalogueColumn.required where !columns.contains(column) {
      throw .missingColumn(name: column.name)
    }
    guard [.mood, .valence, .energy].contains(where: columns.contains) else {
      throw .missingColumn(name: CatalogueColumn.mood.name)
    }
    return columns
  }
}

extension CSVRecords {
  /// Reads the next record that is no blank line; `false` at the end.
  mutating func advanceToFilled() throws(CatalogueError) -> Bool {
    repeat {
      guard try advance() else { return false }
    } while isBlank
    return true
  }

  /// The next record that is no blank line; `nil` at the end.
  fileprivate mutating func next(_ header: [CatalogueColumn?]) -> RawRow<CatalogueRow>? {
    do throws(CatalogueError) {
      guard try advanceToFilled() else { return nil }
      guard count == header.count else {
        throw .cellCount(row: row, expected: header.count, found: count)
      }
      var values = CatalogueRow(row: row)
      for (index, column) in header.enumerated() {
        if let column, length(index) > 0 { values[column] = .text(text(index)) }
      }
      values.hasDecimalCommas = delimiter != UInt8(ascii: ",")
      return RawRow(line: line, row: row, content: .success(values))
    } catch {
      return RawRow(line: line, row: row, content: .failure(error))
    }
  }
}

extension CatalogueError {
  /// Whether the rows after it can be read all the same.
  var isOfOneRow: Bool {
    switch self {
    case .unreadable, .tooLarge, .tooManyRows, .missingColumn, .duplicateColumn, .noRows,
      .jsonArray,
      .unterminatedQuote:
      false
    case .lineTooLong, .notUTF8, .badJSON, .misplacedQuote, .cellCount, .emptyCell, .cellTooLong,
      .controlCharacter, .unknownMood, .badNumber, .badDate, .badSpotifyID, .idTooLong,
      .duplicateID:
      true
    }
  }
}
