import Foundation
import HTTPTypes
import Hummingbird
import MoodRecommend
import MoodVision
import Mustache

/// The pages: values in, HTML out; whatever comes from a catalogue or a client is escaped.
struct Pages: Sendable {
  private let library: MustacheLibrary
  /// What can be asked for in the catalogue.
  let choices: SongChoices

  init(choices: SongChoices) {
    self.choices = choices
    let sources: [(String, [UInt8])] = [
      ("page", PackageResources.page_mustache), ("icons", PackageResources.icons_mustache),
      ("start", PackageResources.start_mustache), ("moods", PackageResources.moods_mustache),
      ("answer", PackageResources.answer_mustache), ("wishes", PackageResources.wishes_mustache),
      ("song", PackageResources.song_mustache), ("foot", PackageResources.foot_mustache),
      ("journey", PackageResources.journey_mustache), ("noface", PackageResources.noface_mustache),
      ("faces", PackageResources.faces_mustache), ("card", PackageResources.card_mustache),
      ("journal", PackageResources.journal_mustache),
      ("history", PackageResources.history_mustache), ("api", PackageResources.api_mustache),
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

  /// A page, or what stands in it, as HTML.
  func page(_ view: PageView, _ visit: Visit, status: HTTPResponse.Status = .ok) -> Response {
    let texts = visit.texts
    var values = view.values
    values["text"] = texts.table
    values["asset"] = Assets.addresses
    values["token"] = visit.token
    values["pageTitle"] = view.title
    var html = library.render(values, withTemplate: view.template) ?? ""
    if !visit.isFragment {
      let frame: [String: Any] = [
        "text": texts.table, "asset": Assets.addresses, "content": html, "view": view.template,
        "pageTitle": view.title, "moodID": view.light,
        "allMoods": view.light == "neutral" && view.isMoodless,
        "language": texts.language.rawValue, "back": visit.encodedPath,
        "scriptTexts": texts.scriptJSON, "isStart": view.template == "start",
        "isAnswer": view.template == "answer", "isJourney": view.template == "journey",
        "isJournal": view.template == "journal",
      ]
      html = library.render(frame, withTemplate: "page") ?? ""
    }
    var response = text(html.utf8, type: "text/html; charset=utf-8", status: status)
    response.headers[.contentLanguage] = texts.language.rawValue
    response.headers[.vary] = "Accept-Language, Cookie, X-Fragment"
    return response
  }

  /// The seven moods as links.
  func moods(_ texts: Texts, current: Mood? = nil, _ href: (Mood) -> String) -> [[String: Any]] {
    [Mood.happy, .surprise, .neutral, .sad, .fear, .disgust, .angry].map {
      [
        "id": $0.rawValue, "name": texts.name($0), "href": href($0), "isCurrent": $0 == current,
      ]
    }
  }
}

/// What one page shows.
struct PageView {
  /// The template of its content.
  let template: String
  /// The window's title.
  let title: String
  /// The mood, or the journey's goal, whose colours it has.
  var light = "neutral"
  /// Whether there is no mood yet: then it has the colours of all.
  var isMoodless = true
  /// What the template takes.
  let values: [String: Any]
}

/// Who asks for a page, and how.
struct Visit {
  /// What is said, in the visitor's language.
  let texts: Texts
  /// What the page's own forms carry.
  let token: String
  /// The address that was asked for.
  let path: String
  /// Whether a script asks, for the content alone.
  let isFragment: Bool

  init(_ request: Request, _ context: ServerContext, _ listener: Listener?) {
    texts = Texts.of(context.language)
    token = listener?.formToken ?? ""
    // A page that answers a form has no address to come back to.
    path = request.method == .get ? request.uri.string : "/"
    isFragment = request.headers[.fragment] != nil
  }

  /// The address as the value of a parameter.
  var encodedPath: String {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._~/")
    return path.addingPercentEncoding(withAllowedCharacters: allowed) ?? "/"
  }
}
