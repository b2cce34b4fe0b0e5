/// A list that does not say the same thing twice: maximal marginal relevance.
///
/// Carbonell & Goldstein 1998, "The use of MMR, diversity-based reranking",
/// <https://doi.org/10.1145/290941.291025>: the next song is the one with the largest
/// λ·score − (1 − λ)·max similarity to those already chosen, λ = 0.8.
struct Diversity {
  private static let relevance: Float = 0.8

  let index: SongIndex
  var allowsRepeatedArtists: Bool

  /// The first `count` songs of the reordered list; equals keep the order of `candidates`.
  ///
  /// Those of `last` have the last places, whatever their scores.
  ///
  /// - Complexity: O(`count` · number of candidates).
  func choose(
    _ candidates: [TopSongs.Entry], count: Int, last: [TopSongs.Entry] = []
  ) -> [TopSongs.Entry] {
    var rest = candidates.map { (entry: $0, similarity: Float(0), features: features($0)) }
    var chosen: [TopSongs.Entry] = []
    func worth(_ item: (entry: TopSongs.Entry, similarity: Float, features: [Float])) -> Float {
      Self.relevance * item.entry.score - (1 - Self.relevance) * item.similarity
    }
    let fixed = Set(last.map(\.position))
    let fixedArtists = Set(last.map { index.artist[$0.position] })
    rest.removeAll {
      fixed.contains($0.entry.position)
        || (!allowsRepeatedArtists && fixedArtists.contains(index.artist[$0.entry.position]))
    }
    while chosen.count < count - last.count, var best = rest.indices.first {
      for index in rest.indices.dropFirst() where worth(rest[index]) > worth(rest[best]) {
        best = index
      }
      let pick = rest.remove(at: best)
      chosen.append(pick.entry)
      if !allowsRepeatedArtists {
        let artist = index.artist[pick.entry.position]
        rest.removeAll { index.artist[$0.entry.position] == artist }
      }
      for index in rest.indices {
        let similarity = similarity(rest[index].entry, rest[index].features, pick)
        rest[index].similarity = max(rest[index].similarity, similarity)
      }
    }
    return chosen + candidates.filter { fixed.contains($0.position) }.prefix(count)
  }

  private func features(_ entry: TopSongs.Entry) -> [Float] { index.features(at: entry.position) }

  /// 0...1: half nearness of sound, 1 / (1 + mean squared difference), the rest artist and genre.
  private func similarity(
    _ entry: TopSongs.Entry, _ features: [Float],
    _ other: (entry: TopSongs.Entry, similarity: Float, features: [Float])
  ) -> Float {
    let squares = zip(features, other.features).reduce(Float(0)) {
      $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
    }
    let genre = index.genre[entry.position]
    let sameGenre = genre != 0 && genre == index.genre[other.entry.position]
    let sameArtist = index.artist[entry.position] == index.artist[other.entry.position]
    return 0.5 / (1 + squares / Float(features.count)) + (sameArtist ? 0.3 : 0)
      + (sameGenre ? 0.2 : 0)
  }
}
