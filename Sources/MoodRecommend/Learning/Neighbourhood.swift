/// Item–item collaborative filtering: songs go together if the same listeners think alike of them.
///
/// Sarwar, Karypis, Konstan & Riedl 2001, "Item-based collaborative filtering recommendation
/// algorithms", <https://doi.org/10.1145/371920.372071>: with d(u,i) a listener's mean reward for a
/// song minus the mean of all opinions, s(i,j) is the mean of d(u,i)·d(u,j) over the n listeners who
/// know both, by the root of the mean squares of d(u,i) and d(u,j) over those who know the one, times
/// n/(n + 5). The prediction is Σ s(i,j)·d(u,j) / (Σ |s(i,j)| + 1) over the listener's songs j. Sums
/// leave the listener out, so that a prediction never rests on what it is to predict.
///
/// What is read is bounded: the ``bestKnown`` songs, and for the listener's last ``ownSongs`` songs
/// of which something is thought, the ``neighbours`` songs that most others know as well.
struct Neighbourhood: Sendable {
  static let bestKnown = 512
  static let ownSongs = 32
  static let neighbours = 32

  /// What the other listeners think of a song, and what songs that go with it suggest.
  struct Suggestion: Sendable {
    /// Mean distance of the others' rewards from the mean of all, as if three of those had come
    /// before.
    var others = 0.0
    /// How many others know the song, and how many of them like it.
    var count = 0
    var liked = 0
    /// The collaborative prediction.
    var neighbours = 0.0
    /// The song of the listener's that speaks for it most, and how many others like both.
    var through: (song: String, liked: Int)?
    fileprivate var value = 0.0
    fileprivate var weight = 0.0
    fileprivate var strongest = 0.0
  }

  /// The suggestions for a listener, by song id; `only` is the one song of interest, if there is
  /// but one.
  static func suggestions(
    for listener: String, in store: any FeedbackStoring, opinions: [String: Int],
    only: String? = nil
  ) throws(FeedbackError) -> [String: Suggestion] {
    let members = try store.pairMembers(of: listener)
    let levels = Dictionary(members.songs.map { ($0.song, $0.level) }) { $1 }
    let own = members.songs.filter { $0.level != 0 && $0.song != only }.suffix(ownSongs)
    let pairs: [[SongPair]]
    if let only {
      // Each pair stands in both orders.
      let both = try store.pairs(with: [only], limit: neighbours * neighbours).first ?? []
      pairs = own.map { mine in
        both.filter { $0.song == mine.song }.map { $0.seen(from: only) }
      }
    } else {
      pairs = try store.pairs(with: own.map(\.song), limit: neighbours)
    }
    let near = only.map { [$0] } ?? pairs.flatMap { $0.map(\.song) }
    let known = try store.bestKnown(bestKnown)
    var totals: [String: SongTotal] = [:]
    let wanted = only == nil ? known : []
    for total in wanted + (try store.totals(of: Array(Set(near + own.map(\.song))))) {
      totals[total.song] = without(opinions[total.song], total)
    }
    // What is heard was chosen well: only what is liked better than that speaks for a song.
    let heard = known.reduce(into: (sum: 0, count: 0)) {
      $0 = ($0.sum + $1.sum, $0.count + $1.listeners)
    }
    let middle = Double(heard.sum) / Double(max(1, heard.count))
    var result: [String: Suggestion] = [:]
    for total in totals.values where total.listeners > 0 && (only == nil || total.song == only) {
      let above = Double(total.sum) - middle * Double(total.listeners)
      let mean = above / 20 / (Double(total.listeners) + 3)
      result[total.song] = Suggestion(others: mean, count: total.listeners, liked: total.liked)
    }
    for ((song, level), pairs) in zip(own, pairs) {
      guard let mine = totals[song], mine.squares > 0 else { continue }
      for pair in pairs where only == nil || pair.song == only {
        var pair = pair
        if let theirs = levels[pair.song] { pair.add(level, theirs, sign: -1) }
        guard pair.listeners > 0, let other = totals[pair.song], other.squares > 0 else { continue }
        let count = Double(pair.listeners)
        let product =
          Double(pair.product) / count - middle * (mine.mean + other.mean) + middle * middle
        let norm = (mine.spread(about: middle) * other.spread(about: middle)).squareRoot()
        let similarity = max(-1, min(1, product / norm)) * count / (count + 5)
        result[pair.song]?.add(similarity * (Double(level) - middle) / 20, abs(similarity))
        if level >= Opinion.likedLevel { result[pair.song]?.hear(song, pair.liked, similarity) }
      }
    }
    return result.mapValues { suggestion in
      var suggestion = suggestion
      suggestion.neighbours = suggestion.value / (suggestion.weight + 1)
      return suggestion
    }
  }

  private static func without(_ level: Int?, _ total: SongTotal) -> SongTotal {
    guard let level else { return total }
    var others = total
    others.change(from: level, to: nil)
    return others
  }
}

extension SongTotal {
  /// The mean level.
  fileprivate var mean: Double { Double(sum) / Double(listeners) }

  /// The mean squared distance of the levels from a middle.
  fileprivate func spread(about middle: Double) -> Double {
    max(1, Double(squares) / Double(listeners) - 2 * middle * mean + middle * middle)
  }
}

extension Neighbourhood.Suggestion {
  fileprivate mutating func add(_ value: Double, _ weight: Double) {
    self.value += value
    self.weight += weight
  }

  fileprivate mutating func hear(_ song: String, _ liked: Int, _ similarity: Double) {
    guard similarity > strongest else { return }
    (strongest, through) = (similarity, (song, liked))
  }
}
