/// Songs that a ``Recommender`` can choose from; ``Catalogue`` is the one that reads files.
public protocol SongCatalogue: Sendable {
  /// How many songs there are; their positions are 0..<`songCount`.
  var songCount: Int { get }
  /// The song at a position.
  func song(at position: Int) -> Song
  /// Where the song with this id is, if there is one.
  func position(ofID id: String) -> Int?
  /// The songs of a category, the most popular first, ties by id.
  func positions(in category: MoodCategory) -> [Int]
}

extension Catalogue: SongCatalogue {
  /// How many songs there are.
  public var songCount: Int { songs.count }
  /// The song at a position of ``songs``.
  public func song(at position: Int) -> Song { songs[position] }
}

extension SongCatalogue where Self == Catalogue {
  /// The song list that is built into the library.
  public static var standard: Catalogue { Catalogue.standard }
}
