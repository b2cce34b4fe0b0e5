import HTTPTypes
import Hummingbird
import Synchronization

/// What answers each path.
struct Routes: Sendable {
  let options: ServerOptions
  let songs: any SongService
  let answers: AnswerMaker
  let queue: InferenceQueue
  let metrics: ServerMetrics
  let pages: Pages
  let departed: DepartedClients
  let state: ServerState

  /// Reads the bodies of requests.
  var reader: BodyReader { BodyReader(limit: options.bodyLimit) }

  /// Everything that is served, each route once.
  var all: [Route] {
    pageRoutes + viewRoutes + Assets.routes + apiRoutes + healthRoutes
      + InferenceProtocol(routes: self).all
  }

  /// The router with all of them, behind the safeguards.
  func router() -> Router<ServerContext> {
    let table = RouteTable(all)
    let router = Router(context: ServerContext.self, options: [.autoGenerateHeadEndpoints])
    router.add(middleware: Compression())
    router.add(
      middleware: Safeguards(options: options, metrics: metrics, pages: pages, table: table))
    router.add(middleware: MethodCheck(table: table))
    for route in all { router.on(RouterPath(route.path), method: route.method, use: route.handle) }
    return router
  }

  private var healthRoutes: [Route] {
    [
      Route(.get, "/healthz", isOpen: true) { _, _ in text("ok\n".utf8, type: "text/plain") },
      Route(.get, "/readyz", isOpen: true) { _, _ in
        if state.isDraining { throw ServerError.shuttingDown }
        try await songs.checkStore()
        return text("ready\n".utf8, type: "text/plain")
      },
      Route(.get, "/metrics") { _, _ in
        text(metrics.text.utf8, type: "text/plain; version=0.0.4; charset=utf-8")
      },
    ]
  }
}

/// Whether the server is about to end.
final class ServerState: Sendable {
  private let draining = Atomic(false)
  var isDraining: Bool { draining.load(ordering: .relaxed) }
  func drain() { draining.store(true, ordering: .relaxed) }
}
