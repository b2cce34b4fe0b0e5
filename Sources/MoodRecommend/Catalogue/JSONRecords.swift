private import Foundation

/// JSON Lines: one object a line, its keys those of the CSV header.
struct JSONRecords {
  private let bytes: [UInt8]
  private let rowLimit: Int
  private var position = 0
  private var row = 0

  init(_ bytes: [UInt8], rowLimit: Int) {
    (self.bytes, self.rowLimit) = (bytes, rowLimit)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next line that is not blank; `nil` at the end.
  mutating func next() -> RawRow<JSONLine>? {
    while position < bytes.count {
      row += 1
      guard row <= rowLimit else {
        position = bytes.count
        return failure(.tooManyRows(limit: rowLimit))
      }
      let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[position..<end]
      position = min(bytes.count, end + 1)
      guard line.count <= CSVRecords.lineLimit else {
        return failure(.lineTooLong(line: row, limit: CSVRecords.lineLimit))
      }
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      return RawRow(line: row, row: row, content: .success(JSONLine(row: row, bytes: line)))
    }
    return nil
  }

  /// What the keys of the first object are read as.
  static func columns(_ bytes: [UInt8]) -> [CatalogueReport.Column] {
    var records = JSONRecords(bytes, rowLimit: 1)
    guard case .success(let line) = records.next()?.content else { return [] }
    return line.keys.map { .init(name: $0, meaning: ColumnAliases.column($0)?.column.name) }
  }

  private func failure(_ error: CatalogueError) -> RawRow<JSONLine> {
    RawRow(line: row, row: row, content: .failure(error))
  }
}

/// One line that should be a JSON object.
struct JSONLine: Sendable {
  let row: Int
  let bytes: ArraySlice<UInt8>

  private static let decoder = JSONDecoder()
  private static let lenientDecoder: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    return decoder
  }()

  /// The names of its values, in alphabetical order; of `track_metadata` those inside.
  var keys: [String] { (try? lenient().keys.sorted()) ?? [] }

  /// What it says.
  ///
  /// - Throws: ``CatalogueError/badJSON(row:)`` if it is no object, or has a list for a value.
  func decoded() throws(CatalogueError) -> CatalogueRow {
    do {
      return try Self.decoder.decode(Record.self, from: Data(bytes)).values.numbered(row)
    } catch {
      // Python writes NaN and Infinity, which JSON does not have and JSON5 does.
      do { return try lenient().values.numbered(row) } catch { throw .badJSON(row: row) }
    }
  }

  /// Foundation's reader of JSON5 traps on bytes that are not UTF-8, so these are refused before.
  private func lenient() throws -> Record {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw CatalogueError.badJSON(row: row)
    }
    return try Self.lenientDecoder.decode(Record.self, from: Data(bytes))
  }
}

/// One song as JSON has it.
private struct Record: Decodable {
  private(set) var values = CatalogueRow(row: 0)
  private(set) var keys: [String] = []

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    var ranks: [CatalogueColumn: Int] = [:]
    try add(container, &ranks)
  }

  /// ListenBrainz has what it says of a song in an object of its own, `track_metadata`.
  private mutating func add(
    _ container: KeyedDecodingContainer<Key>, _ ranks: inout [CatalogueColumn: Int]
  ) throws {
    for key in container.allKeys {
      if key.stringValue == "track_metadata",
        let inner = try? container.nestedContainer(keyedBy: Key.self, forKey: key)
      {
        try add(inner, &ranks)
        continue
      }
      keys.append(key.stringValue)
      guard let (column, rank) = ColumnAliases.column(key.stringValue),
        rank < ranks[column, default: .max], try !container.decodeNil(forKey: key)
      else { continue }
      values[column] = try Self.value(column, key, container)
      ranks[column] = rank
    }
  }

  private static func value(
    _ column: CatalogueColumn, _ key: Key, _ container: KeyedDecodingContainer<Key>
  ) throws -> CatalogueValue? {
    // The type that is expected comes first: each try looks the key up again.
    if column.isNumber, let number = try? container.decode(Double.self, forKey: key) {
      return .number(number)
    }
    if column == .explicit || column == .estimated,
      let flag = try? container.decode(Bool.self, forKey: key)
    {
      return .flag(flag)
    }
    if let text = try? container.decode(String.self, forKey: key) { return .text(text) }
    if let texts = try? container.decode([String].self, forKey: key) {
      return .text(texts.joined(separator: ", "))
    }
    return .number(try container.decode(Double.self, forKey: key))
  }
}
