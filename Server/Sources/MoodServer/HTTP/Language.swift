import Hummingbird
import MoodRecommend

extension AnswerLanguage {
  /// The language that a request asks for: by the query's or the cookie's `lang`, else by its
  /// `Accept-Language` (RFC 9110 section 12.5.4), else English.
  init(of request: Request) {
    let named = [
      request.uri.queryParameters["lang"].map(String.init), request.cookies["lang"]?.value,
    ]
    self =
      named.compactMap { $0.flatMap(Self.init(rawValue:)) }.first
      ?? Self(accepted: request.headers[.acceptLanguage] ?? "")
  }

  /// The language that a header prefers.
  init(accepted header: String) {
    var best: (language: AnswerLanguage, quality: Double) = (.english, 0)
    for part in header.split(separator: ",").prefix(32) {
      let parts = part.split(separator: ";")
      guard let tag = parts.first?.filter({ $0 != " " }), let language = Self(tag: tag)
      else { continue }
      let quality =
        parts.dropFirst().compactMap { parameter -> Double? in
          let pair = parameter.split(separator: "=")
          guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "q" else {
            return nil
          }
          return Double(pair[1].filter { $0 != " " })
        }.first ?? 1
      if quality > best.quality, quality <= 1 { best = (language, quality) }
    }
    self = best.language
  }
}
