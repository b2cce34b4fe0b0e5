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
    switch format {
    case .csv:
      var records = CSVRecords(bytes, rowLimit: rowLimit)
      guard try records.advanceToFilled() else { return }
      let header = try columns(records)
      try take(&reader, skipped, next: { records.next(header) }, song: CatalogueReader.song)
    case .jsonl:
      var records = JSONRecords(bytes, rowLimit: rowLimit)
      try take(&reader, skipped, next: { records.next() }) { line throws(CatalogueError) in
        try CatalogueReader.song(line.decoded())
      }
    }
  }

  /// Checks rows on all cores, and takes their songs in their order.
  private static func take<Content>(
    _ reader: inout CatalogueReader, _ skipped: ((CatalogueProblem) -> Void)?,
    next: () -> RawRow<Content>?,
    song: @Sendable (Content) throws(CatalogueError) -> Song
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

  /// What each column of the header is.
  private static func columns(_ header: CSVRecords) throws(CatalogueError) -> [CatalogueColumn?] {
    let columns = (0..<header.count).map { index in
      CatalogueColumn(stringValue: CleanText.trimmed(header.text(index)))
    }
    for column in CatalogueColumn.allCases where columns.count(where: { $0 == column }) > 1 {
      throw .duplicateColumn(name: column.name)
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
      .unterminatedQuote:
      false
    case .lineTooLong, .notUTF8, .badJSON, .misplacedQuote, .cellCount, .emptyCell, .cellTooLong,
      .controlCharacter, .unknownMood, .badNumber, .badDate, .badSpotifyID, .idTooLong,
      .duplicateID:
      true
    }
  }
}
