private import Foundation
public import MoodValues

/// Chooses songs for a mood, learns from what the listener does with them, and says why.
///
/// ```swift
/// let recommender = Recommender(catalogue: Catalogue.standard)
/// let answer = try recommender.recommend(for: mood, options: .init(goal: .lift, count: 3))
/// for ranked in answer.songs { print(ranked.song.name, ranked.explanation) }
/// ```
///
/// A score is linear in 23 terms: how well the song's place answers the mood, popularity, the
/// listener's taste in sound, alone and by mood, what the listener thought of song, artist and
/// genre, and what others think. The content policy has fixed weights; the personal one has those
/// that are believed of this listener. Until ten likes a list stays near the mood, whatever was said
/// (``FitGuard``). Small draws make one list differ from the next, and maximal marginal relevance
/// makes each diverse. Equal scores are ordered by id, and a seed repeats every draw.
public struct Recommender: Sendable {
  /// The songs to choose from.
  public let catalogue: any SongCatalogue
  /// What listeners said.
  public let feedback: any FeedbackStoring
  let index: SongIndex

  /// Prepares a catalogue for ranking.
  ///
  /// - Complexity: O(n) for n songs.
  public init(catalogue: some SongCatalogue, feedback: any FeedbackStoring = MemoryFeedback()) {
    self.catalogue = catalogue
    self.feedback = feedback
    index = SongIndex(catalogue)
  }

  /// Recommends songs; the draws come from the options' seed, or from the system.
  ///
  /// - Throws: ``FeedbackError`` if the listener's feedback cannot be read.
  /// - Precondition: `options.count >= 0`.
  public func recommend(
    for mood: MoodDistribution, options: RecommendationOptions = .init()
  ) throws(FeedbackError) -> Recommendation {
    var generator = SplitMix64(seed: options.seed ?? UInt64.random(in: 0 ... .max))
    return try recommend(for: mood, options: options, using: &generator)
  }

  /// Recommends songs with draws from `generator`.
  ///
  /// - Throws: ``FeedbackError`` if the listener's feedback cannot be read.
  /// - Precondition: `options.count >= 0`.
  /// - Complexity: O(n) for n songs, and O(count · shortlist) for diversity.
  public func recommend(
    for mood: MoodDistribution, options: RecommendationOptions,
    using generator: inout some RandomNumberGenerator
  ) throws(FeedbackError) -> Recommendation {
    precondition(options.count >= 0, "count is \(options.count)")
    let listener = try Listener(options.listener, in: feedback, catalogue)
    let policy = options.policy ?? (listener.history.count > 0 ? .personal : .content)
    let meant = listener.calibration(mood)
    let filter = CompiledFilter(options.filter, index)
    if policy == .classic {
      let songs = classicSongs(meant.mood, options, filter, &generator)
      return Recommendation(
        mood: meant, point: meant.point, policy: policy, songs: songs, notes: [])
    }
    let posterior =
      policy == .personal ? try listener.posterior(feedback, for: meant) : nil
    let scoring = Scoring(
      catalogue: catalogue, index: index, mood: meant, goal: options.goal,
      mean: posterior?.mean ?? ScoreTerms.contentWeights,
      drawn: posterior?.sample(
        scale: ListMaker.calmness * Double(options.variety), using: &generator),
      listener: policy == .personal ? listener : Listener())
    let now = options.now ?? Date().timeIntervalSince1970
    let rests = listener.history.resting(at: now, coolDown: options.coolDown)
      .compactMap { catalogue.position(ofID: $0) }
    let (songs, notes) = ListMaker(scoring: scoring, posterior: posterior, options: options)
      .list(filter: filter, rests: Set(rests), using: &generator)
    return Recommendation(
      mood: meant, point: meant.point, policy: policy, songs: songs, notes: notes)
  }

  /// Takes a piece of feedback: kept, and learnt from, when this returns.
  ///
  /// Feedback on a song that the catalogue does not have is kept, and teaches of that song alone.
  ///
  /// - Throws: ``FeedbackError`` if it cannot be kept; nothing of it is then.
  public func learn(_ given: Feedback) throws(FeedbackError) {
    guard let observed = given.observed, let id = given.song,
      let position = catalogue.position(ofID: id)
    else { return try feedback.append(given, observation: nil) }
    let listener = try Listener(given.listener, in: feedback, catalogue, only: id)
    let scoring = Scoring(
      catalogue: catalogue, index: index, mood: listener.calibration(given.mood), goal: .classic,
      mean: ScoreTerms.contentWeights, listener: listener)
    let observation = Observation(
      terms: scoring.terms(at: position, catalogue.song(at: position)), reward: observed.outcome,
      weight: observed.weight * listener.history.trust(in: given), mood: scoring.mood.mood)
    try feedback.append(given, observation: observation)
  }

  /// Takes back the listener's last word on a song, a like, a dislike or stars, with all it taught.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: ``FeedbackError`` if it cannot be taken back.
  @discardableResult
  public func retract(_ song: String, by listener: String) throws(FeedbackError) -> Bool {
    // It may have been said under an id that the song had before.
    let position = catalogue.position(ofID: song)
    let said = try feedback.feedback(of: listener).last { given in
      given.verdict != nil
        && (given.song == song
          || position != nil && given.song.flatMap { catalogue.position(ofID: $0) } == position)
    }
    guard let id = said?.song else { return false }
    return try feedback.retract(id, by: listener)
  }

  /// The classic draw among the songs that pass the filter.
  private func classicSongs(
    _ mood: Mood, _ options: RecommendationOptions, _ filter: CompiledFilter,
    _ generator: inout some RandomNumberGenerator
  ) -> [RankedSong] {
    let excluded = Set(options.excluded.compactMap { catalogue.position(ofID: $0) })
    let songs = ClassicPolicy().songs(
      for: mood, in: catalogue, count: options.count, using: &generator
    ) { filter.accepts($0, index) && !excluded.contains($0) }
    return songs.map { classic($0, mood) }
  }

  /// A song as the classic policy ranks it.
  func classic(_ song: Song, _ mood: Mood) -> RankedSong {
    let score = Float(song.popularity) / 100
    return RankedSong(
      song: song, score: score, nearness: 0, isExploration: false,
      reasons: [Reason(kind: .classic, contribution: score, fact: .classic(song.mood, mood))])
  }
}
