import MoodValues

/// Many songs in little memory: a column for each property, texts side by side.
///
/// About 80 bytes a song beside its name and id; artists, albums, genres and languages are kept once.
struct SongColumns: Sendable {
  private var names = Texts()
  private var ids = Texts()
  private var artists = Shared()
  private var albums = Shared()
  private var genres = Shared()
  private var languages = Shared()
  private var features: [[Float]] = Feature.allCases.map { _ in [] }
  private var years: [Int16] = []
  private var popularities: [UInt8] = []
  /// The category's place in `MoodCategory.allCases`, plus 4 where the catalogue itself says it.
  private var moods: [UInt8] = []
  /// 0 clean, 1 explicit, 2 unknown; 4 is added where the id is a Spotify id, 8 where
  /// numbers are estimates.
  private var flags: [UInt8] = []
  /// The positions by id: open addressing, the empty place is the largest number.
  private var slots = [UInt32](repeating: .max, count: 16)

  private enum Feature: Int, CaseIterable {
    case valence, energy, tempo, danceability, acousticness, loudness
    case instrumentalness, speechiness, liveness, lyricValence, duration
  }

  var count: Int { years.count }

  /// Adds a song, unless its id is taken.
  ///
  /// - Returns: `nil`, or the position of the song that has the id.
  mutating func append(_ song: Song) -> Int? {
    if 2 * (count + 1) > slots.count { grow() }
    let slot = slot(of: song.id)
    guard slots[slot] == .max else { return Int(slots[slot]) }
    slots[slot] = UInt32(count)
    add(song)
    return nil
  }

  /// Adds a song in place of the one that has its id, which stays behind without one.
  mutating func append(superseding song: Song) {
    if 2 * (count + 1) > slots.count { grow() }
    slots[slot(of: song.id)] = UInt32(count)
    add(song)
  }

  /// The same songs but those at some positions.
  func without(_ positions: Set<Int>) -> SongColumns {
    var columns = SongColumns()
    for position in 0..<count where !positions.contains(position) {
      _ = columns.append(song(at: position))
    }
    return columns
  }

  private mutating func add(_ song: Song) {
    names.append(song.name)
    ids.append(song.id)
    artists.append(song.artist)
    albums.append(song.album)
    genres.append(song.genre ?? "")
    languages.append(song.language ?? "")
    let values = [
      song.valence, song.energy, song.tempo, song.danceability, song.acousticness, song.loudness,
      song.instrumentalness, song.speechiness, song.liveness, song.lyricValence,
      song.duration,
    ]
    for (column, value) in values.enumerated() { features[column].append(value ?? .nan) }
    years.append(Int16(song.releaseYear ?? 0))
    popularities.append(UInt8(song.popularity))
    moods.append(0)
    flags.append(
      (song.isExplicit.map { $0 ? 1 : 0 } ?? 2) + (song.spotifyID == nil ? 0 : 4)
        + (song.isEstimated ? 8 : 0))
    setMood(song.mood, isLabelled: song.isLabelled, at: count - 1)
  }

  /// Files a song under another category.
  mutating func setMood(_ mood: MoodCategory, isLabelled: Bool, at position: Int) {
    let index = MoodCategory.allCases.firstIndex(of: mood) ?? 0
    moods[position] = UInt8(index) + (isLabelled ? 4 : 0)
  }

  /// The category of a song.
  func mood(at position: Int) -> MoodCategory { MoodCategory.allCases[Int(moods[position] & 3)] }

  /// Whether the catalogue itself files a song.
  func isLabelled(at position: Int) -> Bool { moods[position] >= 4 }

  /// The popularity of a song, 0...100.
  func popularity(at position: Int) -> UInt8 { popularities[position] }

  /// Whether the id of one song comes before that of another, by their UTF-8 bytes.
  func idPrecedes(_ left: Int, _ right: Int) -> Bool {
    ids.bytes(left).lexicographicallyPrecedes(ids.bytes(right))
  }

  /// Where the song with this id is.
  func position(ofID id: String) -> Int? {
    let found = slots[slot(of: id)]
    return found == .max ? nil : Int(found)
  }

  /// The song at a position.
  func song(at position: Int) -> Song {
    func feature(_ feature: Feature) -> Float? {
      let value = features[feature.rawValue][position]
      return value.isNaN ? nil : value
    }
    func optional(_ text: String) -> String? { text.isEmpty ? nil : text }
    let id = ids[position]
    let flag = flags[position]
    return Song(
      id: id, name: names[position], artist: artists[position], album: albums[position],
      mood: mood(at: position), isLabelled: isLabelled(at: position),
      popularity: Int(popularities[position]), spotifyID: flag & 4 != 0 ? id : nil,
      releaseYear: years[position] == 0 ? nil : Int(years[position]),
      genre: optional(genres[position]), language: optional(languages[position]),
      valence: feature(.valence), energy: feature(.energy), tempo: feature(.tempo),
      danceability: feature(.danceability), acousticness: feature(.acousticness),
      loudness: feature(.loudness), instrumentalness: feature(.instrumentalness),
      speechiness: feature(.speechiness), liveness: feature(.liveness),
      isExplicit: flag & 3 == 2 ? nil : flag & 3 == 1, lyricValence: feature(.lyricValence),
      duration: feature(.duration), isEstimated: flag & 8 != 0)
  }

  /// The place of an id, or the one where it belongs.
  private func slot(of id: String) -> Int {
    let mask = slots.count - 1
    var slot = id.hashValue & mask
    while slots[slot] != .max, !ids.equals(Int(slots[slot]), id) { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    slots = [UInt32](repeating: .max, count: 2 * slots.count)
    for position in 0..<count { slots[slot(of: ids[position])] = UInt32(position) }
  }

  /// Texts one after the other.
  private struct Texts: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = [0]

    mutating func append(_ text: String) {
      bytes.append(contentsOf: text.utf8)
      ends.append(UInt32(bytes.count))
    }

    mutating func finish() { (bytes, ends) = (SongColumns.exact(bytes), SongColumns.exact(ends)) }

    func bytes(_ index: Int) -> ArraySlice<UInt8> { bytes[Int(ends[index])..<Int(ends[index + 1])] }

    func equals(_ index: Int, _ text: String) -> Bool { bytes(index).elementsEqual(text.utf8) }

    subscript(index: Int) -> String { String(decoding: bytes(index), as: UTF8.self) }
  }

  /// Texts of which many are equal.
  private struct Shared: Sendable {
    private var texts: [String] = []
    private var numbers: [String: UInt32] = [:]
    private var used: [UInt32] = []

    mutating func append(_ text: String) {
      if let number = numbers[text] {
        used.append(number)
      } else {
        numbers[text] = UInt32(texts.count)
        used.append(UInt32(texts.count))
        texts.append(text)
      }
    }

    mutating func finish() {
      numbers = [:]
      used = SongColumns.exact(used)
    }

    subscript(index: Int) -> String { texts[Int(used[index])] }
  }

  /// Frees what only appending needs.
  mutating func finish() {
    names.finish()
    ids.finish()
    features = features.map(Self.exact)
    years = Self.exact(years)
    popularities = Self.exact(popularities)
    moods = Self.exact(moods)
    flags = Self.exact(flags)
    artists.finish()
    albums.finish()
    genres.finish()
    languages.finish()
  }

  /// A copy without the room that growing reserved.
  private static func exact<Element>(_ array: [Element]) -> [Element] {
    var copy: [Element] = []
    copy.reserveCapacity(array.count)
    copy.append(contentsOf: array)
    return copy
  }
}
