import HTTPTypes
import Hummingbird
import Logging

/// What stands before every route: names, origins, tokens, headers, errors.
struct Safeguards: RouterMiddleware {
  typealias Context = ServerContext

  let options: ServerOptions
  let metrics: ServerMetrics
  let pages: Pages

  /// Nothing is loaded from elsewhere, but for Spotify's player after a click.
  static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    + "media-src 'self' blob:; connect-src 'self'; frame-src https://open.spotify.com; "
    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.listener = request.cookies[Listener.cookie].flatMap { Listener(cookie: $0.value) }
    var response: Response
    let began = ContinuousClock.now
    do {
      try check(request)
      response = try await next(request, context)
    } catch {
      response = answer(Self.known(error), to: request, context)
    }
    metrics.answered(status: response.status.code)
    context.logger.info(
      "request",
      metadata: [
        "method": "\(request.method)", "route": "\(context.endpointPath ?? "none")",
        "status": "\(response.status.code)", "time": "\(ContinuousClock.now - began)",
      ])
    secure(&response)
    return response
  }

  /// The error to tell; a bug's details are for the log alone.
  private static func known(_ error: any Error) -> ServerError {
    if let error = error as? ServerError { return error }
    guard let error = error as? any HTTPResponseError else { return .failed }
    return switch error.status {
    case .notFound: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .badRequest: .badValue(name: "the request", expected: "well-formed")
    default: .failed
    }
  }

  private func check(_ request: Request) throws(ServerError) {
    let host = request.head.authority ?? ""
    // A page of another name that resolves to this machine is no page of ours (DNS rebinding).
    if options.isLoopback, !Self.isLoopbackName(host) { throw .misdirected }
    if request.method != .get, request.method != .head {
      if let site = request.headers[.fetchSite], site != "same-origin", site != "none" {
        throw .forbidden
      }
      if let origin = request.headers[.origin], origin != "http://" + host,
        origin != "https://" + host
      {
        throw .forbidden
      }
    }
    if let token = options.token, Self.needsToken(request.uri.path) {
      let sent = request.headers[.authorization] ?? ""
      guard isSame(sent, "Bearer " + token) else { throw .unauthorized }
    }
  }

  /// Whether a `Host` is one of the names of this machine for itself.
  static func isLoopbackName(_ host: String) -> Bool {
    let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
    return ["localhost", "127.0.0.1", "[::1]"].contains(name)
  }

  private static func needsToken(_ path: String) -> Bool {
    path == "/metrics" || path == "/upload" || path.hasPrefix("/api/") || path.hasSuffix("/infer")
      || path == "/feedback" || path == "/forget" || path == "/history"
  }

  private func answer(
    _ error: ServerError, to request: Request, _ context: ServerContext
  ) -> Response {
    metrics.failed(error.code)
    var response: Response
    if request.uri.path.hasPrefix("/v2") {
      response = json(["error": error.description], status: error.status)
    } else if request.headers[.accept]?.contains("text/html") == true {
      response = pages.failure(error, listener: context.listener, request: request)
    } else {
      let body = FailureBody(error: .init(code: error.code, message: error.description))
      response = json(body, status: error.status)
    }
    switch error {
    case .overloaded, .deadlineExceeded, .shuttingDown: response.headers[.retryAfter] = "1"
    case .unauthorized: response.headers[.wwwAuthenticate] = "Bearer"
    case .methodNotAllowed:
      response.headers[.allow] = Routes.methods(of: request.uri.path).joined(separator: ", ")
    case .bodyTooLarge, .clientGone: response.headers[.connection] = "close"
    default: break
    }
    return response
  }

  private func secure(_ response: inout Response) {
    response.headers[.contentSecurityPolicy] = Self.policy
    response.headers[.xContentTypeOptions] = "nosniff"
    // Not no-referrer: with that, forms are sent with the origin "null".
    response.headers[.referrerPolicy] = "same-origin"
    response.headers[.permissionsPolicy] = "camera=(self), microphone=(), geolocation=()"
    response.headers[.crossOriginResourcePolicy] = "same-origin"
    response.headers[.crossOriginOpenerPolicy] = "same-origin"
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
  }
}

/// How the API tells a failure.
struct FailureBody: Codable {
  struct Detail: Codable { var code, message: String }
  var error: Detail
}

extension HTTPField.Name {
  static let fetchSite = name("Sec-Fetch-Site")
  static let referrerPolicy = name("Referrer-Policy")
  static let permissionsPolicy = name("Permissions-Policy")
  static let crossOriginOpenerPolicy = name("Cross-Origin-Opener-Policy")
  static let inferenceHeaderLength = name("Inference-Header-Content-Length")
  static let fragment = name("X-Fragment")

  private static func name(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header") }
    return name
  }
}
