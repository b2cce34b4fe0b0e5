import MoodValues

/// One mood and one listener over a whole index.
struct Scoring {
  let catalogue: any SongCatalogue
  let index: SongIndex
  let mood: MoodDistribution
  let listener: Listener
  let fit: MoodFit
  let mean, drawn: [Double]
  private let point: MoodPoint
  private let model: ScoreModel

  init(
    catalogue: any SongCatalogue, index: SongIndex, mood: MoodDistribution, goal: Goal,
    mean: [Double], drawn: [Double]? = nil, listener: Listener
  ) {
    (self.catalogue, self.index, self.mood) = (catalogue, index, mood)
    (self.mean, self.drawn, self.listener) = (mean, drawn ?? mean, listener)
    point = mood.point
    fit = MoodFit(mood, goal: goal)
    model = ScoreModel(weights: drawn ?? mean, mood: point)
  }

  /// The best songs by score of those that pass and are as near as the floor, best first.
  ///
  /// All songs are scored by the terms that all have; those of which more is known (heard before,
  /// by a known artist, of a known genre, judged by others) then by every term.
  func best(_ limit: Int, floor: Float, accepts: (Int) -> Bool) -> [TopSongs.Entry] {
    var top = TopSongs(limit: limit) { [catalogue] in catalogue.song(at: $0).id }
    let bonus = Bonus(self)
    var extras = bonus.songs[...]
    for block in 0..<(index.count + 7) / 8 {
      let first = block * 8
      let near = fit.nearness(index.valence[block], index.arousal[block])
      while let extra = extras.first, extra.position < first { extras.removeFirst() }
      guard any(near .>= floor) else { continue }
      let scores = model(
        index, block: block,
        moodFit: fit(index.valence[block], index.arousal[block], index.trust[block]))
      // Nothing but the songs of `extras` can gain more than artist and genre give at most.
      let least = top.threshold - bonus.most
      let hasExtra = extras.first.map { $0.position < first + 8 } ?? false
      guard hasExtra || any(scores .>= least) else { continue }
      for lane in 0..<min(8, index.count - first) {
        let position = first + lane
        var extra: Float = 0
        if hasExtra, let next = extras.first, next.position == position {
          extra = next.value
          extras.removeFirst()
        }
        guard near[lane] >= floor, scores[lane] + max(0, extra) >= least else { continue }
        let score = scores[lane] + extra + bonus.value(at: position, index)
        guard score >= top.threshold, accepts(position) else { continue }
        top.insert(TopSongs.Entry(score: score, position: position))
      }
    }
    return top.sorted
  }

  /// Every term of one song's score.
  func terms(at position: Int, _ song: Song) -> [Double] {
    let (block, lane) = (position / 8, position % 8)
    let features = index.features(at: position).map(Double.init)
    let heard = fit(index.valence[block], index.arousal[block], index.trust[block])[lane]
    let known = listener.history.terms(of: song)
    let suggestion = listener.suggestions[song.id]
    let tastes = ScoreTerms.moodFeatures.map { features[$0.rawValue] }
    return [1, Double(heard), Double(index.popularity[block][lane])] + features
      + tastes.map { $0 * Double(point.valence) } + tastes.map { $0 * Double(point.arousal) }
      + [
        known.song, known.artist, known.genre, suggestion?.others ?? 0, suggestion?.neighbours ?? 0,
      ]
  }

  /// What history and the others add to the scores, looked up by number.
  private struct Bonus {
    /// What single songs get, in order of position, so that scoring goes along with it.
    private(set) var songs: [(position: Int, value: Float)] = []
    private var artists, genres: [Float]?
    /// The most that an artist and a genre give together, at least 0.
    private(set) var most: Float = 0

    init(_ scoring: Scoring) {
      let (weights, listener) = (scoring.drawn, scoring.listener)
      var sums: [Int: Float] = [:]
      func add(_ id: String, _ value: Double) {
        guard let position = scoring.catalogue.position(ofID: id) else { return }
        sums[position, default: 0] += Float(value)
      }
      for (id, tally) in listener.history.songs {
        add(id, weights[ScoreTerms.song] * tally.mean(prior: 1))
      }
      for (id, suggestion) in listener.suggestions {
        add(
          id,
          weights[ScoreTerms.others] * suggestion.others
            + weights[ScoreTerms.neighbours] * suggestion.neighbours)
      }
      songs = sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      addArtistsAndGenres(scoring)
    }

    /// Finds artists and genres by the songs that were heard: never by going over all.
    private mutating func addArtistsAndGenres(_ scoring: Scoring) {
      let (index, history) = (scoring.index, scoring.listener.history)
      guard !history.artists.isEmpty else { return }
      var artists = [Float](repeating: 0, count: index.artists.texts.count)
      var genres = [Float](repeating: 0, count: index.genres.texts.count)
      for id in history.songs.keys {
        guard let position = scoring.catalogue.position(ofID: id) else { continue }
        let (artist, genre) = (Int(index.artist[position]), Int(index.genre[position]))
        artists[artist] = Float(
          scoring.drawn[ScoreTerms.artist]
            * (history.artists[index.artists.texts[artist]]?.mean(prior: 2) ?? 0))
        genres[genre] = Float(
          scoring.drawn[ScoreTerms.genre]
            * (history.genres[index.genres.texts[genre]]?.mean(prior: 4) ?? 0))
      }
      // A little more, as sums are rounded.
      most = max(0, artists.max() ?? 0) + max(0, genres.max() ?? 0) + 1e-5
      (self.artists, self.genres) = (artists, genres)
    }

    func value(at position: Int, _ index: SongIndex) -> Float {
      (artists?[Int(index.artist[position])] ?? 0) + (genres?[Int(index.genre[position])] ?? 0)
    }
  }
}
