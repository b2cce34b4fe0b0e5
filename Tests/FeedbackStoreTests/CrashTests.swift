import FeedbackStore
import Foundation
import MoodRecommend
import Testing

/// Writers that are killed in the middle of their work.
@Suite(.serialized) struct CrashTests {
  /// The program next to the test's own.
  static let writer = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "FeedbackWriter")

  func start(_ database: String, _ listener: String) throws -> (Process, Pipe) {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = Self.writer
    process.arguments = [database, listener]
    process.standardOutput = pipe
    try process.run()
    return (process, pipe)
  }

  /// How many pieces of feedback a writer said it had written: whole lines only.
  func acknowledged(_ pipe: Pipe) throws -> Int {
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    return text.count { $0 == "\n" }
  }

  @Test func losesNothingThatWasAcknowledged() throws {
    let scratch = try Scratch()
    var random = SplitMix64(seed: 11)
    var promised = 0
    for round in 0..<12 {
      // Two writers at a time, and both die.
      let (first, firstLines) = try start(scratch.database, "a\(round)")
      let (second, secondLines) = try start(scratch.database, "b\(round)")
      Thread.sleep(forTimeInterval: 0.25 + Double(random.next() % 250) / 1000)
      kill(first.processIdentifier, SIGKILL)
      kill(second.processIdentifier, SIGKILL)
      first.waitUntilExit()
      second.waitUntilExit()
      let store = try FeedbackDatabase(path: scratch.database)
      for (listener, lines) in [("a\(round)", firstLines), ("b\(round)", secondLines)] {
        let said = try acknowledged(lines)
        promised += said
        let kept = try store.feedback(of: listener)
        #expect(kept.map(\.time) == (0..<kept.count).map(Double.init))
        #expect((said...(said + 1)).contains(kept.count), "\(said) said, \(kept.count) kept")
        // What was learnt goes with what was kept.
        #expect(try store.evidence(of: listener).count == kept.count)
        #expect(
          try store.opinions().filter { $0.listener == listener }.map(\.count).reduce(0, +)
            == kept.count)
      }
    }
    #expect(promised > 100, "the writers wrote \(promised) only")
  }
}
