import Foundation
import HTTPTypes
import Hummingbird
import ImageDecoding
import MoodRecommend
import MoodVision
import Mustache

/// The pages: values in, HTML out; whatever comes from a catalogue or a client is escaped.
struct Pages: Sendable {
  private let library: MustacheLibrary
  private let genres: [String]

  init(genres: [String]) {
    self.genres = genres
    let sources: [(String, [UInt8])] = [
      ("page", PackageResources.page_mustache), ("index", PackageResources.index_mustache),
      ("result", PackageResources.result_mustache), ("song", PackageResources.song_mustache),
      ("history", PackageResources.history_mustache),
      ("failure", PackageResources.failure_mustache),
    ]
    var templates: [String: MustacheTemplate] = [:]
    for (name, bytes) in sources {
      guard let template = try? MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
      else { preconditionFailure("the template \(name) is malformed") }
      templates[name] = template
    }
    library = MustacheLibrary(templates: templates)
  }

  /// The first page.
  func index(listener: Listener) -> Response {
    var script = PageStrings.all
    for mood in Mood.allCases { script["mood_" + mood.rawValue] = PageStrings.name(mood) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let values: [String: Any] = [
      "token": listener.formToken, "genres": genres,
      "goals": Goal.allCases.map { ["value": $0.rawValue, "name": PageStrings.name($0)] },
      "textsJSON": (try? encoder.encode(script)).map { String(decoding: $0, as: UTF8.self) }
        ?? "{}",
    ]
    return page("index", title: PageStrings.all["title"], values)
  }

  /// An answer: the mood and the songs, and a picture of what was looked at, if there is one.
  func answer(
    _ answer: Answer, heat: RGBImage? = nil, listener: Listener, language: AnswerLanguage,
    isFragment: Bool
  ) -> Response {
    let distribution = answer.mood
    let mood = distribution.mood
    let songs = answer.songs.map { song($0, answer: answer, listener: listener) }
    let point = distribution.point
    func words(_ key: String) -> String { PageStrings.all[key] ?? key }
    var values: [String: Any] = [
      "token": listener.formToken, "moodID": mood.rawValue, "mood": PageStrings.name(mood),
      "lead": words(answer.address.isSure ? "looksLike" : "notSure"),
      "looked": words(answer.address.sawWhole ? "wholePhoto" : "faceFound"),
      "bars": distribution.sorted.map {
        ["name": PageStrings.name($0.mood), "percent": Self.number(100 * Double($0.probability))]
      },
      "x": Self.number(100 * Double(point.valence)), "y": Self.number(-100 * Double(point.arousal)),
      "isFragment": isFragment, "back": "\(answer.address)",
      "placeName": words(point.valence < 0 ? "unpleasant" : "pleasant") + ", "
        + words(point.arousal < 0 ? "calm" : "excited"),
      "points": Mood.allCases.map { mood in
        let point = mood.point
        return [
          "name": PageStrings.name(mood), "x": Self.number(100 * Double(point.valence)),
          "y": Self.number(-100 * Double(point.arousal)),
          // Above the mark where its neighbour's label is below.
          "labelY": Self.number(-100 * Double(point.arousal) + (mood == .angry ? -5 : 12)),
        ]
      },
      "first": Array(songs.prefix(1)), "more": Array(songs.dropFirst()),
      "hasMore": songs.count > 1,
      "others": Mood.allCases.filter { $0 != mood }.map {
        ["value": $0.rawValue, "name": PageStrings.name($0)]
      },
    ]
    if let heat, let file = try? heat.pngData() {
      values["heat"] = Data(file).base64EncodedString()
    }
    return page("result", title: PageStrings.all["resultTitle"], values, isFragment: isFragment)
  }

  /// What the listener did so far.
  func history(_ entries: [HistoryEntry], message: String?, listener: Listener) -> Response {
    let rows = entries.map { entry in
      [
        "time": Date(timeIntervalSince1970: entry.time).formatted(.iso8601),
        "when": Self.minute(Date(timeIntervalSince1970: entry.time)),
        "what": PageStrings.name(event: entry.event),
        "mood": entry.mood.map(PageStrings.name) ?? "",
        "song": entry.song.map { "\($0.name) – \($0.artist)" } ?? "",
      ]
    }
    var values: [String: Any] = [
      "token": listener.formToken, "entries": rows, "hasEntries": !rows.isEmpty,
    ]
    if let message { values["message"] = message }
    return page("history", title: PageStrings.all["history"], values)
  }

  /// A failure, told to a person.
  func failure(
    _ error: ServerError, listener: Listener?, language: AnswerLanguage
  ) -> Response {
    page(
      "failure", title: PageStrings.all["failure"], ["message": error.sentence(in: language)],
      status: error.status)
  }

  private func song(_ shown: AnswerSong, answer: Answer, listener: Listener) -> [String: Any] {
    let song = shown.song
    var values: [String: Any] = [
      "id": song.id, "name": song.name, "artist": song.artist,
      "link": song.link, "reason": shown.ranked?.explanation ?? "", "token": listener.formToken,
      "moodID": answer.mood.mood.rawValue, "text": PageStrings.all, "back": "\(answer.address)",
    ]
    if !song.album.isEmpty { values["album"] = song.album }
    values["spotifyID"] = song.spotifyID
    return values
  }

  private func page(
    _ template: String, title: String?, _ values: [String: Any],
    status: HTTPResponse.Status = .ok, isFragment: Bool = false
  ) -> Response {
    var values = values
    values["text"] = PageStrings.all
    var html = library.render(values, withTemplate: template) ?? ""
    if !isFragment {
      let frame: [String: Any] = [
        "text": PageStrings.all, "content": html, "pageTitle": title ?? "",
        "asset": Assets.addresses,
      ]
      html = library.render(frame, withTemplate: "page") ?? ""
    }
    return text(html.utf8, type: "text/html; charset=utf-8", status: status)
  }

  /// A time to the minute, in UTC.
  private static func minute(_ date: Date) -> String {
    let text = date.formatted(.iso8601.dateTimeSeparator(.space))  // 2026-11-25 08:30:00Z
    return text.prefix(16) + " UTC"
  }

  /// A number with one digit behind the point.
  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
