import CommandSupport
import MoodRecommend

extension CatalogueReport {
  /// How the list was understood, for a person.
  var lines: [String] {
    let parted: [Character: String] = [",": "commas", ";": "semicolons", "\t": "tabs"]
    let cells = parted[separator] ?? "\(separator)"
    let kind = format == .csv ? "CSV with \(cells) between cells" : "JSON Lines"
    let width = min(30, columns.map(\.name.count).max() ?? 0)
    let names = columns.map { column in
      let name = FilePath.shown(column.name)
      let blanks = String(repeating: " ", count: max(0, width - name.count))
      return "  \(name)\(blanks)  "
        + (column.meaning.map { "is read as \($0)" } ?? "is passed over")
    }
    return ["\(kind), \(encoding.rawValue)"] + names + losses
  }

  /// What of the list is not kept.
  var losses: [String] {
    var lines: [String] = []
    let cells = ignoredCells.values.reduce(0, +)
    if cells > 0 {
      let parts = ignoredCells.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      lines.append(
        "Cells that make no sense and count as empty: \(cells) (\(parts.joined(separator: ", "))).")
    }
    if duplicates > 0 {
      lines.append("Rows with a song that stands earlier: \(duplicates); the more popular is kept.")
    }
    return lines
  }
}
