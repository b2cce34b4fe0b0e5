import ArgumentParser
import CommandSupport
import Foundation
import MoodText
import MoodVision

/// Words beside the face, or alone.
struct TextArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the person says, in English; - reads it from standard input. Alone, or beside photos.",
      valueName: "text"))
  var text: String?

  /// How many bytes a text may have.
  private static let limit = 65_536

  /// What the words say; nil where none were given.
  ///
  /// - Throws: `Failure` `text_too_long`, or `MoodTextError`.
  func reading() throws -> TextReading? {
    guard let text else { return nil }
    var words = text
    if text == "-" {
      let data = try FileHandle.standardInput.read(upToCount: Self.limit + 1) ?? Data()
      words = String(decoding: data, as: UTF8.self)
    }
    guard words.utf8.count <= Self.limit else {
      throw Failure("text_too_long", "the text has more than \(Self.limit) bytes")
    }
    return try TextReader().read(words)
  }
}

/// What words said, and what came of face and words together.
struct TextFields: Encodable {
  struct Fusion: Encodable {
    let mood: String
    let decided: MoodFusion.Decider
    let disagreement: Double
    let sentence: String
    let probabilities: [String: Float]
  }
  let mood: String
  let probabilities: [String: Float]
  let words: [TextReading.Word]
  let fusion: Fusion?

  init(_ reading: TextReading, face: MoodDistribution?) {
    (mood, probabilities) = (reading.mood.rawValue, reading.distribution.named)
    words = reading.words
    fusion = face.map { face in
      let joined = MoodFusion(face: face, words: reading.distribution)
      return Fusion(
        mood: joined.distribution.mood.rawValue, decided: joined.decider,
        disagreement: joined.disagreement,
        sentence: joined.sentence(face: face, words: reading.distribution),
        probabilities: joined.distribution.named)
    }
  }

  /// For a person.
  var sentence: String {
    let spoke = words.map(\.text).joined(separator: ", ")
    let own = "The words say \(mood)\(spoke.isEmpty ? "" : ": " + spoke)."
    return fusion.map { spoke.isEmpty ? $0.sentence : "\($0.sentence) (\(spoke))" } ?? own
  }
}
