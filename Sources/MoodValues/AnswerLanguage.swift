/// A language that answers are written in.
public enum AnswerLanguage: String, Sendable, CaseIterable, Codable {
  /// English.
  case english = "en"
  /// German.
  case german = "de"

  /// The language of a BCP 47 tag such as `de`, `de-AT` or `EN_us`, by its first part; `nil` for a
  /// language that nothing is written in.
  public init?(tag: String) {
    let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
    self.init(rawValue: primary)
  }
}

extension Mood {
  /// The mood as an adjective that stands behind a verb: "you are sad", „du bist traurig“.
  public func adjective(in language: AnswerLanguage) -> String {
    switch (language, self) {
    case (.english, .disgust): "disgusted"
    case (.english, .fear): "fearful"
    case (.english, .surprise): "surprised"
    case (.english, _): rawValue
    case (.german, .angry): "wütend"
    case (.german, .disgust): "angewidert"
    case (.german, .fear): "ängstlich"
    case (.german, .happy): "fröhlich"
    case (.german, .neutral): "neutral"
    case (.german, .sad): "traurig"
    case (.german, .surprise): "überrascht"
    }
  }
}
