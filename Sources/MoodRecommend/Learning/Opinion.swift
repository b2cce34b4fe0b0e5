/// What one listener thinks of one song, over all feedback on it.
public struct Opinion: Sendable, Equatable {
  /// Who.
  public let listener: String
  /// The song's id.
  public let song: String
  /// How many rewards were given.
  public var count: Int
  /// Their sum.
  public var sum: Double

  /// Creates an opinion.
  public init(listener: String, song: String, count: Int, sum: Double) {
    (self.listener, self.song, self.count, self.sum) = (listener, song, count, sum)
  }

  /// The mean reward in twentieths from the middle, −10 (disliked) ... 10 (liked): a whole number,
  /// so that sums of it can be taken back exactly.
  public var level: Int { Self.level(count: count, sum: sum) }

  /// The level of some rewards; 0 for none.
  public static func level(count: Int, sum: Double) -> Int {
    count > 0 ? max(-10, min(10, Int(((sum / Double(count) - 0.5) * 20).rounded()))) : 0
  }

  /// The level from which a song counts as liked: a mean reward of 0.75, which nothing but likes
  /// and four or five stars can reach.
  public static let likedLevel = 5
}

/// What all listeners together think of one song.
public struct SongTotal: Sendable, Equatable {
  /// The song's id.
  public let song: String
  /// How many listeners know it, and how many of them like it.
  public internal(set) var listeners, liked: Int
  /// Σ of the opinions' levels, and Σ of their squares.
  public internal(set) var sum, squares: Int

  /// Creates a total.
  public init(song: String, listeners: Int = 0, liked: Int = 0, sum: Int = 0, squares: Int = 0) {
    (self.song, self.listeners, self.liked) = (song, listeners, liked)
    (self.sum, self.squares) = (sum, squares)
  }

  /// The same after one listener's opinion changed; `nil` stands for none.
  public mutating func change(from old: Int?, to new: Int?) {
    for (level, sign) in [(old, -1), (new, 1)] {
      guard let level else { continue }
      listeners += sign
      liked += level >= Opinion.likedLevel ? sign : 0
      sum += sign * level
      squares += sign * level * level
    }
  }
}

/// How a song goes with another: what the listeners who know both think.
public struct SongPair: Sendable, Equatable {
  /// The other song's id.
  public let song: String
  /// How many listeners know both, and how many like both.
  public internal(set) var listeners, liked: Int
  /// Σ of the products of their levels.
  public internal(set) var product: Int

  /// Creates a pair.
  public init(song: String, listeners: Int = 0, liked: Int = 0, product: Int = 0) {
    (self.song, self.listeners, self.liked, self.product) = (song, listeners, liked, product)
  }

  /// The same numbers under the other song of the two.
  func seen(from other: String) -> SongPair {
    SongPair(song: other, listeners: listeners, liked: liked, product: product)
  }

  /// Takes in, or takes back, one listener's two opinions.
  public mutating func add(_ level: Int, _ other: Int, sign: Int) {
    listeners += sign
    liked += min(level, other) >= Opinion.likedLevel ? sign : 0
    product += sign * level * other
  }
}

/// The songs of one listener that count in pairs: the ``limit`` that came last.
///
/// So that what one piece of feedback changes, and what one recommendation reads, is bounded.
public struct PairMembers: Sendable, Equatable {
  /// How many songs of one listener go into pairs.
  public static let limit = 64

  /// The songs with their levels, the one that came first first.
  public private(set) var songs: [(song: String, level: Int)] = []

  /// Creates the list, as it was kept.
  public init(_ songs: [(song: String, level: Int)] = []) { self.songs = songs }

  /// The changes of pairs that a changed opinion brings, as calls of `change(song, other, level,
  /// level of the other, sign)`, one for each two songs.
  public mutating func set(
    _ song: String, to level: Int,
    change: (String, String, Int, Int, Int) throws -> Void
  ) rethrows {
    if let old = songs.firstIndex(where: { $0.song == song }) {
      let before = songs[old].level
      songs[old].level = level
      guard before != level else { return }
      for (other, theirs) in songs where other != song {
        try change(song, other, before, theirs, -1)
        try change(song, other, level, theirs, 1)
      }
      return
    }
    if songs.count == Self.limit {
      let first = songs.removeFirst()
      for (other, theirs) in songs { try change(first.song, other, first.level, theirs, -1) }
    }
    for (other, theirs) in songs { try change(song, other, level, theirs, 1) }
    songs.append((song, level))
  }

  /// Takes one song back.
  public mutating func remove(
    _ song: String, change: (String, String, Int, Int, Int) throws -> Void
  ) rethrows {
    guard let place = songs.firstIndex(where: { $0.song == song }) else { return }
    let gone = songs.remove(at: place)
    for (other, theirs) in songs { try change(song, other, gone.level, theirs, -1) }
  }

  /// Takes all back.
  public mutating func removeAll(change: (String, String, Int, Int, Int) throws -> Void) rethrows {
    while let (song, level) = songs.popLast() {
      for (other, theirs) in songs { try change(song, other, level, theirs, -1) }
    }
  }

  /// Whether two lists hold the same.
  public static func == (left: PairMembers, right: PairMembers) -> Bool {
    left.songs.elementsEqual(right.songs, by: ==)
  }
}
