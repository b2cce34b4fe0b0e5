import MoodValues

/// The columns that ranking reads: one array for each number, eight songs to an element.
///
/// 58 bytes a song. Texts stay in the catalogue; artists, genres and languages are numbers here.
struct SongIndex: Sendable {
  /// Eight songs side by side.
  typealias Lanes = SIMD8<Float>

  let count: Int
  /// Standardised features in the order of `AudioFeature.allCases`; 0, the mean, where unknown.
  private(set) var features: [[Lanes]]
  /// The songs' places.
  private(set) var valence, arousal: [Lanes]
  /// ½ + ½ · confidence of the place.
  private(set) var trust: [Lanes]
  /// Popularity, 0...1.
  private(set) var popularity: [Lanes]
  /// Beats a minute; NaN where unknown.
  private(set) var tempo: [Lanes]
  private(set) var artist: [UInt32] = []
  private(set) var genre: [UInt32] = []
  private(set) var language: [UInt16] = []
  private(set) var year: [Int16] = []
  /// 0 clean, 1 explicit, 2 unknown.
  private(set) var explicitness: [UInt8] = []
  private(set) var artists = Interned()
  private(set) var genres = Interned()
  private(set) var languages = Interned()
  let scale: FeatureScale

  /// Texts with numbers in the order of their first use; number 0 stands for none.
  struct Interned: Sendable {
    private(set) var texts: [String] = [""]
    private var numbers: [String: Int] = ["": 0]

    mutating func number(of text: String?) -> Int {
      guard let text else { return 0 }
      if let known = numbers[text] { return known }
      numbers[text] = texts.count
      texts.append(text)
      return texts.count - 1
    }

    /// Frees what only numbering needs.
    mutating func finish() { numbers = [:] }
  }

  /// Goes twice over the catalogue: once for the scale, once for the columns.
  ///
  /// - Complexity: O(n).
  init(_ catalogue: some SongCatalogue) {
    count = catalogue.songCount
    let positions = 0..<count
    scale = FeatureScale(positions.lazy.map { catalogue.song(at: $0) })
    let blocks = (count + 7) / 8
    let empty = [Lanes](repeating: .zero, count: blocks)
    features = AudioFeature.allCases.map { _ in empty }
    (valence, arousal, trust, popularity) = (empty, empty, empty, empty)
    tempo = [Lanes](repeating: .init(repeating: .nan), count: blocks)
    artist.reserveCapacity(count)
    genre.reserveCapacity(count)
    language.reserveCapacity(count)
    year.reserveCapacity(count)
    explicitness.reserveCapacity(count)
    for position in positions { append(catalogue.song(at: position), position) }
    artists.finish()
    genres.finish()
    languages.finish()
  }

  private mutating func append(_ song: Song, _ position: Int) {
    let (block, lane) = (position / 8, position % 8)
    var standardised: [Float] = []
    for feature in AudioFeature.allCases {
      let value = scale.standardised(feature, of: song)
      standardised.append(value ?? .nan)
      features[feature.rawValue][block][lane] = value ?? 0
    }
    let place = SongAffect(
      standardised: standardised, lyricValence: song.lyricValence, category: song.mood,
      isLabelled: song.isLabelled)
    valence[block][lane] = place.valence
    arousal[block][lane] = place.arousal
    trust[block][lane] = 0.5 + 0.5 * place.confidence
    popularity[block][lane] = Float(song.popularity) / 100
    tempo[block][lane] = song.tempo ?? .nan
    artist.append(UInt32(artists.number(of: song.artist)))
    genre.append(UInt32(genres.number(of: song.genre)))
    language.append(UInt16(clamping: languages.number(of: song.language)))
    year.append(Int16(song.releaseYear ?? 0))
    explicitness.append(song.isExplicit.map { $0 ? 1 : 0 } ?? 2)
  }

  /// The standardised features of one song, 0 where unknown.
  func features(at position: Int) -> [Float] {
    features.map { $0[position / 8][position % 8] }
  }

  /// Where one song lies.
  func point(at position: Int) -> MoodPoint {
    let (block, lane) = (position / 8, position % 8)
    return MoodPoint(valence: valence[block][lane], arousal: arousal[block][lane])
  }
}
