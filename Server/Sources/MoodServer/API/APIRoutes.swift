import HTTPTypes
import Hummingbird
import ImageDecoding
import MoodRecommend
import MoodText
import MoodVision

extension Routes {
  /// The API for programs, and its description.
  var apiRoutes: [Route] {
    [
      Route(.post, "/api/v1/classify") { request, context in
        let reading = try await read(form(of: request), context).reading
        return json(Addressed(reading, address: AnswerAddress(reading)))
      },
      Route(.post, "/api/v1/explain") { request, context in
        let heat = try await read(form(of: request), context, explains: true).heat
        guard let heat else { throw ServerError.failed }
        return text(try heat.pngData(), type: "image/png")
      },
      Route(.post, "/api/v1/recommend") { request, context in
        let form = try await form(of: request)
        let (address, photo, said) = try await asked(form, context)
        let answer = try await answers.answer(address, listener: context.listener?.id)
        let text = said.map { TextAnswer($0, face: address.face, in: context.language) }
        guard let photo else { return json(SongsBody(answer, text: text, in: context.language)) }
        return json(
          RecommendationBody(photo.reading, answer, text: text, in: context.language))
      },
      Route(.post, "/api/v1/text") { request, context in
        let body = try await jsonBody(TextRequest.self, of: request)
        guard let said = try TextModel.read(body.text) else {
          throw ServerError.badValue(name: "text", expected: "a few words")
        }
        var address = AnswerAddress()
        address.words = MoodShares(said.distribution)
        return json(Addressed(TextAnswer(said, face: nil, in: context.language), address: address))
      },
      Route(.get, "/api/v1/songs") { request, context in
        let answer = try await answers.answer(
          address(request.query), listener: context.listener?.id)
        return json(SongsBody(answer, in: context.language))
      },
      Route(.post, "/api/v1/feedback", feedback),
      Route(.get, "/api/v1/history") { request, context in
        let limit =
          try request.query["limit"].map { text throws(ServerError) in
            try AnswerAddress.number(text, "limit", 1...1000)
          } ?? 100
        guard let listener = context.listener else { return json(HistoryBody([])) }
        return json(HistoryBody(try await songs.history(listener: listener.id, limit: limit)))
      },
      Route(.delete, "/api/v1/listener") { _, context in
        if let listener = context.listener { try await songs.forget(listener: listener.id) }
        return Response(status: .noContent, headers: [.setCookie: Listener.clearCookie])
      },
      Route(.get, "/openapi.json", isOpen: true) { _, _ in
        text(PackageResources.openapi_json, type: "application/json")
      },
    ]
  }

  @Sendable private func feedback(_ request: Request, _ context: ServerContext) async throws
    -> Response
  {
    let body = try await jsonBody(FeedbackRequest.self, of: request)
    let listener = context.listener ?? Listener()
    let verdict = Verdict(
      action: body.action, song: body.song, mood: body.mood, rating: body.rating)
    try await songs.record(verdict, listener: listener.id)
    return remembering(listener, context, Response(status: .noContent))
  }

  /// A body in JSON.
  private func jsonBody<Body: Decodable>(_ type: Body.Type, of request: Request) async throws
    -> Body
  {
    let media = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased()
    guard media == "application/json" else { throw ServerError.unsupportedMediaType }
    return try decoded(type, from: try await reader.bytes(of: request))
  }

  /// The address that a form asks for: with the moods that its photo shows and its words say.
  ///
  /// - Throws: ``ServerError/noImage`` where nothing in it speaks of a mood.
  func asked(
    _ form: ImageForm, _ context: ServerContext, explains: Bool = false
  ) async throws -> (address: AnswerAddress, photo: PhotoResult?, words: TextReading?) {
    var fields = form.fields
    let who = fields.take("face")
    var address = try self.address(fields)
    let said = try TextModel.read(form.fields["text"])
    let photo = form.image == nil ? nil : try await read(form, context, explains: explains)
    if let photo { address.take(photo.reading) }
    if let said { address.words = MoodShares(said.distribution) }
    guard address.hasMood else { throw ServerError.noImage }
    if let who { try address.take(who: who) }
    return (address, photo, said)
  }
}

extension AnswerAddress {
  /// The answer to a photo alone.
  init(_ reading: MoodReading) {
    self.init()
    take(reading)
  }

  /// Takes in what a photo shows.
  mutating func take(_ reading: MoodReading) {
    let read = reading.faces.prefix(Self.faceLimit)
    faces = read.map { MoodShares($0.distribution) }
    unsure = Set(read.indices.filter { !read[$0].isSure }.map { $0 + 1 })
    sawWhole = reading.source == .whole
  }
}
