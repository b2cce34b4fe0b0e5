private import SwiftCSV

/// Comma-separated text, RFC 4180, that was checked where SwiftCSV does not look.
///
/// SwiftCSV 0.10 splits rows and cells and undoes the quotes. It never traps, but it takes an
/// unterminated quote for a cell, drops an empty last cell at the end of the text, pads short rows
/// to the longest, and goes by `Character`, so that a comma before a combining accent is no comma.
/// Its rows are therefore read unpadded, from a text that has none of these flaws.
struct CSVText {
  /// How many bytes a line may have, so that no row has more cells than that.
  static let lineLimit = 65_536

  private let text: String

  /// Takes `text` with or without a byte order mark, its lines ended by LF, CR LF or CR.
  ///
  /// - Throws: ``CatalogueError``: too many lines or too long a one, a quote without its fellow, a
  ///   fused separator.
  init(checking text: String, rowLimit: Int) throws(CatalogueError) {
    try Self.checkLinesAndQuotes(text, rowLimit: rowLimit)
    try Self.checkSeparators(text)
    // SwiftCSV drops an empty last cell unless its line ends.
    self.text = text + "\n"
  }

  /// Calls `body` with the cells of each row in order, the header and blank lines too.
  ///
  /// - Throws: ``CatalogueError/misplacedQuote(row:)``, after `body` has seen the rows before it.
  func forEachRow(_ body: @escaping ([String]) -> Void) throws(CatalogueError) {
    var row = 1
    do {
      let csv = try EnumeratedCSV(string: text, delimiter: .comma, loadColumns: false, rowLimit: 0)
      try csv.enumerateAsArray(startAt: 0, rowLimit: nil) { cells in
        body(cells)
        row += 1
      }
    } catch {
      throw .misplacedQuote(row: row)
    }
  }

  /// Goes over the bytes; quotes must pair up, as RFC 4180 has them open, close or doubled.
  private static func checkLinesAndQuotes(
    _ text: String, rowLimit: Int
  ) throws(CatalogueError) {
    let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    var (line, length, rows) = (1, 0, 0)
    var openQuote: Int?
    var previous: UInt8 = 0
    for byte in text.utf8 {
      length += 1
      guard length <= lineLimit else { throw .lineTooLong(line: line, limit: lineLimit) }
      if byte == UInt8(ascii: "\"") {
        openQuote = openQuote == nil ? line : nil
      } else if byte == lineFeed && previous == carriageReturn {
        length = 0
      } else if byte == lineFeed || byte == carriageReturn {
        (line, length) = (line + 1, 0)
        rows += openQuote == nil ? 1 : 0
      }
      // The header is a row more; a last row whose line does not end counts once it has begun.
      guard rows + (length > 0 ? 1 : 0) <= rowLimit + 1 || openQuote != nil else {
        throw .tooManyRows(limit: rowLimit)
      }
      previous = byte
    }
    if let openQuote { throw .unterminatedQuote(line: openQuote) }
  }

  /// Goes over the characters as SwiftCSV does; each separator must be one of its own.
  private static func checkSeparators(_ text: String) throws(CatalogueError) {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return }
    var line = 1
    for character in text {
      if character == "\n" || character == "\r\n" || character == "\r" {
        line += 1
      } else if character.utf8.count > 1 && character.unicodeScalars.contains(where: isSeparator) {
        throw .fusedSeparator(line: line)
      }
    }
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "," || scalar == "\"" || scalar == "\n" || scalar == "\r"
  }
}
