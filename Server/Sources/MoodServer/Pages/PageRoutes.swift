import HTTPTypes
import Hummingbird
import MoodCard
import MoodRecommend
import MoodText
import MoodVision

extension Routes {
  /// The pages, and what their forms send.
  var pageRoutes: [Route] {
    [
      Route(.get, "/") { request, context in
        let listener = context.listener ?? Listener()
        let page = pages.start(
          Visit(request, context, listener), readsWhole: request.query["region"] == "whole")
        return remembering(listener, context, page)
      },
      Route(.get, AnswerAddress.path, answer),
      Route(.get, "/playlist", playlist),
      Route(.get, "/card.svg", card),
      Route(.post, "/upload", upload),
      Route(.get, "/history", history),
      Route(.get, "/api") { request, context in
        pages.api(Visit(request, context, context.listener ?? Listener()))
      },
      Route(.post, "/feedback") { request, context in
        let form = try await reader.form(of: request)
        let listener = try ownListener(form, request, context)
        var verdict = try Self.verdict(form.fields)
        let back = Self.place(form.fields["back"])
        if let back, let query = back.split(separator: "?").dropFirst().first {
          let address = try? address(FormFields(urlEncoded: query))
          verdict.seen = address?.hasMood == true ? address?.mood : nil
        }
        try await songs.record(verdict, listener: listener.id)
        if request.headers[.fragment] != nil { return Response(status: .noContent) }
        return Self.seeOther(back ?? "/history?said=thanks")
      },
      Route(.post, "/forget") { request, context in
        let form = try await reader.form(of: request)
        try await songs.forget(listener: ownListener(form, request, context).id)
        var response = Self.seeOther("/history?said=forgotten")
        response.headers[.setCookie] = Listener.clearCookie
        return response
      },
      Route(.get, "/language") { request, _ in
        let language = request.query["to"].flatMap(AnswerLanguage.init(rawValue:))
        guard let language else { throw ServerError.notOne(of: AnswerLanguage.allCases, "to") }
        var response = Self.seeOther(Self.place(request.query["back"]) ?? "/")
        response.headers[.setCookie] =
          "lang=\(language.rawValue); Max-Age=31536000; Path=/; SameSite=Strict"
        return response
      },
    ]
  }

  /// An answer by its address; an address without songs is given some, and leads to the whole one.
  @Sendable private func answer(_ request: Request, _ context: ServerContext) async throws
    -> Response
  {
    let listener = context.listener ?? Listener()
    let asked = try address(request.query)
    let answer = try await answers.answer(asked, listener: listener.id)
    if "\(answer.address)" != "\(asked)" {
      return remembering(listener, context, Self.seeOther("\(answer.address)"))
    }
    return remembering(
      listener, context, pages.answer(answer, Visit(request, context, listener)))
  }

  /// The songs of an answer as a file.
  @Sendable private func playlist(_ request: Request, _ context: ServerContext) async throws
    -> Response
  {
    let name = request.query["format"] ?? "m3u8"
    guard let format = PlaylistFormat(rawValue: name) else {
      throw ServerError.notOne(of: PlaylistFormat.allCases, "format")
    }
    let answer = try await answers.answer(
      address(request.query), listener: context.listener?.id)
    let title = CardWords.word(answer.mood.mood, in: context.language) + " – mood"
    let list =
      answer.journey.map { format.text(of: $0, title: title) }
      ?? format.text(of: answer.songs.compactMap(\.ranked), title: title)
    if format == .uris, list.isEmpty { throw ServerError.noSpotifyIDs }
    var response = text(list.utf8, type: format.mediaType)
    response.headers[.contentDisposition] =
      "attachment; filename=\"mood-\(answer.mood.mood.rawValue).\(format.fileExtension)\""
    return response
  }

  /// The mood card of an answer; the photo is not here, so a browser puts it into the place for it.
  @Sendable private func card(_ request: Request, _ context: ServerContext) async throws
    -> Response
  {
    let query = request.query
    let shape = query["shape"].map { MoodCard.Shape(rawValue: $0) } ?? .card
    guard let shape else { throw ServerError.notOne(of: MoodCard.Shape.allCases, "shape") }
    let answer = try await answers.answer(address(query), listener: context.listener?.id)
    let (address, language) = (answer.address, context.language)
    let origin: MoodCard.Origin =
      address.said != nil ? .said : address.faces.isEmpty ? .words : .face
    var card = MoodCard(
      mood: answer.mood.mood, origin: origin,
      songs: answer.songs.map { MoodCard.Line($0.song, place: $0.place) }, language: language)
    if let goal = address.journey {
      card.heading = CardWords.journey(
        from: answer.mood.mood, to: goal, minutes: address.minutes, in: language)
    }
    let drawing = card.svg(shape, photo: query["photo"] == "1" ? .place : .none)
    return text(drawing.utf8, type: "image/svg+xml")
  }

  @Sendable private func upload(_ request: Request, _ context: ServerContext) async throws
    -> Response
  {
    var form = try await reader.form(of: request)
    if form.fields["example"] != nil { form.image = PackageResources.example_jpg }
    let listener = context.listener == nil ? Listener() : try ownListener(form, request, context)
    let explains = form.image != nil && form.fields["why"] != nil
    let (address, photo, _) = try await asked(form, context, explains: explains)
    let answer = try await answers.answer(address, listener: listener.id)
    // A picture that explains can be shown only now, while the photo is here.
    let response =
      photo?.heat.map { pages.answer(answer, Visit(request, context, listener), heat: $0) }
      ?? Self.seeOther("\(answer.address)")
    return remembering(listener, context, response)
  }

  @Sendable private func history(_ request: Request, _ context: ServerContext) async throws
    -> Response
  {
    let listener = context.listener ?? Listener()
    let entries = try await songs.history(listener: listener.id, limit: 100)
    let page = pages.history(
      entries, said: request.query["said"], Visit(request, context, listener))
    return remembering(listener, context, page)
  }

  /// The listener that a form of our own page speaks for.
  ///
  /// That it is our own page, the browser says (`Sec-Fetch-Site`, or an `Origin` that was compared with
  /// the host before), or the form's token does. So of two tabs, whose tokens differ, both work.
  private func ownListener(
    _ form: ImageForm, _ request: Request, _ context: ServerContext
  ) throws(ServerError) -> Listener {
    guard let listener = context.listener else {
      throw form.fields["token"] == nil ? .forbidden : .noCookie
    }
    let isVouched =
      request.headers[.fetchSite] == "same-origin" || request.headers[.origin] != nil
    guard isVouched || listener.accepts(form.fields["token"]) else { throw .forbidden }
    return listener
  }

  /// A place of this server's own that a form or link leads back to.
  private static func place(_ text: String?) -> String? {
    guard let text, text.utf8.allSatisfy({ (33...126).contains($0) }),
      let path = text.split(separator: "?", omittingEmptySubsequences: false).first.map(
        String.init),
      ["/", AnswerAddress.path, "/faces", "/noface", "/card", "/journal", "/history", "/api"]
        .contains(path)
    else { return nil }
    return text
  }

  private static func seeOther(_ place: String) -> Response {
    Response(status: .seeOther, headers: [.location: place])
  }
}

extension PlaylistFormat {
  /// The media type of such a file.
  var mediaType: String {
    switch self {
    case .m3u8: "application/vnd.apple.mpegurl; charset=utf-8"
    case .xspf: "application/xspf+xml; charset=utf-8"
    case .jspf: "application/json"
    case .csv: "text/csv; charset=utf-8"
    case .uris: "text/plain; charset=utf-8"
    }
  }

  /// The end of such a file's name.
  var fileExtension: String { self == .uris ? "txt" : rawValue }
}
