import Foundation
import Hummingbird
import MoodRecommend

extension Pages {
  /// A journey: a sentence of choices, the curve, the songs.
  func journey(_ answer: Answer, _ journey: Journey, _ visit: Visit) -> Response {
    let (texts, address) = (visit.texts, answer.address)
    let goal = address.journey ?? .calm
    let mood = answer.mood.mood
    // A journey that starts from a photo or from words may keep that start, or be told another.
    let isRead = address.said == nil
    let from = texts("from_" + mood.rawValue)
    func option(_ value: String, _ name: String, _ isCurrent: Bool) -> [String: Any] {
      ["value": value, "name": name, "isCurrent": isCurrent]
    }
    var froms = [Mood.sad, .angry, .fear, .disgust, .neutral, .surprise, .happy].map {
      option($0.rawValue, texts("from_" + $0.rawValue), address.said == $0)
    }
    if isRead { froms.insert(option("", from, true), at: 0) }
    let lengths = Set([15, 30, 45, 60, 90, 120] + [address.minutes]).sorted()
    let named = [
      "from": from, "to": texts("to_" + goal.rawValue), "minutes": "\(address.minutes)",
      "count": "\(journey.stops.count)",
    ]
    var bare = address.with(journey: goal, minutes: address.minutes)
    bare.seen = []
    let hidden = bare.fields.filter { !["mood", "journey", "minutes"].contains($0.name) }
    let curve = JourneyCurve(journey, label: texts("curveAlt", named))
    var values: [String: Any] = [
      "headline": texts("journeyTitle", named),
      "hidden": hidden.map { ["name": $0.name, "value": $0.value] },
      "fromName": "mood", "froms": froms, "moodID": mood.rawValue, "toID": goal.rawValue,
      "tos": JourneyGoal.allCases.map {
        option($0.rawValue, texts("to_" + $0.rawValue), $0 == goal)
      },
      "lengths": lengths.map {
        option("\($0)", texts("minutes", ["number": "\($0)"]), $0 == address.minutes)
      },
      "wide": curve.svg(.wide, minutes: texts("min")),
      "narrow": curve.svg(.narrow, minutes: texts("min")),
      "songs": songs(answer, texts), "entry": entry(answer),
      "notes": answer.notes.map { $0.sentence(in: texts.language) },
      "fiveHref": address.with(goal: address.goal == .classic ? .match : address.goal).description,
    ]
    if !address.skips.isEmpty {
      var before = address
      before.skips.removeLast()
      before.songs = []
      values["skippedSong"] = texts("skippedCount", ["number": "\(address.skips.count)"])
      values["undoHref"] = before.description
    }
    values.merge(foot(answer, texts)) { $1 }
    return page(
      PageView(
        template: "journey", title: texts("journeyTitle", named),
        light: goal == .happy ? "happy" : goal.rawValue,
        isMoodless: false, values: values), visit)
  }
}
