private import Foundation

/// A checked list of songs, read from CSV in the report's layout or from JSON Lines.
///
/// Columns are found by the name in the header (or the key), in any order; others are passed over.
/// `name`, `artist` and `id` must be there; of these only `id` may have empty cells. `mood` may be
/// empty where `valence` or `energy` is known: the category is then worked out.
/// `album`, `popularity`, `release_date`, `genre`, `language`, `valence`, `energy`, `tempo`,
/// `danceability`, `acousticness`, `loudness`, `instrumentalness`, `speechiness`, `liveness`,
/// `explicit` and `lyrics` may be missing or empty; an album is then the empty string, a popularity
/// 0, the rest `nil`. CSV is RFC 4180 in UTF-8 or UTF-16; see ``CatalogueError`` for what is refused.
/// Of songs with one id the more popular is kept.
///
/// The text is taken for hostile: it is limited in size, control characters are refused, line
/// breaks and tabs in a cell become spaces, and one bad row refuses the file unless bad rows are to
/// be passed over.
public struct Catalogue: Sendable {
  /// How many bytes a song list may have: 384 MiB.
  public static let byteLimit = 384 << 20

  /// How many rows a song list may have below its header, blank lines included.
  public static let rowLimit = 1_000_000

  /// How the list is written.
  public enum Format: String, Sendable, CaseIterable {
    /// RFC 4180 with a header.
    case csv
    /// A JSON object a line.
    case jsonl

    /// The format by a file name's extension; CSV unless it is `jsonl` or `ndjson`.
    public init(path: String) {
      let name = path.lowercased()
      self = name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") ? .jsonl : .csv
    }
  }

  private let columns: SongColumns

  /// For each category in the order of `MoodCategory.allCases` the positions of its songs, the most
  /// popular first, ties by id.
  private let ranking: [[Int]]

  /// How the list was understood; nothing is said of songs that were made.
  public private(set) var report = CatalogueReport()

  /// Positions by other ids that songs had.
  private var aliases: [String: Int] = [:]

  /// Reads a song list from text.
  ///
  /// - Throws: ``CatalogueError`` for the first thing that is wrong.
  /// - Complexity: O(n log n) for n songs.
  public init(csv text: String) throws(CatalogueError) { try self.init(csv: Array(text.utf8)) }

  /// Reads a song list from the bytes of a CSV file.
  ///
  /// - Throws: ``CatalogueError`` for the first thing that is wrong.
  /// - Complexity: O(n log n) for n songs.
  public init(csv bytes: [UInt8]) throws(CatalogueError) { try self.init(bytes, as: .csv) }

  /// Reads a song list from bytes.
  ///
  /// - Parameters:
  ///   - bytes: The text in UTF-8 or UTF-16.
  ///   - format: How it is written.
  ///   - skipped: Takes what is wrong with each bad row, which is then passed over; without it,
  ///     the first one refuses the list.
  /// - Throws: ``CatalogueError`` for the first thing that is wrong, or makes the rest unreadable.
  /// - Complexity: O(n log n) for n songs.
  public init(
    _ bytes: [UInt8], as format: Format, skipped: ((CatalogueProblem) -> Void)? = nil
  ) throws(CatalogueError) {
    guard bytes.count <= Self.byteLimit else { throw .tooLarge(limit: Self.byteLimit) }
    var reader = CatalogueReader()
    try Self.read(bytes, as: format, &reader, skipped)
    let columns = reader.songs
    guard columns.count > 0 else { throw .noRows }
    self.init(columns)
    report = reader.report
  }

  /// Reads a song list from the file at `path`, of which no more than ``byteLimit`` is loaded.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - format: How it is written; `nil` goes by the file's name.
  ///   - skipped: Takes what is wrong with each bad row, which is then passed over; without it,
  ///     the first one refuses the list.
  /// - Throws: ``CatalogueError`` for the first thing that is wrong.
  public init(
    contentsOf path: String, as format: Format? = nil,
    skipped: ((CatalogueProblem) -> Void)? = nil
  ) throws(CatalogueError) {
    var bytes: [UInt8] = []
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      // Piece by piece: the text is not in memory twice.
      while bytes.count <= Self.byteLimit, let piece = try file.read(upToCount: 1 << 24),
        !piece.isEmpty
      { bytes.append(contentsOf: piece) }
    } catch {
      throw .unreadable(path: path)
    }
    try self.init(bytes, as: format ?? Format(path: path), skipped: skipped)
  }

  /// Files songs without a mood, and ranks all.
  init(_ read: SongColumns) {
    var columns = read
    columns.finish()
    MoodLabels.complete(&columns)
    var ranking = [[Int]](repeating: [], count: MoodCategory.allCases.count)
    for (index, category) in MoodCategory.allCases.enumerated() {
      ranking[index] = (0..<columns.count).filter { columns.mood(at: $0) == category }
        .sorted { left, right in
          let (more, less) = (columns.popularity(at: left), columns.popularity(at: right))
          return more == less ? columns.idPrecedes(left, right) : more > less
        }
    }
    (self.columns, self.ranking) = (columns, ranking)
  }

  /// The songs in the file's order; at least one, each with an id of its own.
  public var songs: Songs { Songs(columns: columns) }

  /// The songs of a catalogue, each made from its columns when it is asked for.
  public struct Songs: RandomAccessCollection, Sendable {
    let columns: SongColumns
    /// The first position, 0.
    public var startIndex: Int { 0 }
    /// The number of songs.
    public var endIndex: Int { columns.count }
    /// The song at a position.
    public subscript(position: Int) -> Song {
      precondition(indices.contains(position), "no song at \(position)")
      return columns.song(at: position)
    }
  }

  /// The song with this id, if there is one.
  public subscript(id id: String) -> Song? { position(ofID: id).map { songs[$0] } }

  /// Where the song with this id is in ``songs``, if there is one.
  public func position(ofID id: String) -> Int? {
    columns.position(ofID: id) ?? aliases[id]
  }

  /// The same list, whose songs with Spotify ids are also found by an id of artist and name.
  func knownBySlugs() -> Catalogue {
    var copy = self
    for (position, song) in songs.enumerated() where song.spotifyID != nil {
      copy.aliases[Slug.id(artist: song.artist, name: song.name)] = position
    }
    return copy
  }

  /// The positions in ``songs`` of a category's songs, the most popular first, ties by id.
  public func positions(in category: MoodCategory) -> [Int] {
    MoodCategory.allCases.firstIndex(of: category).map { ranking[$0] } ?? []
  }

  /// How many songs are filed under `category`.
  public func count(of category: MoodCategory) -> Int { positions(in: category).count }

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
    return positions(in: category).prefix(count).map { songs[$0] }
  }
}

/// What is wrong with a row that was passed over.
public struct CatalogueProblem: Sendable, Equatable {
  /// The line of the file that the row begins in, from 1.
  public let line: Int
  /// What is wrong.
  public let error: CatalogueError
}
