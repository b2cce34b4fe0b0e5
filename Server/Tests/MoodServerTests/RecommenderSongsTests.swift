import HTTPTypes
import Logging
import MoodRecommend
import Synchronization
import Testing

@testable import MoodServer

struct RecommenderSongsTests {
  @Test func saysInTheLogWhyTheStoreFailed() async {
    let lines = Lines()
    let songs = RecommenderSongs(
      Recommender(catalogue: Catalogue.standard, feedback: FullDisk()),
      logger: Logger(label: "test") { _ in lines })
    await #expect(throws: ServerError.store(.full(path: "feedback.sqlite"))) {
      _ = try await songs.history(listener: "ada", limit: 10)
    }
    #expect(lines.all.withLock { $0 } == ["no room is left on the disk of feedback.sqlite"])
  }

  @Test func answersWithoutTheStoreAndRefusesLikesUntilItIsBack() async throws {
    let full = FeedbackError.full(path: "feedback.sqlite")
    let trouble = Mutex<FeedbackError?>(full)
    let songs = RecommenderSongs(
      Recommender(catalogue: Catalogue.standard, feedback: FullDisk()),
      logger: Logger(label: "test") { _ in Lines() }, trouble: { trouble.withLock { $0 } })
    let found = try await songs.songs(for: .uniform, wishes: SongWishes(), listener: "ada")
    #expect(!found.songs.isEmpty)
    await #expect(throws: ServerError.store(full)) {
      try await songs.record(
        Verdict(action: .like, song: Catalogue.standard.songs[0].id), listener: "ada")
    }
    await #expect(throws: ServerError.store(full)) { try await songs.checkStore() }
    #expect(ServerError.store(full).status.code == 507)
    #expect(ServerError.store(.gone(path: "")).status == .serviceUnavailable)
    trouble.withLock { $0 = nil }
    try await songs.checkStore()
  }
}

/// Takes nothing and gives nothing.
private struct FullDisk: FeedbackStoring {
  private var failure: FeedbackError { .full(path: "feedback.sqlite") }

  func append(_ feedback: Feedback, observation: Observation?) throws(FeedbackError) {
    throw failure
  }
  func retract(_ song: String, by listener: String) throws(FeedbackError) -> Bool { throw failure }
  func feedback(of listener: String) throws(FeedbackError) -> [Feedback] { throw failure }
  func regressionSums(of listener: String) throws(FeedbackError) -> MoodSums { throw failure }
  func pooledSums() throws(FeedbackError) -> RegressionSums { throw failure }
  func pairMembers(of listener: String) throws(FeedbackError) -> PairMembers { throw failure }
  func bestKnown(_ limit: Int) throws(FeedbackError) -> [SongTotal] { throw failure }
  func totals(of songs: [String]) throws(FeedbackError) -> [SongTotal] { throw failure }
  func pairs(with songs: [String], limit: Int) throws(FeedbackError) -> [[SongPair]] {
    throw failure
  }
  func opinions() throws(FeedbackError) -> [Opinion] { throw failure }
  func listeners() throws(FeedbackError) -> [String] { throw failure }
  func forget(_ listener: String) throws(FeedbackError) -> Int { throw failure }
}

/// Keeps what is logged.
private final class Lines: LogHandler {
  let all = Mutex<[String]>([])

  func log(event: LogEvent) { all.withLock { $0.append("\(event.message)") } }
  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { nil }
    set { _ = newValue }
  }
  var metadata: Logger.Metadata {
    get { [:] }
    set { _ = newValue }
  }
  var logLevel: Logger.Level {
    get { .trace }
    set { _ = newValue }
  }
}
