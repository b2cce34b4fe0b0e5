import Foundation
import MoodRecommend

/// All that the pages say in one language: `Resources/texts.en.json`, `texts.de.json`.
///
/// Another language is another such file, a line in ``tables`` and a case of `AnswerLanguage`. Names that
/// begin with `js_` go to the page's script.
struct Texts: Sendable {
  /// The language.
  let language: AnswerLanguage
  /// The texts by their names.
  let table: [String: String]

  private static let tables: [AnswerLanguage: Texts] = [
    .english: Texts(.english, PackageResources.texts_en_json),
    .german: Texts(.german, PackageResources.texts_de_json),
  ]

  /// The texts of a language.
  static func of(_ language: AnswerLanguage) -> Texts {
    guard let texts = tables[language] else { preconditionFailure("no texts for \(language)") }
    return texts
  }

  private init(_ language: AnswerLanguage, _ file: [UInt8]) {
    guard let table = try? JSONDecoder().decode([String: String].self, from: Data(file)) else {
      preconditionFailure("the texts for \(language) are no JSON of texts")
    }
    (self.language, self.table) = (language, table)
  }

  /// A text, with what stands in braces filled in.
  func callAsFunction(_ name: String, _ values: [String: String] = [:]) -> String {
    guard var text = table[name] else { preconditionFailure("no text \(name) in \(language)") }
    for (key, value) in values { text = text.replacing("{\(key)}", with: value) }
    return text
  }

  /// A mood's name, as a word of its own.
  func name(_ mood: Mood) -> String { self("mood_" + mood.rawValue) }

  /// A number from 0 to 100 with one digit behind the point, as a share of a hundred.
  func percent(_ share: Float) -> String {
    let percent = 100 * Double(share)
    if percent > 0, percent < 0.1 { return self("less") }
    let number = percent.formatted(.number.precision(.fractionLength(1)).locale(locale))
    return self("percent", ["number": number])
  }

  /// How numbers and languages are written.
  var locale: Locale { Locale(identifier: language.rawValue) }

  /// What the page's script says, as JSON.
  var scriptJSON: String {
    var script = table.filter { $0.key.hasPrefix("js_") || $0.key.hasPrefix("mood_") }
    for name in [
      "playing", "play", "like", "liked", "title", "lively", "quiet", "journalStart", "mood",
    ] {
      script[name] = table[name]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(script)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
