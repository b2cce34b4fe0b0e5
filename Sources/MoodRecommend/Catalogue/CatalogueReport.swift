/// How a song list was understood.
public struct CatalogueReport: Sendable, Equatable {
  /// A column of the header; in JSON Lines a key of the first object.
  public struct Column: Sendable, Equatable {
    /// Its name in the list.
    public let name: String
    /// The name of the column it is read as; nil if it is passed over.
    public let meaning: String?
  }

  /// CSV or JSON Lines.
  public internal(set) var format = Catalogue.Format.csv
  /// How its text is written.
  public internal(set) var encoding = CatalogueEncoding.utf8
  /// What stands between two cells of a row.
  public internal(set) var separator: Character = ","
  /// Every column in the list's order.
  public internal(set) var columns: [Column] = []
  /// How many cells that may be empty made no sense and count as empty, by column.
  public internal(set) var ignoredCells: [String: Int] = [:]
  /// How many rows have a song that stood in an earlier one; the more popular of them is kept.
  public internal(set) var duplicates = 0
}
