/// Writes RFC 4180.
package enum CSVWriter {
  /// One record with its line end, LF.
  ///
  /// - Parameters:
  ///   - cells: The texts; quoted where they hold a comma, a quote, a line break or outer spaces.
  ///   - neutralised: Whether a cell that a spreadsheet would take for a formula gets an apostrophe
  ///     before it; not for a file that is read back.
  /// - Returns: The record.
  package static func line(_ cells: [String], neutralised: Bool) -> String {
    cells.map { cell in
      let text = neutralised && isFormula(cell) ? "'" + cell : cell
      let bytes = text.utf8
      let space = UInt8(ascii: " ")
      let isPlain =
        bytes.first != space && bytes.last != space
        && !bytes.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
      return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }.joined(separator: ",") + "\n"
  }

  /// Whether a spreadsheet would compute the cell: a number is left as it is.
  private static func isFormula(_ cell: String) -> Bool {
    guard let first = cell.utf8.first, "=+-@\t\r".utf8.contains(first) else { return false }
    return Double(cell) == nil
  }

  /// The text with line breaks made spaces.
  static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}
