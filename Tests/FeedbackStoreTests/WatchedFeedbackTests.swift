import FeedbackStore
import Foundation
import MoodRecommend
import Testing

/// A store whose folder goes away while it is open.
struct WatchedFeedbackTests {
  private func like(_ number: Int) -> Feedback {
    Feedback(
      listener: "ada", kind: .like, song: "song \(number)", mood: .uniform, time: Double(number))
  }

  private func songs(_ store: some FeedbackStoring) throws -> [String] {
    try store.feedback(of: "ada").compactMap(\.song)
  }

  @Test func refusesWhileTheFolderIsAwayAndLosesNothing() throws {
    let scratch = try Scratch()
    let files = FileManager.default
    let (data, away) = (scratch.url.appending(path: "data"), scratch.url.appending(path: "away"))
    let store = try WatchedFeedback(path: data.path + "/feedback.sqlite")
    for round in 0..<3 {
      try store.append(like(2 * round), observation: nil)
      #expect(store.trouble() == nil)
      try files.moveItem(at: data, to: away)
      #expect(throws: FeedbackError.gone(path: store.path)) {
        try store.append(like(2 * round + 1), observation: nil)
      }
      // What was said is still known, and nothing is made where the folder was.
      #expect(try songs(store).count == round + 1)
      #expect(!files.fileExists(atPath: data.path))
      try files.moveItem(at: away, to: data)
    }
    try store.append(like(6), observation: nil)
    let kept = try songs(FeedbackDatabase(path: store.path))
    #expect(kept == ["song 0", "song 2", "song 4", "song 6"])
  }

  @Test func beginsAnewWhereAnEmptyFolderCameBack() throws {
    let scratch = try Scratch()
    let data = scratch.url.appending(path: "data")
    let store = try WatchedFeedback(path: data.path + "/feedback.sqlite")
    try store.append(like(0), observation: nil)
    try FileManager.default.removeItem(at: data)
    #expect(throws: FeedbackError.gone(path: store.path)) {
      try store.append(like(1), observation: nil)
    }
    #expect(store.trouble() == .gone(path: store.path))
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    try store.append(like(2), observation: nil)
    #expect(try songs(FeedbackDatabase(path: store.path)) == ["song 2"])
  }

  @Test func keepsWhatStoodInALogThatWasRemoved() throws {
    let scratch = try Scratch()
    let store = try WatchedFeedback(path: scratch.database)
    try store.append(like(0), observation: nil)
    try FileManager.default.removeItem(atPath: scratch.database + "-wal")
    try store.append(like(1), observation: nil)
    #expect(try songs(FeedbackDatabase(path: store.path)) == ["song 0", "song 1"])
  }

  @Test func startsWithoutAFolderAndRefusesOthersFiles() throws {
    let scratch = try Scratch()
    let file = scratch.url.appending(path: "file")
    try Data("no database, but a text of some length".utf8).write(to: file)
    let store = try WatchedFeedback(path: file.path + "/data/feedback.sqlite")
    #expect(store.trouble() != nil)
    #expect(throws: FeedbackError.self) { try store.append(like(0), observation: nil) }
    #expect(throws: FeedbackError.self) { try store.feedback(of: "ada") }
    try FileManager.default.removeItem(at: file)
    try store.append(like(1), observation: nil)
    #expect(try songs(store) == ["song 1"])
    let other = scratch.url.appending(path: "other")
    try Data(repeating: 0x41, count: 5_000).write(to: other)
    #expect(throws: FeedbackError.corrupt(path: other.path)) {
      _ = try WatchedFeedback(path: other.path)
    }
  }

  @Test func whatWasAcknowledgedIsThereWhereverTheFolderWent() async throws {
    let scratch = try Scratch()
    let (data, away) = (scratch.url.appending(path: "data"), scratch.url.appending(path: "away"))
    let store = try WatchedFeedback(path: data.path + "/feedback.sqlite")
    let writer = Task.detached {
      var acknowledged: [String] = []
      var number = 0
      while !Task.isCancelled {
        do {
          try store.append(like(number), observation: nil)
          acknowledged.append("song \(number)")
        } catch { await Task.yield() }
        number += 1
      }
      return acknowledged
    }
    for _ in 0..<10 {
      try await Task.sleep(for: .milliseconds(30))
      try FileManager.default.moveItem(at: data, to: away)
      try await Task.sleep(for: .milliseconds(10))
      try FileManager.default.moveItem(at: away, to: data)
    }
    try await Task.sleep(for: .milliseconds(30))
    writer.cancel()
    let acknowledged = await writer.value
    let kept = Set(try songs(FeedbackDatabase(path: store.path)))
    #expect(!acknowledged.isEmpty && kept.isSuperset(of: acknowledged))
  }
}
