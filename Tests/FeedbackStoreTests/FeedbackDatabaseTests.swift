import FeedbackStore
import Foundation
import MoodRecommend
import Testing

/// A folder that goes when the test ends.
final class Scratch {
  let url = FileManager.default.temporaryDirectory.appending(path: "mood-\(UUID().uuidString)")
  var database: String { url.appending(path: "feedback.sqlite").path() }

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    do { try FileManager.default.removeItem(at: url) } catch { Issue.record(error) }
  }
}

struct FeedbackDatabaseTests {
  static let mood = MoodDistribution(mixing: [
    MoodDistribution(certain: .happy), MoodDistribution(certain: .sad), .uniform,
  ])
  static let kinds: [Feedback.Kind] = [
    .like, .dislike, .skip, .play, .rating(1), .rating(5), .notMyMood(.fear),
  ]

  func feedback(_ kind: Feedback.Kind, by listener: String = "l", song: String = "s") -> Feedback {
    if case .notMyMood = kind {
      return Feedback(listener: listener, kind: kind, song: nil, mood: Self.mood, time: 1.5)
    }
    return Feedback(listener: listener, kind: kind, song: song, mood: Self.mood, time: 1.5)
  }

  @Test func givesBackWhatItTook() throws {
    let scratch = try Scratch()
    let given = Self.kinds.map { feedback($0) }
    let observation = Observation(terms: (0..<23).map { Double($0) / 7 }, reward: 0.25, mood: .sad)
    let memory = MemoryFeedback()
    do {
      let store = try FeedbackDatabase(path: scratch.database)
      for one in given {
        try store.append(one, observation: observation)
        try memory.append(one, observation: observation)
      }
    }
    let again = try FeedbackDatabase(path: scratch.database)
    #expect(try again.feedback(of: "l") == given)
    #expect(try again.regressionSums(of: "l") == memory.regressionSums(of: "l"))
    #expect(try again.pooledSums() == memory.pooledSums())
    #expect(try again.opinions() == memory.opinions())
    #expect(try again.listeners() == ["l"])
    #expect(try again.feedback(of: "other").isEmpty)
  }

  @Test func answersAsMemoryDoes() throws {
    let scratch = try Scratch()
    let onDisk = Recommender(
      catalogue: .standard, feedback: try FeedbackDatabase(path: scratch.database))
    let inMemory = Recommender(catalogue: .standard)
    let songs = Catalogue.standard.songs
    for number in 0..<30 {
      for recommender in [onDisk, inMemory] {
        try recommender.learn(
          feedback(
            number % 2 == 0 ? .like : .skip, by: "\(number % 3)", song: songs[number * 7 % 100].id))
      }
    }
    let options = RecommendationOptions(count: 20, seed: 3, listener: "1", now: 1e6)
    #expect(
      try onDisk.recommend(for: Self.mood, options: options)
        == inMemory.recommend(for: Self.mood, options: options))
  }

  @Test func aWordTakenBackLeavesNoTrace() throws {
    let scratch = try Scratch()
    let songs = Catalogue.standard.songs.map(\.id)
    for store in [try FeedbackDatabase(path: scratch.database), MemoryFeedback()]
      as [any FeedbackStoring]
    {
      func state() throws -> [String] {
        [
          "\(try store.feedback(of: "l"))", "\(try store.regressionSums(of: "l"))",
          "\(try store.pooledSums())", "\(try store.opinions())",
          "\(try store.totals(of: songs))", "\(try store.pairs(with: songs, limit: 9))",
          "\(try store.bestKnown(9))", "\(try store.pairMembers(of: "l"))",
        ]
      }
      let recommender = Recommender(catalogue: .standard, feedback: store)
      try recommender.learn(feedback(.like, by: "other", song: songs[0]))
      try recommender.learn(feedback(.like, song: songs[0]))
      try recommender.learn(feedback(.play, song: songs[1]))
      let before = try state()
      for kind in [Feedback.Kind.like, .dislike, .rating(5), .rating(1)] {
        // A new song, one that was liked before, and one that was heard before.
        for song in [songs[2], songs[0], songs[1]] {
          try recommender.learn(feedback(kind, song: song))
          #expect(try state() != before)
          #expect(try recommender.retract(song, by: "l"))
          #expect(try state() == before, "\(kind) \(song)")
        }
      }
      // What was only heard is no word, and what others say stays.
      #expect(try recommender.retract(songs[1], by: "l") == false)
      #expect(try recommender.retract(songs[0], by: "nobody") == false)
      #expect(try recommender.retract(songs[0], by: "l"))
      #expect(try recommender.retract(songs[0], by: "l") == false)
      #expect(try store.totals(of: [songs[0]]).map(\.listeners) == [1])
    }
  }

  @Test func leavesNoTraceOfWhoIsForgotten() throws {
    let scratch = try Scratch()
    let store = try FeedbackDatabase(path: scratch.database)
    let recommender = Recommender(catalogue: .standard, feedback: store)
    let song = Catalogue.standard.songs[0].id
    try recommender.learn(feedback(.like, by: "stays", song: song))
    let before = try store.pooledSums()
    for _ in 0..<50 {
      try recommender.learn(feedback(.like, by: "Goes-Away-42", song: song))
    }
    #expect(try store.forget("Goes-Away-42") == 50)
    #expect(try store.listeners() == ["stays"])
    #expect(try store.opinions().map(\.listener) == ["stays"])
    let after = try store.pooledSums()
    #expect(after.count == before.count)
    #expect(zip(after.sums, before.sums).allSatisfy { abs($0 - $1) < 1e-9 })
    for file in try FileManager.default.contentsOfDirectory(atPath: scratch.url.path()) {
      let bytes = try Data(contentsOf: scratch.url.appending(path: file))
      #expect(bytes.range(of: Data("Goes-Away-42".utf8)) == nil, "\(file)")
    }
    #expect(try store.forget("nobody") == 0)
  }

  static let hostile = [
    "'; DROP TABLE feedback; --", "\" OR 1=1 --", "Robert'); DELETE FROM opinion;--", "%",
    "=cmd()", "💥", String(repeating: "x", count: 1_024),
  ]

  @Test(arguments: hostile)
  func takesTextsForTexts(_ text: String) throws {
    let scratch = try Scratch()
    let store = try FeedbackDatabase(path: scratch.database)
    try store.append(feedback(.like, by: "l"), observation: nil)
    try store.append(feedback(.like, by: text, song: text), observation: nil)
    #expect(try store.feedback(of: text).map(\.song) == [text])
    #expect(try store.listeners().count == 2)
    #expect(try store.forget(text) == 1)
    #expect(try store.listeners() == ["l"])
  }

  @Test(arguments: ["", "a\u{0}b", "line\nbreak", String(repeating: "x", count: 4_097)])
  func takesNoSuchName(_ name: String) {
    #expect(
      Feedback(checking: name, kind: .like, song: "s", mood: Self.mood, time: 0) == nil)
    #expect(Feedback(checking: "l", kind: .like, song: name, mood: Self.mood, time: 0) == nil)
  }

  @Test func takesLongerIDsThanNames() {
    let long = String(repeating: "x", count: 4_096)
    #expect(Feedback(checking: "l", kind: .like, song: long, mood: Self.mood, time: 0) != nil)
    let name = String(long.prefix(1_025))
    #expect(Feedback(checking: name, kind: .like, song: "s", mood: Self.mood, time: 0) == nil)
  }

  @Test func keepsTheFileToItsOwner() throws {
    let scratch = try Scratch()
    let path = scratch.url.appending(path: "a/b/feedback.sqlite").path()
    _ = try FeedbackDatabase(path: path)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  /// Whoever comes second takes the first one's file as it is.
  @Test func isMadeOnceByManyAtATime() throws {
    for round in 0..<40 {
      let scratch = try Scratch()
      let path = scratch.database
      DispatchQueue.concurrentPerform(iterations: 4) { number in
        do {
          let store = try FeedbackDatabase(path: path)
          try store.append(feedback(.like, by: "listener \(number)"), observation: nil)
        } catch { Issue.record(error, "round \(round)") }
      }
      #expect(try FeedbackDatabase(path: path).listeners().count == 4)
    }
  }

  @Test(.enabled(if: getuid() != 0, "root may write everything"))
  func refusesWhatMayNotBeWritten() throws {
    let scratch = try Scratch()
    _ = try FeedbackDatabase(path: scratch.database)
    func protect(_ rights: Int, _ path: String) throws {
      try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: path)
    }
    try protect(0o400, scratch.database)
    #expect(throws: FeedbackError.readOnly(path: scratch.database)) {
      try FeedbackDatabase(path: scratch.database).append(feedback(.like), observation: nil)
    }
    try protect(0o500, scratch.url.path())
    let other = scratch.url.appending(path: "other.sqlite").path()
    #expect(throws: FeedbackError.readOnly(path: other)) { try FeedbackDatabase(path: other) }
    try protect(0o700, scratch.url.path())
  }

  @Test(arguments: [
    Data("no database, and longer than a header of SQLite has to be, by some way".utf8),
    Data(repeating: 0x53, count: 8_192),
  ])
  func refusesWhatIsNoDatabase(_ bytes: Data) throws {
    let scratch = try Scratch()
    try bytes.write(to: URL(filePath: scratch.database))
    #expect(throws: FeedbackError.corrupt(path: scratch.database)) {
      try FeedbackDatabase(path: scratch.database)
    }
    #expect(try Data(contentsOf: URL(filePath: scratch.database)) == bytes, "it is left alone")
  }

  @Test func refusesADamagedDatabase() throws {
    let scratch = try Scratch()
    do {
      let store = try FeedbackDatabase(path: scratch.database)
      for number in 0..<200 {
        try store.append(feedback(.like, by: "listener \(number)"), observation: nil)
      }
      try store.forget("nobody")  // moves the log into the file
    }
    var bytes = try Data(contentsOf: URL(filePath: scratch.database))
    for index in stride(from: 4_096, to: bytes.count, by: 3) { bytes[index] ^= 0x5A }
    try bytes.write(to: URL(filePath: scratch.database))
    #expect(throws: FeedbackError.corrupt(path: scratch.database)) {
      try FeedbackDatabase(path: scratch.database)
    }
  }

  @Test func refusesALaterVersion() throws {
    let scratch = try Scratch()
    _ = try FeedbackDatabase(path: scratch.database)
    let sqlite = Process()
    sqlite.executableURL = URL(filePath: "/usr/bin/env")
    sqlite.arguments = [
      "python3", "-c",
      "import sqlite3,sys;c=sqlite3.connect(sys.argv[1]);"
        + "c.execute(\"INSERT INTO grdb_migrations VALUES ('99 later')\");c.commit()",
      scratch.database,
    ]
    try sqlite.run()
    sqlite.waitUntilExit()
    #expect(sqlite.terminationStatus == 0)
    #expect(throws: FeedbackError.tooNew(path: scratch.database)) {
      try FeedbackDatabase(path: scratch.database)
    }
  }

  @Test func refusesAFolder() throws {
    let scratch = try Scratch()
    let path = scratch.url.path()
    #expect(throws: FeedbackError.unreadable(path: path)) { try FeedbackDatabase(path: path) }
    #expect(throws: FeedbackError.unreadable(path: "/proc/none/x.sqlite")) {
      try FeedbackDatabase(path: "/proc/none/x.sqlite")
    }
  }

  @Test func describesItsErrors() {
    for error in [
      FeedbackError.unreadable(path: "p"), .readOnly(path: "p"), .corrupt(path: "p"),
      .tooNew(path: "p"), .busy(path: "p"), .full(path: "p"), .failed(path: "p", code: 5),
    ] {
      #expect(error.description.contains("p") && !error.code.isEmpty)
    }
  }
}
