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
  private let trouble: @Sendable () -> FeedbackError?
  private let lastMoods = Mutex<[String: MoodDistribution]>([:])
  /// The songs.
  public var catalogue: any SongCatalogue { recommender.catalogue }
  /// What can be asked for.
  public let choices: SongChoices

  /// Creates the service.
  ///
  /// - Parameters:
  ///   - recommender: Ranks the songs, and knows who said what.
  ///   - logger: Is told why the store failed, which clients are not.
  ///   - trouble: Says why the store can keep nothing at the moment; nil if it can.
  public init(
    _ recommender: Recommender, logger: Logger = Logger(label: "mood"),
    trouble: @escaping @Sendable () -> FeedbackError? = { nil }
  ) {
    (self.recommender, self.logger, self.trouble) = (recommender, logger, trouble)
    choices = SongChoices(recommender.catalogue)
  }

  /// Songs for a mood, the best first, as `listener` likes them if there is one.
  public func songs(
    for mood: MoodDistribution, wishes: SongWishes, listener: String?
  ) async throws(ServerError) -> Recommendation {
    if let listener { remember(mood, of: listener) }
    let options = Self.options(wishes, listener)
    return try await recommendation(options) { [recommender] options in
      try recommender.recommend(for: mood, options: options)
    }
  }

  /// Songs that were chosen before, in their order, with the reasons of today.
  public func chosen(
    _ ids: [String], for mood: MoodDistribution, wishes: SongWishes, listener: String?
  ) async throws(ServerError) -> Recommendation {
    let options = Self.options(wishes, listener)
    return try await recommendation(options) { [recommender] options in
      try recommender.chosen(ids, for: mood, options: options)
    }
  }

  /// A way in songs from a mood to a goal; the songs at the places `skips` were skipped in turn.
  public func journey(
    from mood: MoodDistribution, to goal: JourneyGoal, minutes: Double, skips: [Int],
    wishes: SongWishes
  ) async throws(ServerError) -> Journey {
    let options = JourneyOptions(
      minutes: minutes, filter: wishes.filter, excluded: wishes.excluded, seed: wishes.seed)
    let found: Result<Journey, JourneyError> = try await working { [recommender] in
      Result { () throws(JourneyError) in
        var journey = try recommender.journey(from: mood, to: goal, options: options)
        for place in skips {
          journey = try recommender.journey(journey, skipping: place, options: options)
        }
        return journey
      }
    }
    do { return try found.get() } catch { throw .noJourney(error) }
  }

  /// Where a song lies in the plane of moods.
  public func place(ofSong id: String) -> MoodPoint? { recommender.place(ofSong: id) }

  /// The songs that the listener likes, by the last word on each; none without the store.
  public func liked(by listener: String) async throws(ServerError) -> Set<String> {
    try await working { [recommender] in
      var liked: Set<String> = []
      for feedback in (try? recommender.feedback.feedback(of: listener)) ?? [] {
        guard let verdict = feedback.verdict, let song = feedback.song,
          let position = recommender.catalogue.position(ofID: song)
        else { continue }
        let id = recommender.catalogue.song(at: position).id
        if verdict { liked.insert(id) } else { liked.remove(id) }
      }
      return liked
    }
  }

  /// Remembers a verdict, and learns from it.
  public func record(_ verdict: Verdict, listener: String) async throws(ServerError) {
    if verdict.action == .undo {
      guard let song = verdict.song else { throw .badValue(name: "song", expected: "a song's id") }
      try await working { [recommender] in _ = try recommender.retract(song, by: listener) }
      return
    }
    let kind = try verdict.kind()
    let song = verdict.action == .notMyMood ? nil : verdict.song
    if let song, recommender.catalogue.position(ofID: song) == nil { throw .unknownSong }
    let named = kind.meant == nil ? verdict.mood : nil
    let seen =
      verdict.seen ?? lastMoods.withLock { $0[listener] }
      ?? named.map { MoodDistribution(certain: $0) } ?? .uniform
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

  /// Throws ``ServerError/store(_:)`` while nothing can be remembered.
  public func checkStore() async throws(ServerError) {
    try await working { [trouble] in if let error = trouble() { throw error } }
  }

  private static func options(_ wishes: SongWishes, _ listener: String?) -> RecommendationOptions {
    RecommendationOptions(
      goal: wishes.goal, count: wishes.count, seed: wishes.seed, listener: listener,
      filter: wishes.filter, excluded: wishes.excluded)
  }

  /// What `make` finds; without the store a listener is a stranger.
  private func recommendation(
    _ options: RecommendationOptions,
    _ make: @escaping @Sendable (RecommendationOptions) throws -> Recommendation
  ) async throws(ServerError) -> Recommendation {
    try await working { [logger] in
      do { return try make(options) } catch {
        logger.error("\(error)")
        var options = options
        options.listener = nil
        return try make(options)
      }
    }
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
      throw .store(error)
    } catch {
      throw .shuttingDown
    }
  }
}

extension SongChoices {
  /// - Complexity: O(n) for n songs.
  fileprivate init(_ catalogue: any SongCatalogue) {
    var (genres, languages): (Set<String>, Set<String>) = ([], [])
    var years: ClosedRange<Int>?
    for position in 0..<catalogue.songCount {
      let song = catalogue.song(at: position)
      if let genre = song.genre { genres.insert(genre) }
      if let language = song.language { languages.insert(language) }
      if let year = song.releaseYear {
        years = min(years?.lowerBound ?? year, year)...max(years?.upperBound ?? year, year)
      }
    }
    self.init(genres: genres.sorted(), languages: languages.sorted(), years: years)
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
