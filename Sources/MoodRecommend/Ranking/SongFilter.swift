/// Which songs may be recommended at all; an empty filter lets every song pass.
public struct SongFilter: Sendable, Equatable {
  /// Words of which a song's genre must contain one, in any case: `rock` lets `folk rock` pass.
  public var genres: [String]
  /// Artists of which one must perform it, in any case.
  public var artists: [String]
  /// Languages of which one must be sung, as the catalogue spells them.
  public var languages: [String]
  /// The years in which it may have come out; a song without a year does not pass.
  public var years: ClosedRange<Int>?
  /// Its beats a minute; a song without a tempo does not pass.
  public var tempo: ClosedRange<Float>?
  /// Whether songs that are known to be explicit are left out.
  public var leavesOutExplicit: Bool

  /// Whether every song passes.
  public var isEmpty: Bool { self == SongFilter() }

  /// Creates a filter.
  public init(
    genres: [String] = [], artists: [String] = [], languages: [String] = [],
    years: ClosedRange<Int>? = nil, tempo: ClosedRange<Float>? = nil,
    leavesOutExplicit: Bool = false
  ) {
    (self.genres, self.artists, self.languages) = (genres, artists, languages)
    (self.years, self.tempo, self.leavesOutExplicit) = (years, tempo, leavesOutExplicit)
  }
}

/// A filter whose texts were looked up in an index once, so that a song costs a few comparisons.
struct CompiledFilter {
  private let genres, artists, languages: [Bool]?
  private let filter: SongFilter

  init(_ filter: SongFilter, _ index: SongIndex) {
    func table(_ wanted: [String], _ texts: [String], _ fits: (String, String) -> Bool) -> [Bool]? {
      guard !wanted.isEmpty else { return nil }
      let wanted = wanted.map { $0.lowercased() }
      return texts.map { text in
        let text = text.lowercased()
        return !text.isEmpty && wanted.contains { fits(text, $0) }
      }
    }
    genres = table(filter.genres, index.genres.texts) { $0.contains($1) }
    artists = table(filter.artists, index.artists.texts, ==)
    languages = table(filter.languages, index.languages.texts, ==)
    self.filter = filter
  }

  func accepts(_ position: Int, _ index: SongIndex) -> Bool {
    if let genres, !genres[Int(index.genre[position])] { return false }
    if let artists, !artists[Int(index.artist[position])] { return false }
    if let languages, !languages[Int(index.language[position])] { return false }
    if let years = filter.years, !years.contains(Int(index.year[position])) { return false }
    // An unknown tempo is a NaN, which no range contains.
    if let tempo = filter.tempo, !tempo.contains(index.tempo[position / 8][position % 8]) {
      return false
    }
    return !(filter.leavesOutExplicit && index.explicitness[position] == 1)
  }
}
