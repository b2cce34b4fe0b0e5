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
