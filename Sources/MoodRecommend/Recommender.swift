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
/// genre, and what others think. The content policy has fixed weights; the personal one draws them
/// from what is believed of this listener. The list is then made diverse by maximal marginal
/// relevance. Equal scores are ordered by id, and a seed repeats every draw.
public struct Recommender: Sendable {
  /// How many of the best songs diversity chooses among, at least.
  private static let shortlist = 128
  /// How boldly Thompson sampling draws: the factor of the posterior's deviation.
  private static let boldness = 0.4

  /// The songs to choose from.
  public let catalogue: any SongCatalogue
  /// What listeners said.
  public let feedback: any FeedbackStoring
  private let index: SongIndex

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
    let songs: [RankedSong]
    if policy == .classic {
      songs = classicSongs(meant.mood, options.count, filter, &generator)
    } else {
      let posterior = policy == .personal ? try listener.posterior(feedback) : nil
      let mean = posterior?.mean ?? ScoreTerms.contentWeights
      let drawn = posterior?.sample(scale: Self.boldness, using: &generator) ?? mean
      let scoring = Scoring(
        catalogue: catalogue, index: index, mood: meant, goal: options.goal, mean: mean,
        drawn: drawn, listener: policy == .personal ? listener : Listener())
      let now = options.now ?? Date().timeIntervalSince1970
      let rests = listener.history.resting(at: now, coolDown: options.coolDown)
      songs = scoring.best(
        options.count, shortlist: max(Self.shortlist, 4 * options.count),
        allowsRepeatedArtists: options.allowsRepeatedArtists
      ) { position, id in filter.accepts(position, index) && !rests.contains(id()) }
    }
    return Recommendation(mood: meant, point: meant.point, policy: policy, songs: songs)
  }

  /// Takes a piece of feedback: kept, and learnt from, when this returns.
  ///
  /// Feedback on a song that the catalogue does not have is kept, and teaches of that song alone.
  ///
  /// - Throws: ``FeedbackError`` if it cannot be kept; nothing of it is then.
  public func learn(_ given: Feedback) throws(FeedbackError) {
    guard let reward = given.reward, let id = given.song,
      let position = catalogue.position(ofID: id)
    else { return try feedback.append(given, observation: nil) }
    let listener = try Listener(given.listener, in: feedback, catalogue, only: id)
    let scoring = Scoring(
      catalogue: catalogue, index: index, mood: listener.calibration(given.mood), goal: .classic,
      mean: ScoreTerms.contentWeights, drawn: ScoreTerms.contentWeights, listener: listener)
    let terms = scoring.terms(at: position, catalogue.song(at: position))
    try feedback.append(given, observation: Observation(terms: terms, reward: reward))
  }

  /// The classic draw among the songs that pass the filter.
  private func classicSongs(
    _ mood: Mood, _ count: Int, _ filter: CompiledFilter,
    _ generator: inout some RandomNumberGenerator
  ) -> [RankedSong] {
    let songs = ClassicPolicy().songs(for: mood, in: catalogue, count: count, using: &generator) {
      filter.accepts($0, index)
    }
    return songs.map { song in
      let score = Float(song.popularity) / 100
      let sentence =
        "a popular \(song.mood.rawValue) song, the classic answer to \(mood.rawValue)"
      return RankedSong(
        song: song, score: score,
        reasons: [
          Reason(kind: .classic, contribution: score, features: [], sentence: sentence)
        ])
    }
  }
}
