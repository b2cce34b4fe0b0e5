/// Writes RFC 4180.
public enum CSVWriter {
  /// One record with its line end, LF.
  ///
  /// - Parameters:
  ///   - cells: The texts; quoted where they hold a comma, a quote, a line break or outer spaces.
  ///   - neutralised: Whether a cell that a spreadsheet would take for a formula gets an apostrophe
  ///     before it; not for a file that is read back.
  /// - Returns: The record.
  public static func line(_ cells: [String], neutralised: Bool) -> String {
    cells.map { cell in
      let isFormula = cell.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) }
      let isNumber = Double(cell) != nil
      let text = neutralised && isFormula == true && !isNumber ? "'" + cell : cell
      let isPlain =
        !text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) } && text.first != " "
        && text.last != " "
      return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }.joined(separator: ",") + "\n"
  }

  /// The text with line breaks made spaces.
  static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}
