public import Logging
public import MoodRecommend
import NIOPosix
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Finds songs by a `Recommender`, whose store keeps what listeners say.
///
/// Ranking and the store's disk are waited for on threads of their own.
public final class RecommenderSongs: SongService {
  /// Of how many listeners the mood that was read last is remembered, until the server ends.
  static let listenerLimit = 10_000

  private let recommender: Recommender
  private let logger: Logger
  private let lastMoods = Mutex<[String: MoodDistribution]>([:])
  /// The genres that can be asked for, in alphabetical order.
  public let genres: [String]

  /// Creates the service.
  ///
  /// - Parameters:
  ///   - recommender: Ranks the songs, and knows who said what.
  ///   - logger: Is told why the store failed, which clients are not.
  public init(_ recommender: Recommender, logger: Logger = Logger(label: "mood")) {
    (self.recommender, self.logger) = (recommender, logger)
    let catalogue = recommender.catalogue
    genres = Set((0..<catalogue.songCount).compactMap { catalogue.song(at: $0).genre }).sorted()
  }

  /// Songs for a mood, the best first, as `listener` likes them if there is one.
  public func songs(
    for mood: MoodDistribution, wishes: SongWishes, listener: String?
  ) async throws(ServerError) -> [RankedSong] {
    if let listener { remember(mood, of: listener) }
    let filter = SongFilter(genres: wishes.genre.map { [$0] } ?? [])
    let options = RecommendationOptions(
      goal: wishes.goal, count: wishes.count, seed: wishes.seed, listener: listener, filter: filter,
      excluded: wishes.excluded)
    return try await working { [recommender] in
      try recommender.recommend(for: mood, options: options).songs
    }
  }

  /// A way in songs from a mood to a goal.
  public func journey(
    from mood: MoodDistribution, to goal: JourneyGoal, minutes: Double, wishes: SongWishes
  ) async throws(ServerError) -> Journey {
    let options = JourneyOptions(
      minutes: minutes, filter: SongFilter(genres: wishes.genre.map { [$0] } ?? []),
      excluded: wishes.excluded, seed: wishes.seed)
    let found: Result<Journey, JourneyError> = try await working { [recommender] in
      Result { () throws(JourneyError) in
        try recommender.journey(from: mood, to: goal, options: options)
      }
    }
    do { return try found.get() } catch {
      throw .badValue(name: "minutes", expected: "a length that the songs can fill: \(error)")
    }
  }

  /// Remembers a verdict, and learns from it.
  public func record(_ verdict: Verdict, listener: String) async throws(ServerError) {
    let kind = try verdict.kind()
    let song = verdict.action == .notMyMood ? nil : verdict.song
    if let song, recommender.catalogue.position(ofID: song) == nil { throw .unknownSong }
    let named = kind.meant == nil ? verdict.mood : nil
    let seen =
      lastMoods.withLock { $0[listener] } ?? named.map { MoodDistribution(certain: $0) } ?? .uniform
    let given = Feedback(
      checking: listener, kind: kind, song: song, mood: seen, time: Date().timeIntervalSince1970)
    guard let given else { throw .failed }
    try await working { [recommender] in try recommender.learn(given) }
  }

  /// The listener's last verdicts, the newest first.
  public func history(listener: String, limit: Int) async throws(ServerError) -> [HistoryEntry] {
    try await working { [recommender] in
      try recommender.feedback.feedback(of: listener).reversed().prefix(max(0, limit)).map {
        HistoryEntry($0, in: recommender.catalogue)
      }
    }
  }

  /// Forgets all about the listener.
  public func forget(listener: String) async throws(ServerError) {
    lastMoods.withLock { _ = $0.removeValue(forKey: listener) }
    try await working { [recommender] in _ = try recommender.feedback.forget(listener) }
  }

  private func remember(_ mood: MoodDistribution, of listener: String) {
    lastMoods.withLock { moods in
      if moods.count >= Self.listenerLimit, moods[listener] == nil { moods.removeAll() }
      moods[listener] = mood
    }
  }

  private func working<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws(ServerError) -> Value {
    do {
      return try await NIOThreadPool.singleton.runIfActive(work)
    } catch let error as FeedbackError {
      logger.error("\(error)")
      throw .failed
    } catch {
      throw .shuttingDown
    }
  }
}

extension HistoryEntry {
  fileprivate init(_ feedback: Feedback, in catalogue: any SongCatalogue) {
    let position = feedback.song.flatMap { catalogue.position(ofID: $0) }
    self.init(
      time: feedback.time, event: feedback.kind.name,
      mood: feedback.kind.meant ?? feedback.mood.mood,
      song: position.map { catalogue.song(at: $0) })
  }
}
