public import MoodValues

extension Recommender {
  /// Songs that were chosen before, with the scores and reasons that they have now.
  ///
  /// A list that somebody looks at stays the same list, whatever was said of its songs meanwhile.
  /// The listener's weights are the believed ones, without draws.
  ///
  /// - Parameters:
  ///   - ids: The songs, in the order in which they are answered; unknown ones are left out.
  ///   - mood: The mood that was read.
  ///   - options: What was asked for; whether the songs pass the filter is not
  ///     checked again.
  /// - Returns: The songs, with notes where they do not fit, or are fewer than `options.count`.
  /// - Throws: ``FeedbackError`` if the listener's feedback cannot be read.
  /// - Precondition: `options.count >= 0`.
  /// - Complexity: O(n) for n songs of the catalogue.
  public func chosen(
    _ ids: [String], for mood: MoodDistribution, options: RecommendationOptions = .init()
  ) throws(FeedbackError) -> Recommendation {
    precondition(options.count >= 0, "count is \(options.count)")
    let positions = ids.compactMap { catalogue.position(ofID: $0) }
    let listener = try Listener(options.listener, in: feedback, catalogue)
    let policy = options.policy ?? (listener.history.count > 0 ? .personal : .content)
    let meant = listener.calibration(mood)
    if policy == .classic {
      return Recommendation(
        mood: meant, point: meant.point, policy: policy,
        songs: positions.map { classic(catalogue.song(at: $0), meant.mood) }, notes: [])
    }
    let posterior = policy == .personal ? try listener.posterior(feedback, for: meant) : nil
    let scoring = Scoring(
      catalogue: catalogue, index: index, mood: meant, goal: options.goal,
      mean: posterior?.mean ?? ScoreTerms.contentWeights,
      listener: policy == .personal ? listener : Listener())
    let (songs, notes) = ListMaker(scoring: scoring, posterior: posterior, options: options)
      .explained(positions, filter: CompiledFilter(options.filter, index))
    return Recommendation(
      mood: meant, point: meant.point, policy: policy, songs: songs, notes: notes)
  }

  /// Where a song of the catalogue lies in the plane of moods; `nil` for a song of another one.
  public func place(ofSong id: String) -> MoodPoint? {
    catalogue.position(ofID: id).map { index.point(at: $0) }
  }
}
