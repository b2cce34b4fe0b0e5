import MoodValues

/// Turns the terms of one song's score into reasons.
struct ReasonWriter {
  /// What adds less than this to the score is not told.
  private static let smallest = 0.01

  let mood: MoodDistribution
  let target: MoodPoint
  let history: ListenerHistory

  /// The reasons, the weightiest first.
  ///
  /// `weights` were drawn, `mean` is believed, and their difference is exploration; `others` counts
  /// the other listeners who know the song.
  func reasons(
    for song: Song, place: MoodPoint, terms: [Double], weights: [Double], mean: [Double],
    others: Int
  ) -> [Reason] {
    func part(_ terms: [Double], _ range: Range<Int>) -> Double {
      range.reduce(0) { $0 + mean[$1] * terms[$1] }
    }
    func one(_ term: Int) -> Double { part(terms, term..<(term + 1)) }
    let drawn = terms.indices.reduce(0) { $0 + (weights[$1] - mean[$1]) * terms[$1] }
    let features = fitting(terms)
    let candidates: [Reason?] = [
      reason(.mood, one(ScoreTerms.fit), features, moodSentence(song, place, terms, features)),
      reason(.popularity, one(ScoreTerms.popularity), [], "popular (\(song.popularity) of 100)"),
      taste(.taste, terms, mean),
      taste(.moodTaste, terms, mean),
      reason(.song, one(ScoreTerms.song), [], said(terms[ScoreTerms.song], "this song before")),
      reason(.artist, one(ScoreTerms.artist), [], artistSentence(song, terms[ScoreTerms.artist])),
      reason(.genre, one(ScoreTerms.genre), [], genreSentence(song, terms[ScoreTerms.genre])),
      reason(
        .others, one(ScoreTerms.others), [],
        "\(counted(others, "other listener")) thought \(terms[ScoreTerms.others] < 0 ? "little" : "well") of it"
      ),
      reason(
        .neighbours, one(ScoreTerms.neighbours), [],
        terms[ScoreTerms.neighbours] < 0
          ? "listeners who think as you do disliked it"
          : "listeners who think as you do liked it"),
      reason(
        .exploration, drawn, [],
        drawn < 0 ? "left for another time" : "to learn whether you like it"),
    ]
    return candidates.compactMap { $0 }.sorted {
      (abs($1.contribution), $0.kind.rawValue) < (abs($0.contribution), $1.kind.rawValue)
    }
  }

  private func reason(
    _ kind: Reason.Kind, _ contribution: Double, _ features: [AudioFeature], _ sentence: String
  ) -> Reason? {
    guard abs(contribution) >= Self.smallest else { return nil }
    return Reason(
      kind: kind, contribution: Float(contribution), features: features, sentence: sentence)
  }

  /// The features that take the song from the middle of the catalogue towards the target most.
  private func fitting(_ terms: [Double]) -> [AudioFeature] {
    func pull(_ feature: AudioFeature) -> Float {
      let loading = feature.loading
      return Float(terms[ScoreTerms.taste.lowerBound + feature.rawValue])
        * (loading.valence * target.valence + loading.arousal * target.arousal)
    }
    return AudioFeature.allCases.filter { pull($0) > 0.1 }
      .sorted { (pull($1), $0.rawValue) < (pull($0), $1.rawValue) }
      .prefix(2).map { $0 }
  }

  private func moodSentence(
    _ song: Song, _ place: MoodPoint, _ terms: [Double], _ features: [AudioFeature]
  ) -> String {
    let category = place.category
    let adjectives =
      [category.rawValue.lowercased()]
      + features.map { feature in
        let value = terms[ScoreTerms.taste.lowerBound + feature.rawValue]
        return value > 0 ? feature.words.high : feature.words.low
      }.filter { $0 != category.rawValue.lowercased() }
    let words =
      adjectives.count > 1
      ? adjectives.dropLast().joined(separator: ", ") + " and " + (adjectives.last ?? "")
      : adjectives[0]
    // Lyrics are told where they point where the target lies.
    let lyrics = ((song.lyricValence ?? 0.5) - 0.5) * target.valence
    let sung = lyrics > 0.05 ? ", with \(target.valence > 0 ? "cheerful" : "sorrowful") words," : ""
    return "\(words)\(sung) for \(Self.phrase(mood))"
  }

  /// `an angry mood`, or `a mood between sad and angry` where the second is nearly as probable.
  static func phrase(_ mood: MoodDistribution) -> String {
    let (first, second) = (mood.sorted[0], mood.sorted[1])
    guard second.probability < first.probability / 2 else {
      return "a mood between \(first.mood.adjective) and \(second.mood.adjective)"
    }
    let article = first.mood == .angry ? "an" : "a"
    return "\(article) \(first.mood.adjective) mood"
  }

  /// The listener's taste in one sentence, by the feature that adds most in the sum's direction.
  private func taste(_ kind: Reason.Kind, _ terms: [Double], _ mean: [Double]) -> Reason? {
    let parts: [(feature: AudioFeature, value: Double)]
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
    guard let best = parts.max(by: { $0.value * sum < $1.value * sum }), sum != 0 else {
      return nil
    }
    let value = terms[ScoreTerms.taste.lowerBound + best.feature.rawValue]
    let word = value > 0 ? best.feature.words.high : best.feature.words.low
    let mood = kind == .moodTaste ? " in this mood" : ""
    return reason(
      kind, sum, [best.feature], "you \(sum > 0 ? "like" : "avoid") \(word) songs\(mood)")
  }

  private func said(_ value: Double, _ what: String) -> String {
    "you \(value > 0 ? "liked" : "disliked") \(what)"
  }

  private func artistSentence(_ song: Song, _ value: Double) -> String {
    let liked = history.artists[song.artist]?.liked.count ?? 0
    return value > 0
      ? "you liked \(counted(liked, "song")) by this artist" : "you disliked songs by this artist"
  }

  private func genreSentence(_ song: Song, _ value: Double) -> String {
    let genre = song.genre ?? ""
    let liked = history.genres[genre]?.liked.count ?? 0
    return value > 0
      ? "you liked \(counted(liked, "\(genre) song"))" : "you disliked \(genre) songs"
  }

  /// `one song`, `two songs`, `12 songs`.
  private func counted(_ count: Int, _ noun: String) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six"]
    let number = words.indices.contains(count) ? words[count] : "\(count)"
    return "\(number) \(noun)\(count == 1 ? "" : "s")"
  }
}

extension Mood {
  /// The word that goes before "mood".
  var adjective: String {
    switch self {
    case .disgust: "disgusted"
    case .fear: "fearful"
    case .surprise: "surprised"
    case .angry, .happy, .neutral, .sad: rawValue
    }
  }
}
