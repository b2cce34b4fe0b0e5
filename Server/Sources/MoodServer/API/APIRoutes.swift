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
        let form = merged(request, try await reader.form(of: request))
        return json(try await read(form, context).reading)
      },
      Route(.post, "/api/v1/explain") { request, context in
        let form = merged(request, try await reader.form(of: request))
        guard let heat = try await read(form, context, explains: true).heat else {
          throw ServerError.failed
        }
        return text(try heat.pngData(), type: "image/png")
      },
      Route(.post, "/api/v1/recommend") { request, context in
        let form = merged(request, try await reader.form(of: request))
        let wishes = try wishes(request, form)
        let reading = try await read(form, context).reading
        let said = try TextModel.read(form.fields["text"])
        let answer = said.map { TextAnswer($0, face: reading.distribution) }
        let mood =
          said.map { MoodFusion(face: reading.distribution, words: $0.distribution).distribution }
          ?? reading.distribution
        if let (goal, minutes) = try journey(form) {
          let way = try await songs.journey(
            from: mood, to: goal, minutes: minutes, wishes: wishes)
          return json(
            RecommendationBody(
              reading: reading, songs: [], text: answer, journey: JourneyAnswer(way)))
        }
        let found = try await songs.songs(
          for: mood, wishes: wishes, listener: context.listener?.id)
        return json(
          RecommendationBody(reading: reading, songs: found.map { SongAnswer($0) }, text: answer))
      },
      Route(.post, "/api/v1/feedback", feedback),
      Route(.get, "/api/v1/history") { request, context in
        let limit =
          try Self.integer(request.uri.queryParameters["limit"], "limit", 1...1000) ?? 100
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
    guard
      request.headers[.contentType]?.prefix(while: { $0 != ";" }).lowercased()
        == "application/json"
    else { throw ServerError.unsupportedMediaType }
    let body = try decoded(FeedbackRequest.self, from: try await reader.bytes(of: request))
    let listener = context.listener ?? Listener()
    let verdict = Verdict(
      action: body.action, song: body.song, mood: body.mood, rating: body.rating)
    try await songs.record(verdict, listener: listener.id)
    return remembering(listener, context, Response(status: .noContent))
  }
}
