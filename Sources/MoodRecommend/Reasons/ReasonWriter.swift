import MoodValues

/// Turns the terms of one song's score into reasons; what is not certain enough goes untold.
struct ReasonWriter {
  /// What adds less than this to the score is not told.
  private static let smallest = 0.01

  let mood: MoodDistribution
  let fit: MoodFit
  let likings: Likings
  /// What the best songs of the catalogue reach.
  let best: Float

  /// The reasons, the weightiest first; their contributions and the constant make up the score.
  ///
  /// `mean` is believed, `extra` is what draws added to the score.
  func reasons(
    for song: Song, place: MoodPoint, terms: [Double], mean: [Double], extra: Double,
    isExploration: Bool, suggestion: Neighbourhood.Suggestion?,
    name: (String) -> String?
  ) -> [Reason] {
    func one(_ term: Int) -> Double { mean[term] * terms[term] }
    var told: [Reason] = []
    var rest = extra
    func add(_ kind: Reason.Kind, _ contribution: Double, _ fact: ReasonFact?) {
      guard let fact, abs(contribution) >= Self.smallest else {
        rest += contribution
        return
      }
      told.append(Reason(kind: kind, contribution: Float(contribution), fact: fact))
    }
    add(.mood, one(ScoreTerms.fit), .mood(answer(song, place, terms)))
    add(.popularity, one(ScoreTerms.popularity), .popular(song.popularity))
    let (everywhere, here) = (tastes(terms, mean, .taste), tastes(terms, mean, .moodTaste))
    add(.taste, everywhere.sum, everywhere.fact)
    add(.moodTaste, here.sum, here.fact)
    add(.song, one(ScoreTerms.song), said(likings.verdict(on: song.id), one(ScoreTerms.song)))
    let artist = likings.liking(ofArtist: song.artist)
    add(
      .artist, one(ScoreTerms.artist),
      claim(artist, one(ScoreTerms.artist)).map { .artist(isLiked: $0, artist) })
    let genre = song.genre.map { likings.liking(ofGenre: $0) }
    add(
      .genre, one(ScoreTerms.genre),
      genre.flatMap { liking in
        claim(liking, one(ScoreTerms.genre)).map {
          .genre(song.genre ?? "", isLiked: $0, liking)
        }
      })
    add(.others, one(ScoreTerms.others), others(suggestion, one(ScoreTerms.others)))
    add(
      .neighbours, one(ScoreTerms.neighbours),
      neighbours(suggestion, one(ScoreTerms.neighbours), name))
    told.sort {
      (abs($1.contribution), $0.kind.rawValue) < (abs($0.contribution), $1.kind.rawValue)
    }
    if isExploration {
      told.append(Reason(kind: .exploration, contribution: Float(rest), fact: .exploration))
    } else if abs(rest) >= 1e-4 {
      told.append(Reason(kind: .rest, contribution: Float(rest), fact: .rest))
    }
    return told
  }

  /// How the song answers the mood.
  private func answer(_ song: Song, _ place: MoodPoint, _ terms: [Double]) -> MoodAnswer {
    let (first, second) = (mood.sorted[0], mood.sorted[1])
    let nearness = fit.nearness(place)
    // Lyrics are told where they point where the target lies.
    let lyrics = ((song.lyricValence ?? 0.5) - 0.5) * fit.target.valence
    return MoodAnswer(
      category: fit.means(place.category) ? place.category : nil, traits: fitting(terms),
      cheerfulWords: lyrics > 0.05 ? fit.target.valence > 0 : nil, mood: first.mood,
      second: second.probability < first.probability / 2 ? nil : second.mood, effect: effect,
      nearness: nearness, share: min(1, nearness / max(best, 1e-6)))
  }

  /// What takes one from the mood to the target: half a unit of valence or arousal.
  private var effect: MoodAnswer.Effect {
    let (pleasant, stirred) = (
      fit.target.valence - mood.point.valence, fit.target.arousal - mood.point.arousal
    )
    if stirred < -0.5 { return .calm }
    if pleasant > 0.5 { return .lift }
    return stirred > 0.5 ? .enliven : .match
  }

  /// The traits that take the song from the middle of the catalogue towards the target most.
  private func fitting(_ terms: [Double]) -> [Trait] {
    func value(_ feature: AudioFeature) -> Float {
      Float(terms[ScoreTerms.taste.lowerBound + feature.rawValue])
    }
    func pull(_ feature: AudioFeature) -> Float {
      let loading = feature.loading
      return value(feature)
        * (loading.valence * fit.target.valence + loading.arousal * fit.target.arousal)
    }
    return AudioFeature.allCases
      .filter { abs(value($0)) > Trait.distance && pull($0) > 0.05 }
      .sorted { (pull($1), $0.rawValue) < (pull($0), $1.rawValue) }
      .prefix(2).map { Trait(feature: $0, isHigh: value($0) > 0) }
  }

  /// Whether the listener likes, or avoids, such songs, where that is sure and is why.
  private func claim(_ liking: Liking, _ contribution: Double) -> Bool? {
    contribution > 0 ? (liking.isLiked ? true : nil) : (liking.isAvoided ? false : nil)
  }

  private func said(_ verdict: Bool?, _ contribution: Double) -> ReasonFact? {
    verdict.flatMap { $0 == (contribution > 0) ? .song(isLiked: $0) : nil }
  }

  /// The listener's taste, told by the feature that adds most in the sum's direction and is sure.
  private func tastes(
    _ terms: [Double], _ mean: [Double], _ kind: Reason.Kind
  ) -> (sum: Double, fact: ReasonFact?) {
    var parts: [(feature: AudioFeature, value: Double)] = []
    if kind == .taste {
      parts = AudioFeature.allCases.map {
        let term = ScoreTerms.taste.lowerBound + $0.rawValue
        return ($0, mean[term] * terms[term])
      }
    } else {
      let features = ScoreTerms.moodFeatures
      parts = features.indices.map {
        let term = ScoreTerms.moodTaste.lowerBound + $0
        let next = term + features.count
        return (features[$0], mean[term] * terms[term] + mean[next] * terms[next])
      }
    }
    let sum = parts.reduce(0) { $0 + $1.value }
    for part in parts.sorted(by: { $0.value * sum > $1.value * sum }) where part.value * sum > 0 {
      let value = Float(terms[ScoreTerms.taste.lowerBound + part.feature.rawValue])
      let trait = Trait(feature: part.feature, isHigh: value > 0)
      guard trait.holds(value) else { continue }
      let liking = likings.liking(of: trait, inMood: kind == .moodTaste)
      if let isLiked = claim(liking, sum) {
        let mood = kind == .moodTaste ? mood.mood : nil
        return (sum, .taste(trait, isLiked: isLiked, in: mood, liking))
      }
    }
    return (sum, nil)
  }

  private func others(_ suggestion: Neighbourhood.Suggestion?, _ part: Double) -> ReasonFact? {
    guard let suggestion, suggestion.count > 0 else { return nil }
    let agrees = (2 * suggestion.liked > suggestion.count) == (part > 0)
    return agrees ? .others(liked: suggestion.liked, of: suggestion.count) : nil
  }

  private func neighbours(
    _ suggestion: Neighbourhood.Suggestion?, _ part: Double, _ name: (String) -> String?
  ) -> ReasonFact? {
    guard part > 0, let through = suggestion?.through, through.liked > 0,
      let name = name(through.song)
    else { return nil }
    return .neighbours(liked: through.liked, song: name)
  }
}
