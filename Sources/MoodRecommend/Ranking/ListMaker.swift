import MoodValues

/// Makes a list of the songs that score best: varied, diverse, near the mood, and with reasons.
struct ListMaker {
  /// How many of the best songs a list is chosen from, at least.
  private static let shortlist = 512
  /// The deviation of the draws that make one list of a stranger differ from the next.
  private static let jitter = 0.06
  /// How boldly the weights of a whole list are drawn: the factor of the posterior's deviation.
  static let calmness = 0.4
  /// One song in so many may be there to learn from.
  static let exploresOneIn = 5
  /// How boldly Thompson sampling draws: the factor of the posterior's deviation.
  private static let boldness = 0.8

  let scoring: Scoring
  let posterior: LinearPosterior?
  let options: RecommendationOptions

  /// The list, with what had to be relaxed.
  func list(
    filter: CompiledFilter, rests: Set<Int>, using generator: inout some RandomNumberGenerator
  ) -> (songs: [RankedSong], notes: [RecommendationNote]) {
    let (index, count) = (scoring.index, options.count)
    guard count > 0 else { return ([], []) }
    let excluded = rests.union(
      options.excluded.compactMap { scoring.catalogue.position(ofID: $0) })
    let guardian = self.guardian(filter, excluded)
    let entries = scoring.best(max(Self.shortlist, 4 * count), floor: guardian.floor) {
      filter.accepts($0, index) && !excluded.contains($0)
    }
    // A listener's own weights were drawn; where there are none, the scores are.
    let scale = posterior == nil ? Double(options.variety) * Self.jitter : 0
    let varied = entries.map { entry in
      TopSongs.Entry(
        score: entry.score + Float(scale * LinearPosterior.normal(using: &generator)),
        position: entry.position)
    }
    let explored = explorations(entries, &generator)
    var diversity = Diversity(index: index, allowsRepeatedArtists: options.allowsRepeatedArtists)
    var chosen = diversity.choose(varied, count: count, last: explored)
    var notes: [RecommendationNote] = []
    if chosen.count < count, !options.filter.isEmpty, !options.allowsRepeatedArtists,
      entries.count > chosen.count
    {
      diversity.allowsRepeatedArtists = true
      chosen = diversity.choose(varied, count: count, last: explored)
      notes.append(.artistsRepeat)
    }
    let writer = self.writer(best: guardian.best)
    let songs = chosen.map { entry in
      ranked(
        entry, isExploration: explored.contains { $0.position == entry.position }, writer)
    }
    return (songs, self.notes(songs, guardian) + notes)
  }

  /// Songs that were chosen before, in their order, with today's scores, reasons and notes.
  func explained(
    _ positions: [Int], filter: CompiledFilter
  ) -> (songs: [RankedSong], notes: [RecommendationNote]) {
    let guardian = self.guardian(filter, [])
    let writer = self.writer(best: guardian.best)
    let songs = positions.map { position in
      let terms = scoring.terms(at: position, scoring.catalogue.song(at: position))
      let score = Float(terms.indices.reduce(0) { $0 + scoring.mean[$1] * terms[$1] })
      return ranked(
        TopSongs.Entry(score: score, position: position), isExploration: false, writer)
    }
    let artists = Set(positions.map { scoring.index.artist[$0] })
    let repeats = artists.count < positions.count && !options.allowsRepeatedArtists
    return (songs, notes(songs, guardian) + (repeats ? [.artistsRepeat] : []))
  }

  private func guardian(_ filter: CompiledFilter, _ excluded: Set<Int>) -> FitGuard {
    let index = scoring.index
    return FitGuard(
      scoring.fit, index, count: options.count,
      share: FitGuard.share(likes: scoring.listener.history.likes),
      oncePerArtist: !options.allowsRepeatedArtists, isFiltered: !options.filter.isEmpty,
      isRestricted: !excluded.isEmpty, passes: { filter.accepts($0, index) },
      isFree: { !excluded.contains($0) })
  }

  /// The songs that are there to learn from, one in five at most, best by weights that are drawn.
  private func explorations(
    _ entries: [TopSongs.Entry], _ generator: inout some RandomNumberGenerator
  ) -> [TopSongs.Entry] {
    guard let posterior, options.variety > 0 else { return [] }
    // A list too short for a fifth explores in that share of the lists.
    let fifths = Double(options.count) / Double(Self.exploresOneIn)
    let unit = Double(generator.next() >> 11) * 0x1p-53
    let count = Int(fifths) + (fifths < 1 && unit < fifths ? 1 : 0)
    guard count > 0 else { return [] }
    let weights = posterior.sample(scale: Self.boldness, using: &generator)
    // What was heard before is not new, but what is new must do better by the drawn weights.
    var heard = -Float.infinity
    var scored: [TopSongs.Entry] = []
    for entry in entries {
      let song = scoring.catalogue.song(at: entry.position)
      let terms = scoring.terms(at: entry.position, song)
      let score = Float(terms.indices.reduce(0) { $0 + weights[$1] * terms[$1] })
      if scoring.listener.history.songs[song.id] == nil {
        scored.append(TopSongs.Entry(score: score, position: entry.position))
      } else {
        heard = max(heard, score)
      }
    }
    scored.removeAll { $0.score < heard }
    var artists: Set<UInt32> = []
    return Array(
      scored.sorted { ($0.score, $1.position) > ($1.score, $0.position) }
        .filter { artists.insert(scoring.index.artist[$0.position]).inserted }.prefix(count))
  }

  private func writer(best: Float) -> ReasonWriter {
    ReasonWriter(
      mood: scoring.mood, fit: scoring.fit,
      likings: Likings(
        scoring.listener.history.verdicts, in: scoring.mood.mood, scoring.catalogue,
        scoring.index), best: best)
  }

  private func ranked(
    _ entry: TopSongs.Entry, isExploration: Bool, _ writer: ReasonWriter
  ) -> RankedSong {
    let (catalogue, index) = (scoring.catalogue, scoring.index)
    let song = catalogue.song(at: entry.position)
    let place = index.point(at: entry.position)
    let terms = scoring.terms(at: entry.position, song)
    let believed = terms.indices.reduce(0) { $0 + scoring.mean[$1] * terms[$1] }
    let reasons = writer.reasons(
      for: song, place: place, terms: terms, mean: scoring.mean,
      extra: Double(entry.score) - believed, isExploration: isExploration,
      suggestion: scoring.listener.suggestions[song.id]
    ) { catalogue.position(ofID: $0).map { catalogue.song(at: $0).name } }
    return RankedSong(
      song: song, score: entry.score, nearness: scoring.fit.nearness(place),
      isExploration: isExploration, reasons: reasons)
  }

  private func notes(_ songs: [RankedSong], _ guardian: FitGuard) -> [RecommendationNote] {
    var notes: [RecommendationNote] = []
    let fitting = songs.count { $0.nearness >= MoodAnswer.enough * guardian.best }
    if fitting < songs.count, scoring.listener.history.likes < FitGuard.likes {
      notes.append(.fewFit(fitting, of: songs.count, mood: scoring.mood.mood))
    }
    if songs.count < options.count {
      notes.append(.fewSongs(songs.count, wanted: options.count))
    }
    return notes
  }
}
