public import MoodRecommend
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Finds songs in a catalogue, and remembers in memory what listeners did, until the server ends.
public final class CatalogueSongs: SongService {
  /// How many listeners are remembered; the one that was quiet longest makes room.
  static let listenerLimit = 10_000
  /// How many events of a listener are remembered.
  static let eventLimit = 200

  private let catalogue: Catalogue
  private let memory = Mutex<[String: [HistoryEntry]]>([:])
  /// The genres that can be asked for, in alphabetical order.
  public let genres: [String]

  /// Creates the service.
  public init(catalogue: Catalogue) {
    self.catalogue = catalogue
    genres = Set(catalogue.songs.compactMap(\.genre)).sorted()
  }

  /// Songs for the most probable mood, by the goal's rule and without those disliked.
  public func songs(
    for mood: MoodDistribution, wishes: SongWishes, listener: String?
  ) async throws(ServerError) -> [SongPick] {
    var generator = SplitMix64(seed: wishes.seed ?? UInt64.random(in: 0 ... .max))
    let found = candidates(mood.mood, wishes.goal, &generator)
    let past = listener.map { name in memory.withLock { $0[name] ?? [] } } ?? []
    let disliked = Set(past.lazy.filter { $0.event == "dislike" }.compactMap(\.song?.id))
    let picks = found.filter { song in
      !disliked.contains(song.id) && (wishes.genre == nil || song.genre == wishes.genre)
    }.prefix(wishes.count).map { song in
      SongPick(song: song, reason: Self.reason(song, for: mood.mood, wishes.goal))
    }
    if let listener, let first = picks.first {
      remember(
        HistoryEntry(
          time: Date().timeIntervalSince1970, event: "recommended", mood: mood.mood,
          song: first.song), listener)
    }
    return Array(picks)
  }

  private func candidates(
    _ mood: Mood, _ goal: Goal, _ generator: inout SplitMix64
  ) -> [Song] {
    let all = catalogue.songs.count
    let category: MoodCategory
    switch goal {
    case .report:
      return ReportPolicy().songs(for: mood, in: catalogue, count: all, using: &generator)
    case .lift: category = .happy
    case .calm: category = .calm
    case .match:
      category =
        switch mood {
        case .happy: .happy
        case .neutral: .calm
        case .sad, .disgust, .fear: .sad
        case .angry, .surprise: .energetic
        }
    }
    return catalogue.mostPopular(all, in: category)
  }

  private static func reason(_ song: Song, for mood: Mood, _ goal: Goal) -> String {
    "A song from the \(song.mood.rawValue.lowercased()) ones, for a face that looks "
      + "\(Texts.name(mood)): the music should \(Texts.name(goal))."
  }

  /// Remembers a feedback.
  public func record(_ feedback: Feedback, listener: String) async throws(ServerError) {
    let song = feedback.song.flatMap { catalogue[id: $0] }
    if feedback.song != nil, song == nil { throw .unknownSong }
    remember(
      HistoryEntry(
        time: Date().timeIntervalSince1970, event: feedback.action.rawValue, mood: feedback.mood,
        song: song), listener)
  }

  private func remember(_ entry: HistoryEntry, _ listener: String) {
    memory.withLock { memory in
      if memory[listener] == nil, memory.count >= Self.listenerLimit,
        let oldest = memory.min(by: { ($0.value.last?.time ?? 0) < ($1.value.last?.time ?? 0) })
      {
        memory[oldest.key] = nil
      }
      memory[listener, default: []].append(entry)
      if memory[listener, default: []].count > Self.eventLimit {
        memory[listener]?.removeFirst()
      }
    }
  }

  /// The listener's last events, the newest first.
  public func history(
    listener: String, limit: Int
  ) async throws(ServerError) -> [HistoryEntry] {
    memory.withLock { Array(($0[listener] ?? []).reversed().prefix(max(0, limit))) }
  }

  /// Forgets all about the listener.
  public func forget(listener: String) async throws(ServerError) {
    memory.withLock { _ = $0.removeValue(forKey: listener) }
  }
}
