import MoodValues

/// The columns of a song list that are read, in CSV found by the header, in JSON Lines by the key;
/// others are passed over.
enum CatalogueColumn: Int, CaseIterable {
  case name, artist, album, id, mood, popularity, releaseDate, genre, language
  case valence, energy, tempo, danceability, acousticness, loudness
  case instrumentalness, speechiness, liveness, explicit, lyrics, duration, estimated

  /// The names in the header, in the order of `allCases`.
  static let names = [
    "name", "artist", "album", "id", "mood", "popularity", "release_date", "genre", "language",
    "valence", "energy", "tempo", "danceability", "acousticness", "loudness", "instrumentalness",
    "speechiness", "liveness", "explicit", "lyrics", "duration_ms", "estimated",
  ]

  /// Those without which a CSV file is refused.
  static let required: [CatalogueColumn] = [.name, .artist]

  /// The name in the header.
  var name: String { Self.names[rawValue] }

  /// Whether JSON is expected to have a number here.
  var isNumber: Bool {
    self == .popularity
      || self == .duration
      || (CatalogueColumn.valence.rawValue...CatalogueColumn.liveness.rawValue).contains(rawValue)
  }
}

/// What a song list says in one place.
enum CatalogueValue: Sendable {
  case text(String)
  case number(Double)
  case flag(Bool)

  /// The value as a CSV file would have it.
  var text: String {
    switch self {
    case .text(let text): text
    case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
    case .flag(let flag): "\(flag)"
    }
  }
}

/// One song as a list has it, before anything is checked.
struct CatalogueRow {
  /// The record's number: for CSV the header is row 1; blank lines count.
  private(set) var row: Int
  /// Whether a comma stands in decimal numbers, as where cells are parted by semicolons.
  var hasDecimalCommas = false
  private var values: [CatalogueValue?]

  init(row: Int) {
    self.row = row
    values = Array(repeating: nil, count: CatalogueColumn.names.count)
  }

  /// The same with another number.
  func numbered(_ row: Int) -> CatalogueRow {
    var copy = self
    copy.row = row
    return copy
  }

  subscript(column: CatalogueColumn) -> CatalogueValue? {
    get { values[column.rawValue] }
    set { values[column.rawValue] = newValue }
  }
}
