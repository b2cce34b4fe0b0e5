import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
public import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// The web application: pages, an API, health, metrics, and the Open Inference Protocol.
///
/// ```swift
/// let server = MoodServer(moods: moods, songs: songs)
/// try await server.run()  // until SIGTERM or SIGINT
/// ```
public struct MoodServer: Sendable {
  private let options: ServerOptions
  private let routes: Routes
  private let logger: Logger
  private let departed = DepartedClients()
  private let onRunning: @Sendable (Int) -> Void

  /// Creates a server; it listens only in ``run()``.
  ///
  /// - Parameters:
  ///   - moods: What reads photos.
  ///   - songs: What finds songs.
  ///   - options: Where to listen, and what is allowed.
  ///   - metrics: What `/metrics` tells; the reader's `passObserver` adds its forward passes.
  ///   - logger: Takes a line for each request: method, route, status and time, nothing of its
  ///     content.
  ///   - onRunning: Called with the port when the server listens.
  public init(
    moods: any MoodService, songs: any SongService, options: ServerOptions = .init(),
    metrics: ServerMetrics = ServerMetrics(), logger: Logger = Logger(label: "mood"),
    onRunning: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    (self.options, self.logger, self.onRunning) = (options, logger, onRunning)
    ProcessFigures.begin()
    routes = Routes(
      options: options, songs: songs, answers: AnswerMaker(songs),
      queue: InferenceQueue(service: moods, options: options, metrics: metrics), metrics: metrics,
      pages: Pages(choices: songs.choices), departed: departed, state: ServerState())
  }

  /// Serves until the process is asked to end; requests in progress are answered before that.
  ///
  /// - Throws: ``TLSFilesError`` if the certificate or its key cannot be used; what the system says
  ///   if the address cannot be listened at.
  public func run() async throws {
    let application = try application()
    var configuration = ServiceGroupConfiguration(
      services: [
        .init(service: DrainNotice(state: routes.state)), .init(service: application),
      ], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = options.drain
    let warming = Task { await routes.queue.warmUp() }
    defer { warming.cancel() }
    try await ServiceGroup(configuration: configuration).run()
  }

  /// The server as Hummingbird runs it.
  func application() throws -> some ApplicationProtocol {
    var http = HTTP1Channel.Configuration(
      additionalChannelHandlers: [guardian()], idleTimeout: TimeAmount(options.idleTimeout))
    http.httpDecoder = .init(
      maxHeaderFieldSize: options.headerBytes, maxHeaderListSize: options.headerBytes,
      maxHeaderFieldCount: options.headerCount)
    var server = HTTPServerBuilder.http1(configuration: http)
    if let files = options.tls {
      let configuration = try files.configuration()
      let (stream, idle, deadline) = (http, options.idleTimeout, options.headerDeadline)
      server = HTTPServerBuilder { responder in
        SecureChannel(
          base: try HTTP2UpgradeChannel(
            tlsConfiguration: configuration,
            configuration: .init(idleTimeout: idle, streamConfiguration: stream),
            responder: responder), deadline: deadline)
      }
    }
    return Application(
      router: routes.router(), server: server,
      configuration: ApplicationConfiguration(
        address: .hostname(options.host, port: options.port), backlog: 4096,
        availableConnectionsDelegate: .maximum(options.connections, logger: logger)),
      onServerRunning: { [onRunning] channel in
        onRunning(channel.localAddress?.port ?? 0)
      }, logger: logger)
  }

  @Sendable private func guardian() -> ConnectionGuard {
    ConnectionGuard(
      header: options.headerDeadline,
      body: BodyRate(grace: options.bodyGrace, rate: options.bodyRate), rest: options.idleTimeout,
      bodyLimit: options.bodyLimit, departed: departed)
  }
}

/// Says that the server is about to end, as soon as that is known.
private struct DrainNotice: Service {
  let state: ServerState

  func run() async throws {
    try? await gracefulShutdown()
    state.drain()
  }
}
