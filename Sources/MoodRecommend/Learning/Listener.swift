import MoodValues

/// What is known of one listener when a recommendation is made.
struct Listener {
  private let name: String?
  private(set) var history = ListenerHistory()
  private(set) var calibration = MoodCalibration()
  /// What the other listeners suggest, by song id.
  private(set) var suggestions: [String: Neighbourhood.Suggestion] = [:]

  /// Nobody in particular.
  init() { name = nil }

  /// Reads what a store has of a listener; `only` is the one song whose suggestion is needed.
  init(
    _ name: String?, in store: any FeedbackStoring, _ catalogue: any SongCatalogue,
    only: String? = nil
  ) throws(FeedbackError) {
    self.name = name
    guard let name else { return }
    var rewards: [String: (count: Int, sum: Double)] = [:]
    for feedback in try store.feedback(of: name) {
      let position = feedback.song.flatMap { catalogue.position(ofID: $0) }
      history.add(feedback, song: position.map { catalogue.song(at: $0) })
      if let song = feedback.song, let reward = feedback.reward {
        let old = rewards[song] ?? (0, 0)
        rewards[song] = (old.count + 1, old.sum + reward)
      }
    }
    for (seen, right) in history.corrections { calibration.add(seen: seen, right: right) }
    let levels = rewards.mapValues { Opinion.level(count: $0.count, sum: $0.sum) }
    suggestions = try Neighbourhood.suggestions(
      for: name, in: store, opinions: levels, only: only)
  }

  /// What is believed of this listener's weights in a mood.
  ///
  /// The other listeners' sums move the content weights to what everybody likes; about that,
  /// ``ScoreTerms/spread`` wide, lies the listener's own prior, which the own sums move on: the
  /// weights of the hybrid, collaborative terms too, are thus learnt.
  func posterior(
    _ store: any FeedbackStoring, for mood: MoodDistribution
  ) throws(FeedbackError) -> LinearPosterior {
    let own = try name.map { name throws(FeedbackError) in try store.regressionSums(of: name) }
    var others = try store.pooledSums()
    if let own { others.subtract(own.total) }
    let everybody = LinearPosterior(
      prior: ScoreTerms.contentWeights, spread: ScoreTerms.spread, sums: others)
    return LinearPosterior(
      prior: everybody.mean, spread: ScoreTerms.spread,
      sums: own?.combined(for: mood) ?? RegressionSums())
  }
}
