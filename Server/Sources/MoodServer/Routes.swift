import HTTPTypes
import Hummingbird
import ImageDecoding
import MoodRecommend
import Synchronization

/// What answers each path.
struct Routes: Sendable {
  let options: ServerOptions
  let songs: any SongService
  let queue: InferenceQueue
  let metrics: ServerMetrics
  let pages: Pages
  let departed: DepartedClients
  let state: ServerState

  private var reader: BodyReader { BodyReader(limit: options.bodyLimit) }

  /// The methods of each path, for answers of 405.
  static let table: [(path: String, methods: [String])] = [
    ("/", ["GET", "HEAD"]), ("/static/app.js", ["GET", "HEAD"]),
    ("/static/style.css", ["GET", "HEAD"]), ("/history", ["GET", "HEAD"]),
    ("/upload", ["POST"]), ("/feedback", ["POST"]), ("/forget", ["POST"]),
    ("/api/v1/classify", ["POST"]), ("/api/v1/recommend", ["POST"]),
    ("/api/v1/explain", ["POST"]),
    ("/api/v1/feedback", ["POST"]), ("/api/v1/history", ["GET", "HEAD"]),
    ("/api/v1/listener", ["DELETE"]), ("/openapi.json", ["GET", "HEAD"]),
    ("/healthz", ["GET", "HEAD"]), ("/readyz", ["GET", "HEAD"]), ("/metrics", ["GET", "HEAD"]),
    ("/v2", ["GET", "HEAD"]), ("/v2/health/live", ["GET", "HEAD"]),
    ("/v2/health/ready", ["GET", "HEAD"]), ("/v2/models/mood", ["GET", "HEAD"]),
    ("/v2/models/mood/ready", ["GET", "HEAD"]), ("/v2/models/mood/infer", ["POST"]),
  ]

  /// The methods that a path takes.
  static func methods(of path: String) -> [String] {
    table.first { $0.path == path }?.methods ?? []
  }

  /// The router with all of them, behind the safeguards.
  func router() -> Router<ServerContext> {
    let router = Router(context: ServerContext.self, options: [.autoGenerateHeadEndpoints])
    router.add(middleware: Safeguards(options: options, metrics: metrics, pages: pages))
    router.add(middleware: MethodCheck())
    addPages(to: router)
    addAPI(to: router)
    addHealth(to: router)
    InferenceProtocol(routes: self).add(to: router)
    return router
  }

  private func addPages(to router: Router<ServerContext>) {
    router.get("/") { request, context in
      let listener = context.listener ?? Listener()
      return remembering(listener, context, pages.index(listener: listener))
    }
    router.get("/static/app.js") { _, _ in
      asset(PackageResources.app_js, "text/javascript; charset=utf-8")
    }
    router.get("/static/style.css") { _, _ in
      asset(PackageResources.style_css, "text/css; charset=utf-8")
    }
    router.post("/upload") { request, context in
      let form = try await reader.form(of: request)
      if let listener = context.listener, !listener.accepts(form.fields["token"]) {
        throw ServerError.forbidden
      }
      let listener = context.listener ?? Listener()
      let wishes = try wishes(request, form)
      let reading = try await read(form, context, wantsHeat: form.fields["why"] != nil)
      let picks = try await songs.songs(
        for: reading.distribution, wishes: wishes, listener: listener.id)
      let isFragment = request.headers[.fragment] != nil
      return remembering(
        listener, context,
        pages.result(reading, picks, listener: listener, isFragment: isFragment))
    }
    router.get("/history") { request, context in
      let listener = context.listener ?? Listener()
      let entries = try await songs.history(listener: listener.id, limit: 100)
      let said = request.uri.queryParameters["said"].map(String.init)
      let message = said == "thanks" || said == "forgotten" ? said.flatMap { Texts.all[$0] } : nil
      return remembering(
        listener, context, pages.history(entries, message: message, listener: listener))
    }
    router.post("/feedback") { request, context in
      let form = try await reader.form(of: request)
      guard let listener = context.listener, listener.accepts(form.fields["token"]) else {
        throw ServerError.forbidden
      }
      try await songs.record(Self.verdict(form.fields), listener: listener.id)
      if request.headers[.fragment] != nil { return Response(status: .noContent) }
      return Response(status: .seeOther, headers: [.location: "/history?said=thanks"])
    }
    router.post("/forget") { request, context in
      let form = try await reader.form(of: request)
      guard let listener = context.listener, listener.accepts(form.fields["token"]) else {
        throw ServerError.forbidden
      }
      try await songs.forget(listener: listener.id)
      return Response(
        status: .seeOther,
        headers: [.location: "/history?said=forgotten", .setCookie: Listener.clearCookie])
    }
  }

  private func addAPI(to router: Router<ServerContext>) {
    router.post("/api/v1/classify") { request, context in
      let form = try await reader.form(of: request)
      return json(ClassificationBody(try await read(merged(request, form), context)))
    }
    router.post("/api/v1/explain") { request, context in
      let form = merged(request, try await reader.form(of: request))
      guard let heat = try await read(form, context, wantsHeat: true).heat else {
        throw ServerError.notFound
      }
      return text(try heat.pngData(), type: "image/png")
    }
    router.post("/api/v1/recommend") { request, context in
      let form = merged(request, try await reader.form(of: request))
      let wishes = try wishes(request, form)
      let reading = try await read(form, context)
      let picks = try await songs.songs(
        for: reading.distribution, wishes: wishes, listener: context.listener?.id)
      return json(
        RecommendationBody(
          reading: ClassificationBody(reading),
          songs: picks.map { SongBody($0.song, reason: $0.reason) }))
    }
    router.post("/api/v1/feedback") { request, context in
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
    router.get("/api/v1/history") { request, context in
      let limit = try Self.integer(request.uri.queryParameters["limit"], "limit", 1...1000) ?? 100
      guard let listener = context.listener else { return json(HistoryBody([])) }
      return json(HistoryBody(try await songs.history(listener: listener.id, limit: limit)))
    }
    router.delete("/api/v1/listener") { _, context in
      if let listener = context.listener { try await songs.forget(listener: listener.id) }
      return Response(status: .noContent, headers: [.setCookie: Listener.clearCookie])
    }
    router.get("/openapi.json") { _, _ in
      text(PackageResources.openapi_json, type: "application/json")
    }
  }

  private func addHealth(to router: Router<ServerContext>) {
    router.get("/healthz") { _, _ in text("ok\n".utf8, type: "text/plain") }
    router.get("/readyz") { _, _ in
      if state.isDraining { throw ServerError.shuttingDown }
      return text("ready\n".utf8, type: "text/plain")
    }
    router.get("/metrics") { _, _ in
      text(metrics.text.utf8, type: "text/plain; version=0.0.4; charset=utf-8")
    }
  }
}

/// Answers 405 where a path is known and its method is not.
struct MethodCheck: RouterMiddleware {
  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    let methods = Routes.methods(of: request.uri.path)
    if !methods.isEmpty, !methods.contains(request.method.rawValue) {
      throw ServerError.methodNotAllowed
    }
    return try await next(request, context)
  }
}

/// Whether the server is about to end.
final class ServerState: Sendable {
  private let draining = Atomic(false)
  var isDraining: Bool { draining.load(ordering: .relaxed) }
  func drain() { draining.store(true, ordering: .relaxed) }
}
