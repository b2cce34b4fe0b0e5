private import Foundation

/// A checked list of songs, read from the report's CSV layout.
///
/// Columns are found by the name in the header, in any order; others are passed over. `name`,
/// `artist`, `mood` and `id` must be there; of these only `id` may have empty cells. `album`,
/// `popularity`, `release_date`, `genre`, `language`, `valence`, `energy`, `tempo`,
/// `danceability`, `acousticness` and `loudness` may be missing or empty; an album is then the
/// empty string, a popularity 0, the rest `nil`. The format is RFC 4180 in UTF-8; see
/// ``CatalogueError`` for what is refused.
///
/// The text is taken for hostile: it is limited in size, control characters are refused, line
/// breaks and tabs in a cell become spaces, and one bad row refuses the file.
public struct Catalogue: Sendable {
  /// How many bytes a song list may have: 64 MiB.
  public static let byteLimit = 64 << 20

  /// How many rows a song list may have below its header, blank lines included.
  public static let rowLimit = 1_000_000

  /// The songs in the file's order; at least one, each with an id of its own.
  public let songs: [Song]

  /// For each category the positions in `songs`, the most popular first, ties by id.
  private let ranking: [MoodCategory: [Int]]

  /// The position in `songs` of each id.
  private let positions: [String: Int]

  /// Reads a song list from text.
  ///
  /// - Throws: ``CatalogueError`` for the first thing that is wrong.
  /// - Complexity: O(n log n) for n songs.
  public init(csv text: String) throws(CatalogueError) {
    guard text.utf8.count <= Self.byteLimit else { throw .tooLarge(limit: Self.byteLimit) }
    let reader = CatalogueReader()
    let rows = try CSVText(checking: text, rowLimit: Self.rowLimit)
    let ending = Result { () throws(CatalogueError) in try rows.forEachRow(reader.read) }
    if let failure = reader.failure { throw failure }
    try ending.get()
    guard !reader.songs.isEmpty else { throw .noRows }
    self.init(songs: reader.songs)
  }

  /// Reads a song list from the bytes of a file.
  ///
  /// - Throws: ``CatalogueError`` for the first thing that is wrong.
  /// - Complexity: O(n log n) for n songs.
  public init(csv bytes: [UInt8]) throws(CatalogueError) {
    guard bytes.count <= Self.byteLimit else { throw .tooLarge(limit: Self.byteLimit) }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
    try self.init(csv: text)
  }

  /// Reads a song list from the file at `path`, of which no more than ``byteLimit`` is loaded.
  ///
  /// - Throws: ``CatalogueError`` for the first thing that is wrong.
  public init(contentsOf path: String) throws(CatalogueError) {
    let data: Data?
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      data = try file.read(upToCount: Self.byteLimit + 1)
    } catch {
      throw .unreadable(path: path)
    }
    try self.init(csv: Array(data ?? Data()))
  }

  /// Ranks songs that the reader has checked.
  private init(songs: [Song]) {
    self.songs = songs
    ranking = Dictionary(grouping: songs.indices) { songs[$0].mood }
      .mapValues { positions in
        positions.sorted { left, right in
          let (left, right) = (songs[left], songs[right])
          return (right.popularity, left.id) < (left.popularity, right.id)
        }
      }
    positions = Dictionary(uniqueKeysWithValues: songs.indices.map { (songs[$0].id, $0) })
  }

  /// The song with this id, if there is one.
  public subscript(id id: String) -> Song? { positions[id].map { songs[$0] } }

  /// Where the song with this id is in ``songs``, if there is one.
  public func position(ofID id: String) -> Int? { positions[id] }

  /// The positions in ``songs`` of a category's songs, the most popular first, ties by id.
  public func positions(in category: MoodCategory) -> [Int] { ranking[category] ?? [] }

  /// How many songs are filed under `category`.
  public func count(of category: MoodCategory) -> Int { ranking[category]?.count ?? 0 }

  /// The most popular songs of a category, the most popular first, ties by id.
  ///
  /// - Parameters:
  ///   - count: How many at most; fewer if the category is smaller.
  ///   - category: Where the songs are filed.
  /// - Returns: Different songs of that category.
  /// - Precondition: `count >= 0`.
  /// - Complexity: O(`count`).
  public func mostPopular(_ count: Int, in category: MoodCategory) -> [Song] {
    precondition(count >= 0, "count is \(count)")
    return (ranking[category] ?? []).prefix(count).map { songs[$0] }
  }
}
