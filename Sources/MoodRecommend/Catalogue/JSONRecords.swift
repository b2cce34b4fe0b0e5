private import Foundation

/// JSON Lines: one object a line, its keys those of the CSV header.
struct JSONRecords {
  private let bytes: [UInt8]
  private let rowLimit: Int
  private let decoder = JSONDecoder()
  private var next = 0
  /// The number of the line that was read last, from 1.
  private(set) var row = 0

  init(_ bytes: [UInt8], rowLimit: Int) {
    (self.bytes, self.rowLimit) = (bytes, rowLimit)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { next = 3 }
  }

  /// Reads the next line that is not blank; `nil` at the end.
  ///
  /// After an error reading may go on.
  ///
  /// - Throws: ``CatalogueError``: too many rows, a line too long, or one that is no JSON object.
  mutating func advance() throws(CatalogueError) -> CatalogueRow? {
    while next < bytes.count {
      row += 1
      guard row <= rowLimit else {
        next = bytes.count
        throw .tooManyRows(limit: rowLimit)
      }
      let end = bytes[next...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[next..<end]
      next = min(bytes.count, end + 1)
      guard line.count <= CSVRecords.lineLimit else {
        throw .lineTooLong(line: row, limit: CSVRecords.lineLimit)
      }
      if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { continue }
      guard let record = try? decoder.decode(Record.self, from: Data(line)) else {
        throw .badJSON(row: row)
      }
      return record.row(row)
    }
    return nil
  }

  private struct Record: Decodable {
    private var values = CatalogueRow(row: 0)

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CatalogueColumn.self)
      for column in CatalogueColumn.allCases where container.contains(column) {
        values[column] = try Self.value(column, container)
      }
    }

    func row(_ number: Int) -> CatalogueRow { values.numbered(number) }

    private static func value(
      _ column: CatalogueColumn, _ container: KeyedDecodingContainer<CatalogueColumn>
    ) throws -> CatalogueValue? {
      if try container.decodeNil(forKey: column) { return nil }
      if column.isNumber, let number = try? container.decode(Double.self, forKey: column) {
        return .number(number)
      }
      if column == .explicit, let flag = try? container.decode(Bool.self, forKey: column) {
        return .flag(flag)
      }
      if let text = try? container.decode(String.self, forKey: column) { return .text(text) }
      return .number(try container.decode(Double.self, forKey: column))
    }
  }
}
