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

  private func failure(_ error: CatalogueError) -> RawRow<JSONLine> {
    RawRow(line: row, row: row, content: .failure(error))
  }
}

/// One line that should be a JSON object.
struct JSONLine: Sendable {
  let row: Int
  let bytes: ArraySlice<UInt8>

  private static let decoder = JSONDecoder()

  /// What it says.
  ///
  /// - Throws: ``CatalogueError/badJSON(row:)`` if it is no object, or has a list for a value.
  func decoded() throws(CatalogueError) -> CatalogueRow {
    do {
      return try Self.decoder.decode(Record.self, from: Data(bytes)).values.numbered(row)
    } catch {
      throw .badJSON(row: row)
    }
  }
}

/// One song as JSON has it.
private struct Record: Decodable {
  private(set) var values = CatalogueRow(row: 0)

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CatalogueColumn.self)
    for column in CatalogueColumn.allCases {
      values[column] = try Self.value(column, container)
    }
  }

  private static func value(
    _ column: CatalogueColumn, _ container: KeyedDecodingContainer<CatalogueColumn>
  ) throws -> CatalogueValue? {
    // The type that is expected comes first: each try looks the key up again.
    do {
      if column.isNumber {
        return try container.decodeIfPresent(Double.self, forKey: column).map { .number($0) }
      }
      if column == .explicit {
        return try container.decodeIfPresent(Bool.self, forKey: column).map { .flag($0) }
      }
      return try container.decodeIfPresent(String.self, forKey: column).map { .text($0) }
    } catch {
      if let text = try? container.decode(String.self, forKey: column) { return .text(text) }
      return .number(try container.decode(Double.self, forKey: column))
    }
  }
}
