import Foundation
import Hummingbird
import ImageDecoding
import MoodRecommend
import MoodVision

extension Pages {
  /// The answer: one word, the songs, and why; or the journey there. `heat` is which places of the photo
  /// spoke for the mood, where that was asked for.
  func answer(_ answer: Answer, _ visit: Visit, heat: RGBImage? = nil) -> Response {
    if let journey = answer.journey { return self.journey(answer, journey, visit) }
    let (texts, address, mood) = (visit.texts, answer.address, answer.mood)
    let name = texts.name(mood.mood)
    let word = address.isSure ? name : texts("perhaps", ["mood": name])
    let goals = [Goal.match, .lift, .calm, .energise].map { goal -> [String: Any] in
      [
        "name": texts("goal_" + goal.rawValue), "isCurrent": address.goal == goal,
        "href": address.with(goal: goal).description,
      ]
    }
    let there = address.with(journey: .calm, minutes: 30).description
    var values: [String: Any] = [
      "word": word, "length": "\(word.count)", "sentence": sentence(answer, texts),
      "landscape": Landscape(mood.point).picture("land"), "entry": entry(answer),
      "goals": goals + [
        ["name": texts("goal_journey"), "isCurrent": false, "href": there]
      ],
      "moods": moods(texts, current: address.said) { address.with(said: $0).description },
      "songs": songs(answer, texts), "moodID": mood.mood.rawValue,
      "notes": answer.notes.map { $0.sentence(in: texts.language) },
      "bars": bars(mood, texts), "heatHint": texts("heatHint", ["mood": name]),
      "plane": MoodPlane(mood: mood.point, songs: answer.songs.map(\.place)).svg(texts),
    ]
    values.merge(wishes(address, texts)) { $1 }
    values.merge(foot(answer, texts)) { $1 }
    if address.said == nil {
      values["percent"] = texts.percent(mood.confidence)
      values["width"] = number(100 * Double(mood.confidence))
    }
    if address.faces.count > 1 {
      let codes = address.faces.map(\.description).joined(separator: "_")
      values["facesHref"] = "/faces?p=\(codes)&goal=\(address.goal.rawValue)"
    }
    if let heat, let file = try? heat.pngData() {
      values["heat"] = Data(file).base64EncodedString()
    }
    return page(
      PageView(
        template: "answer", title: texts("title", ["mood": word]), light: mood.mood.rawValue,
        isMoodless: false, values: values), visit)
  }

  /// How clearly, and to whom.
  private func sentence(_ answer: Answer, _ texts: Texts) -> String {
    let address = answer.address
    if address.said != nil { return texts("youSay") }
    if address.words != nil { return texts(address.faces.isEmpty ? "wordsSay" : "bothSay") }
    if !address.isSure { return texts("notSure") }
    if address.sawWhole { return texts("wholeSays") }
    if address.who == .all, address.faces.count > 1 { return texts("groupSays") }
    let confidence = answer.mood.confidence
    return texts(
      confidence >= 0.9 ? "veryClearly" : confidence >= 0.6 ? "fairlyClearly" : "ratherSo")
  }

  private func bars(_ mood: MoodDistribution, _ texts: Texts) -> [[String: Any]] {
    mood.sorted.enumerated().map { index, share in
      [
        "id": share.mood.rawValue, "name": texts.name(share.mood), "isFirst": index == 0,
        "percent": texts.percent(share.probability),
        "width": number(max(0.6, 100 * Double(share.probability))),
      ]
    }
  }

  /// The form behind "More".
  private func wishes(_ address: AnswerAddress, _ texts: Texts) -> [String: Any] {
    func option(_ value: String, _ name: String, _ isCurrent: Bool) -> [String: Any] {
      ["value": value, "name": name, "isCurrent": isCurrent]
    }
    let filter = address.filter
    var bare = address.with(filter: SongFilter())
    bare.filter = SongFilter()
    let languages = choices.languages.map { code in
      option(
        code, texts.locale.localizedString(forLanguageCode: code)?.capitalizedFirst ?? code,
        filter.languages == [code])
    }
    var decades: [[String: Any]] = []
    if let years = choices.years {
      let first = years.lowerBound / 10 * 10
      decades = stride(from: first, through: years.upperBound, by: 10).reversed().map { year in
        option("\(year)-\(year + 9)", "\(year)–\(year + 9)", filter.years == year...(year + 9))
      }
    }
    return [
      "hidden": bare.fields.map { ["name": $0.name, "value": $0.value] },
      "genres": choices.genres.map { option($0, $0, filter.genres == [$0]) },
      "languages": languages.sorted { "\($0["name"] ?? "")" < "\($1["name"] ?? "")" },
      "decades": decades, "hasWishes": !filter.isEmpty,
    ]
  }
}

extension AnswerAddress {
  /// The address in parts, as hidden fields of a form.
  var fields: [(name: String, value: String)] {
    (URLComponents(string: description)?.queryItems ?? []).map { ($0.name, $0.value ?? "") }
  }
}

extension String {
  /// The same text with a capital letter first.
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
