import Foundation
import Hummingbird
import MoodCard
import MoodRecommend
import MoodVision

extension Pages {
  /// The mood card of an answer in one of its shapes, to save or to share.
  func card(_ answer: Answer, _ shape: MoodCard.Shape, _ visit: Visit) -> Response {
    let (texts, mood, query) = (visit.texts, answer.mood.mood, answer.address.query)
    let shapes = [MoodCard.Shape.card, .story, .wide].map { other -> [String: Any] in
      [
        "name": texts("shape_" + other.rawValue), "isCurrent": other == shape,
        "href": "/card?\(query)&shape=\(other.rawValue)",
      ]
    }
    return page(
      PageView(
        template: "card", title: texts("cardTitle"), light: mood.rawValue, isMoodless: false,
        values: [
          "svgHref": "/card.svg?\(query)&shape=\(shape.rawValue)", "shapes": shapes,
          "width": "\(shape.size.width)", "height": "\(shape.size.height)",
          "cardAlt": texts("cardAlt", ["mood": texts.name(mood)]), "moodID": mood.rawValue,
          "backHref": answer.address.description,
        ]), visit)
  }

  /// The journal, which the browser alone keeps.
  func journal(_ visit: Visit) -> Response {
    let points = Dictionary(
      uniqueKeysWithValues: Mood.allCases.map {
        ($0.rawValue, [$0.point.valence, $0.point.arousal])
      })
    return page(
      PageView(
        template: "journal", title: visit.texts("journalTitle"),
        values: ["points": String(decoding: encoded(points), as: UTF8.self)]), visit)
  }

  /// What the listener did so far; `said` is what has just been done: `thanks` or `forgotten`.
  func history(_ entries: [HistoryEntry], said: String?, _ visit: Visit) -> Response {
    let texts = visit.texts
    let style = Date.FormatStyle(
      date: .abbreviated, time: .shortened, locale: texts.locale, timeZone: .gmt)
    let rows = entries.map { entry in
      let date = Date(timeIntervalSince1970: entry.time)
      return [
        "time": date.formatted(.iso8601), "when": date.formatted(style) + " UTC",
        "what": texts.table["event_" + entry.event] ?? entry.event,
        "mood": entry.mood.map { texts.name($0) } ?? "",
        "song": entry.song.map { "\($0.name) – \($0.artist)" } ?? "",
      ]
    }
    var values: [String: Any] = ["entries": rows, "hasEntries": !rows.isEmpty]
    if let said, said == "thanks" || said == "forgotten" { values["message"] = texts(said) }
    return page(
      PageView(template: "history", title: texts("historyTitle"), values: values), visit)
  }

  /// A failure, told to a person; what can be done where no face was found is a page of its own.
  func failure(_ error: ServerError, _ visit: Visit) -> Response {
    if error == .photo(.noFace) { return noFace(visit) }
    let sentence = error.sentence(in: visit.texts.language)
    return page(
      PageView(
        template: "failure", title: visit.texts("failure"), values: ["message": sentence]),
      visit, status: error.status)
  }
}
