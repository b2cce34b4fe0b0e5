public import MoodValues

/// What a list could not keep to, as programs get it.
public struct NoteAnswer: Codable, Sendable, Equatable {
  /// A stable name: `few_fit`, `few_songs` or `artists_repeat`.
  public let kind: String
  /// One sentence for a person.
  public let sentence: String

  /// The answer for a note.
  public init(_ note: RecommendationNote, in language: AnswerLanguage = .english) {
    (kind, sentence) = (note.name, note.sentence(in: language))
  }
}
