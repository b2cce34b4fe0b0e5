import Foundation
import Testing

struct ReadOutCommandTests {
  private func probabilities(_ option: String) throws -> [String: Double] {
    let run = try moodCLI(
      "classify", "--jsonl", "--face", "none", option, "Examples/grace_hopper.jpg")
    return try #require(run.objects().first?["probabilities"] as? [String: Double])
  }

  /// The file's adjustment is what the read-outs differ by, and balanced is the default.
  @Test func balancedIsTheDefaultAndRaisesRareMoods() throws {
    let balanced = try probabilities("--read-out=balanced")
    #expect(try probabilities("--tta=none") == balanced)
    let calibrated = try probabilities("--read-out=calibrated")
    func odds(_ mood: String) throws -> Double {
      let (after, before) = try (#require(balanced[mood]), #require(calibrated[mood]))
      let (neutral, plain) = try (#require(balanced["neutral"]), #require(calibrated["neutral"]))
      return log(after / neutral) - log(before / plain)
    }
    #expect(try abs(odds("disgust") - 0.738) < 1e-3)
    #expect(try abs(odds("fear") - 0.557) < 1e-3)
    #expect(try abs(odds("happy") - 0.055) < 1e-3)
  }

  @Test func refusesOtherReadOuts() throws {
    for command in ["classify", "recommend", "explain", "watch", "evaluate"] {
      let run = try moodCLI(command, "x", "--read-out", "loud")
      #expect(run.exitCode == 64 && run.errors.contains("calibrated"))
    }
  }
}
