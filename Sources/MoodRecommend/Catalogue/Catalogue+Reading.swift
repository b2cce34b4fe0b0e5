extension Catalogue {
  /// Reads records until they end; what is wrong with one goes to `skipped`, or ends the reading.
  static func readCSV(
    _ bytes: [UInt8], _ reader: inout CatalogueReader, _ skipped: ((CatalogueProblem) -> Void)?
  ) throws(CatalogueError) {
    var records = CSVRecords(bytes, rowLimit: rowLimit)
    var header: [CatalogueColumn?]?
    while true {
      do throws(CatalogueError) {
        guard try records.advance() else { return }
        if records.isBlank { continue }
        guard let header else {
          header = try columns(records)
          continue
        }
        guard records.count == header.count else {
          throw .cellCount(row: records.row, expected: header.count, found: records.count)
        }
        var row = CatalogueRow(row: records.row)
        for (index, column) in header.enumerated() {
          if let column, records.length(index) > 0 { row[column] = .text(records.text(index)) }
        }
        try reader.append(row)
      } catch {
        guard let skipped, header != nil, error.isOfOneRow else { throw error }
        skipped(CatalogueProblem(line: records.line, error: error))
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

  /// Reads lines until they end; what is wrong with one goes to `skipped`, or ends the reading.
  static func readJSON(
    _ bytes: [UInt8], _ reader: inout CatalogueReader, _ skipped: ((CatalogueProblem) -> Void)?
  ) throws(CatalogueError) {
    var records = JSONRecords(bytes, rowLimit: rowLimit)
    while true {
      do throws(CatalogueError) {
        guard let row = try records.advance() else { return }
        try reader.append(row)
      } catch {
        guard let skipped, error.isOfOneRow else { throw error }
        skipped(CatalogueProblem(line: records.row, error: error))
      }
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
      .controlCharacter, .unknownMood, .badNumber, .badDate, .badSpotifyID, .duplicateID:
      true
    }
  }
}
