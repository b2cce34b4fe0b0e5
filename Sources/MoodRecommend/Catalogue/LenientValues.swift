import MoodValues

/// What other programs' lists mean by their cells.
enum LenientValues {
  /// Words for nothing.
  private static let nothing: Set = ["nan", "na", "n/a", "null", "none", "-"]

  /// A row in this package's words: moods in their spelling, ids without addresses, dates without
  /// times, artists parted by commas, decimal points.
  static func understood(_ row: CatalogueRow) -> CatalogueRow {
    var row = row
    for column in CatalogueColumn.allCases {
      guard case .text(let raw) = row[column] else { continue }
      let text = CleanText.trimmed(raw)
      switch column {
      case .name, .album, .lyrics: continue
      case .artist: row[column] = .text(artists(text))
      case .genre, .language:
        if nothing.contains(text.lowercased()) { row[column] = nil }
      case .mood:
        let mood = MoodCategory.allCases.first { $0.rawValue.lowercased() == text.lowercased() }
        row[column] = nothing.contains(text.lowercased()) ? nil : .text(mood?.rawValue ?? text)
      case .id: row[column] = nothing.contains(text.lowercased()) ? nil : .text(id(text))
      case .releaseDate:
        row[column] = nothing.contains(text.lowercased()) ? nil : .text(date(text))
      default:
        let isNothing = nothing.contains(text.lowercased())
        row[column] = isNothing ? nil : .text(number(text, row.hasDecimalCommas))
      }
    }
    return row
  }

  /// The column of an error that a list may leave empty.
  static func optionalColumn(of error: CatalogueError) -> CatalogueColumn? {
    switch error {
    case .badNumber(_, let column, _), .badDate(_, let column, _):
      CatalogueColumn.allCases.first { $0.name == column }
    case .badSpotifyID: .id
    case .cellTooLong(_, let column, _):
      CatalogueColumn.allCases.first { $0.name == column }.flatMap {
        $0 == .name || $0 == .artist ? nil : $0
      }
    default: nil
    }
  }

  /// `['A', 'B']` and `A;B` as `A, B`.
  private static func artists(_ text: String) -> String {
    guard text.hasPrefix("["), text.hasSuffix("]") else {
      return text.split(separator: ";").map { CleanText.trimmed(String($0)) }
        .filter { !$0.isEmpty }.joined(separator: ", ")
    }
    var names: [String] = []
    var open: Character?
    var name = ""
    for character in text.dropFirst().dropLast() {
      if let quote = open {
        if character == quote {
          names.append(name)
          (open, name) = (nil, "")
        } else {
          name.append(character)
        }
      } else if character == "'" || character == "\"" {
        open = character
      }
    }
    return names.isEmpty ? text : names.joined(separator: ", ")
  }

  /// The id in `spotify:track:ID` and `https://open.spotify.com/track/ID?si=…`.
  private static func id(_ text: String) -> String {
    for start in ["spotify:track:", "https://open.spotify.com/track/"] where text.hasPrefix(start) {
      return String(text.dropFirst(start.count).prefix { $0 != "?" && $0 != "/" })
    }
    return text
  }

  /// The day of `2001-02-03 00:00:00` and `2001-02-03T00:00:00Z`, the year of `1999.0`.
  private static func date(_ text: String) -> String {
    if text.hasSuffix(".0") { return String(text.dropLast(2)) }
    return String(text.prefix { $0 != " " && $0 != "T" })
  }

  private static func number(_ text: String, _ hasDecimalCommas: Bool) -> String {
    hasDecimalCommas && !text.contains(".") ? text.replacing(",", with: ".") : text
  }
}
