import MoodText

/// The text model, read from its file when words come for the first time.
enum TextModel {
  /// How many bytes a text may have.
  private static let limit = 4_096
  private static let reader = try? TextReader()

  /// What words say; nil where there are none.
  ///
  /// - Throws: ``ServerError`` if they are too long, or no model is there.
  static func read(_ text: String?) throws(ServerError) -> TextReading? {
    guard let text, !text.isEmpty else { return nil }
    guard text.utf8.count <= limit else {
      throw .badValue(name: "text", expected: "at most \(limit) bytes")
    }
    guard let reader else { throw .failed }
    return reader.read(text)
  }
}
