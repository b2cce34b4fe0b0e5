/// Comma-separated text, RFC 4180, read record by record straight from its bytes.
///
/// Semicolons or tabs may stand in place of the commas, as spreadsheets write them: the first line says
/// which, by a `sep=` or by what it has most of.
/// Lines end by LF, CR LF or CR; a byte order mark is passed over; spaces may stand around a quoted
/// cell. Bytes and not characters are looked at, so that a comma is one whatever accent follows it,
/// and a million songs take seconds (SwiftCSV, which goes by `Character`, took three times as long).
package struct CSVRecords {
  /// How many bytes a line may have, so that no row has more cells than that.
  static let lineLimit = 65_536

  private let bytes: [UInt8]
  private let rowLimit: Int
  /// What stands between two cells.
  package private(set) var delimiter = UInt8(ascii: ",")
  private var next = 0
  private var nextLine = 1
  /// The number of the record that was read last, blank lines counted, from 1.
  package private(set) var row = 0
  /// The line that it begins in, from 1.
  private(set) var line = 1
  private var cells: [(range: Range<Int>, hasQuotes: Bool)] = []

  /// Reads from the start of a text.
  package init(_ bytes: [UInt8], rowLimit: Int) {
    (self.bytes, self.rowLimit) = (bytes, rowLimit)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { next = 3 }
    findDelimiter()
  }

  /// Looks at the first line that is not blank; a line `sep=;` is passed over.
  private mutating func findDelimiter() {
    let start = bytes[next...].firstIndex { !isLineEnd($0) } ?? bytes.endIndex
    let line = bytes[start...].prefix { !isLineEnd($0) }
    if line.count == 5, line.prefix(4).elementsEqual("sep=".utf8), let last = line.last {
      delimiter = last
      next = line.endIndex
      row = 0
      endLine()
      return
    }
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in line {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    for other in [UInt8(ascii: ";"), UInt8(ascii: "\t")]
    where counts[other, default: 0] > counts[delimiter, default: 0] { delimiter = other }
  }

  /// How many cells the record has.
  package var count: Int { cells.count }

  /// Whether the record is a blank line.
  package var isBlank: Bool { cells.count == 1 && cells[0].range.isEmpty && !cells[0].hasQuotes }

  /// The text of a cell, its quotes undone.
  package func text(_ index: Int) -> String {
    let (range, hasQuotes) = cells[index]
    guard hasQuotes else { return String(decoding: bytes[range], as: UTF8.self) }
    var text: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      text.append(bytes[index])
      index += bytes[index] == UInt8(ascii: "\"") ? 2 : 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// How many bytes a cell has.
  func length(_ index: Int) -> Int { cells[index].range.count }

  /// Reads the next record; `false` at the end.
  ///
  /// After an error the rest of its line is passed over, and reading may go on.
  ///
  /// - Throws: ``CatalogueError``: too many rows, a line too long, a quote without its fellow or
  ///   where none may stand, bytes that are not UTF-8.
  package mutating func advance() throws(CatalogueError) -> Bool {
    guard next < bytes.count else { return false }
    (row, line) = (row + 1, nextLine)
    guard row <= rowLimit + 1 else {
      next = bytes.count
      throw .tooManyRows(limit: rowLimit)
    }
    cells.removeAll(keepingCapacity: true)
    let start = next
    var lineStart = next
    while true {
      try readCell(&lineStart)
      guard next < bytes.count, bytes[next] == delimiter else { break }
      next += 1
    }
    let end = next
    endLine()
    guard end - lineStart <= Self.lineLimit else {
      throw .lineTooLong(line: nextLine - 1, limit: Self.lineLimit)
    }
    guard String(validating: bytes[start..<end], as: UTF8.self) != nil else { throw .notUTF8 }
    return true
  }

  /// Reads up to the comma or the line's end.
  private mutating func readCell(_ lineStart: inout Int) throws(CatalogueError) {
    let (comma, quote) = (delimiter, UInt8(ascii: "\""))
    var start = next
    while next < bytes.count, bytes[next] == UInt8(ascii: " ") { next += 1 }
    guard next < bytes.count, bytes[next] == quote else {
      while next < bytes.count, bytes[next] != comma, !isLineEnd(bytes[next]) {
        if bytes[next] == quote { return try refuseQuote() }
        next += 1
      }
      cells.append((start..<next, false))
      return
    }
    let openLine = nextLine
    next += 1
    start = next
    var hasQuotes = false
    while true {
      guard next < bytes.count else { throw .unterminatedQuote(line: openLine) }
      if bytes[next] == quote {
        guard next + 1 < bytes.count, bytes[next + 1] == quote else { break }
        hasQuotes = true
        next += 2
      } else if isLineEnd(bytes[next]) {
        guard next - lineStart <= Self.lineLimit else {
          endLine()
          throw .lineTooLong(line: nextLine - 1, limit: Self.lineLimit)
        }
        endLine()
        lineStart = next
      } else {
        next += 1
      }
    }
    cells.append((start..<next, hasQuotes))
    next += 1
    while next < bytes.count, bytes[next] == UInt8(ascii: " ") { next += 1 }
    guard next == bytes.count || bytes[next] == comma || isLineEnd(bytes[next]) else {
      return try refuseQuote()
    }
  }

  private mutating func refuseQuote() throws(CatalogueError) {
    while next < bytes.count, !isLineEnd(bytes[next]) { next += 1 }
    endLine()
    throw .misplacedQuote(row: row)
  }

  private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  /// Passes over the line end that is next, if one is.
  private mutating func endLine() {
    nextLine += 1
    guard next < bytes.count else { return }
    let isPair =
      bytes[next] == UInt8(ascii: "\r") && next + 1 < bytes.count
      && bytes[next + 1] == UInt8(ascii: "\n")
    next += isPair ? 2 : 1
  }
}
