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
  static let required: [CatalogueColumn] = [.name, .artist, .id]

  /// The name in the header.
  var name: String { Self.names[rawValue] }

  /// Whether JSON is expected to have a number here.
  var isNumber: Bool {
    self == .popularity
      || self == .duration
      || (CatalogueColumn.valence.rawValue...CatalogueColumn.liveness.rawValue).contains(rawValue)
  }
}

extension CatalogueColumn: CodingKey {
  var stringValue: String { name }
  var intValue: Int? { nil }
  init?(stringValue: String) {
    // The report's file calls the duration `length`.
    let stringValue = stringValue == "length" ? "duration_ms" : stringValue
    guard let index = Self.names.firstIndex(of: stringValue) else { return nil }
    self.init(rawValue: index)
  }
  init?(intValue: Int) { nil }
}

/// What a song list says in one place.
enum CatalogueValue {
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
