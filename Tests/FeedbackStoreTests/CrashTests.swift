import FeedbackStore
import Foundation
import MoodRecommend
import Testing

/// Writers that are killed in the middle of their work.
@Suite(.serialized) struct CrashTests {
  /// The program next to the test's own.
  static let writer = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "FeedbackWriter")

  /// Runs two writers at a time on one database, and kills both; a shell does it, so that no other
  /// test of this process is told of the deaths.
  func killWriters(_ database: String, _ listeners: [String], after seconds: Double) throws {
    let script = """
      "$0" "$1" "$2" > "$1.$2" & first=$!
      "$0" "$1" "$3" > "$1.$3" & second=$!
      sleep \(seconds)
      kill -KILL $first $second
      wait
      """
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", script, Self.writer.path, database] + listeners
    try shell.run()
    shell.waitUntilExit()
  }

  /// How many pieces of feedback a writer said it had written: whole lines only.
  func acknowledged(_ path: String) throws -> Int {
    let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    return text.count { $0 == "\n" }
  }

  @Test func losesNothingThatWasAcknowledged() throws {
    let scratch = try Scratch()
    var random = SplitMix64(seed: 11)
    var promised = 0
    // Twelve rounds, and more where a loaded machine has written little by then.
    for round in 0..<60 where round < 12 || promised <= 100 {
      let listeners = ["a\(round)", "b\(round)"]
      try killWriters(
        scratch.database, listeners, after: 0.25 + Double(random.next() % 250) / 1000)
      let store = try FeedbackDatabase(path: scratch.database)
      for listener in listeners {
        let said = try acknowledged("\(scratch.database).\(listener)")
        promised += said
        let kept = try store.feedback(of: listener)
        #expect(kept.map(\.time) == (0..<kept.count).map(Double.init))
        #expect((said...(said + 1)).contains(kept.count), "\(said) said, \(kept.count) kept")
        // What was learnt goes with what was kept.
        #expect(try store.regressionSums(of: listener).count == kept.count)
        #expect(
          try store.opinions().filter { $0.listener == listener }.map(\.count).reduce(0, +)
            == kept.count)
      }
    }
    #expect(promised > 100, "the writers wrote \(promised) only")
  }
}
