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
    _ given: [UInt8], as format: Format, _ reader: inout CatalogueReader,
    _ skipped: ((CatalogueProblem) -> Void)?
  ) throws(CatalogueError) {
    reader.report.encoding = CatalogueEncoding(of: given)
    let bytes = try reader.report.encoding.utf8(given)
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = bytes[start...].first { !" \t\r\n".utf8.contains($0) }
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
      let hasMood = String(decoding: bytes.prefix(4_096), as: UTF8.self).lowercased()
      if !["\"mood\"", "\"valence\"", "\"energy\""].contains(where: hasMood.contains),
        let source = ListeningHistory.source(bytes)
      {
        throw .listeningHistory(source: source)
      }
    }
    if first == UInt8(ascii: "[") { throw .jsonArray }
    reader.report.format = first == UInt8(ascii: "{") ? .jsonl : format
    switch reader.report.format {
    case .csv:
      var records = CSVRecords(bytes, rowLimit: rowLimit)
      guard try records.advanceToFilled() else { return }
      let header = try columns(records, &reader.report)
      try take(&reader, skipped, next: { records.next(header) }) { row throws(CatalogueError) in
        try CatalogueReader.listed(row)
      }
    case .jsonl:
      var records = JSONRecords(bytes, rowLimit: rowLimit)
      reader.report.columns = JSONRecords.columns(bytes)
      try take(&reader, skipped, next: { records.next() }) { line throws(CatalogueError) in
        try CatalogueReader.listed(line.decoded())
      }
    }
  }

  /// Checks rows on all cores, and takes their songs in their order.
  private static func take<Content>(
    _ reader: inout CatalogueReader, _ skipped: ((CatalogueProblem) -> Void)?,
    next: () -> RawRow<Content>?,
    song: @Sendable (Content) throws(CatalogueError) -> ListedSong
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
          reader.append(try song.get())
        } catch {
          guard let skipped, error.isOfOneRow else { throw error }
          skipped(CatalogueProblem(line: row.line, error: error))
        }
      }
    }
  }

  /// What each column of the header is; of several names of one column, the best known is read.
  private static func columns(
    _ header: CSVRecords, _ report: inout CatalogueReport
  ) throws(CatalogueError) -> [CatalogueColumn?] {
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
    report.separator = Character(Unicode.Scalar(header.delimiter))
    report.columns = zip(names, columns).map { .init(name: $0, meaning: $1?.name) }
    let hasFeatures = [.mood, .valence, .energy].contains(where: columns.contains)
    if !hasFeatures, let source = ListeningHistory.source(header: names) {
      throw .listeningHistory(source: source)
    }
    for column in CatalogueColumn.required where !columns.contains(column) {
      throw .missingColumn(name: column.name, found: names)
    }
    guard hasFeatures else { throw .noFeatures }
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
    case .unreadable, .tooLarge, .tooManyRows, .missingColumn, .noFeatures, .listeningHistory,
      .duplicateColumn, .noRows, .jsonArray, .unterminatedQuote:
      false
    case .lineTooLong, .notUTF8, .badJSON, .misplacedQuote, .cellCount, .emptyCell, .cellTooLong,
      .controlCharacter, .unknownMood, .badNumber, .badDate, .badSpotifyID, .idTooLong,
      .duplicateID:
      true
    }
  }
}
