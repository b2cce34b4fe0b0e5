import Foundation
import HTTPTypes
import Hummingbird
import Logging
import MoodRecommend

/// What stands before every route: names, origins, tokens, headers, errors.
struct Safeguards: RouterMiddleware {
  typealias Context = ServerContext

  let options: ServerOptions
  let metrics: ServerMetrics
  let pages: Pages
  let table: RouteTable
  let throttle = TokenThrottle()

  /// Nothing is loaded from elsewhere, but for Spotify's player after a click.
  static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    + "media-src 'self' blob:; connect-src 'self'; frame-src https://open.spotify.com; "
    + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.listener = request.cookies[Listener.cookie].flatMap { Listener(cookie: $0.value) }
    context.language = AnswerLanguage(of: request)
    context.requestID = RequestID.of(request)
    context.logger[metadataKey: "request_id"] = "\(context.requestID)"
    var response: Response
    let began = ContinuousClock.now
    do {
      try check(request)
      response = try await next(request, context)
    } catch {
      if error as? ServerError == .unauthorized, request.headers[.authorization] != nil {
        try? await Task.sleep(for: throttle.delay(TokenThrottle.address(context.channel)))
      }
      response = answer(Self.known(error), to: request, context)
    }
    let (time, route) = (ContinuousClock.now - began, context.endpointPath ?? "none")
    metrics.answered(
      .init(
        method: table.isKnown(request.method) ? request.method.rawValue : "other", route: route,
        status: response.status.code), in: time)
    context.logger.info(
      "request",
      metadata: [
        "method": "\(request.method)", "route": "\(route)",
        "status": "\(response.status.code)", "seconds": "\(time / .seconds(1))",
      ])
    secure(&response)
    response.headers[.requestID] = context.requestID
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
    if let token = options.token, !table.isOpen(request.uri.path) {
      guard Self.isAuthorized(request.headers[.authorization] ?? "", token) else {
        throw .unauthorized
      }
    }
  }

  /// Whether a `Host` is one of the names of this machine for itself.
  static func isLoopbackName(_ host: String) -> Bool {
    let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
    return ["localhost", "127.0.0.1", "[::1]"].contains(name)
  }

  /// Whether an `Authorization` header holds the token: as a bearer's, or as the password that a
  /// browser asks a person for, whatever the user's name.
  static func isAuthorized(_ header: String, _ token: String) -> Bool {
    let scheme = header.prefix { $0 != " " }.lowercased()
    let value = String(header.dropFirst(scheme.count + 1))
    switch scheme {
    case "bearer": return isSame(value, token)
    case "basic":
      guard let data = Data(base64Encoded: value),
        let text = String(data: data, encoding: .utf8), let colon = text.firstIndex(of: ":")
      else { return false }
      return isSame(String(text[text.index(after: colon)...]), token)
    default: return false
    }
  }

  private func answer(
    _ error: ServerError, to request: Request, _ context: ServerContext
  ) -> Response {
    metrics.failed(error.code)
    var response: Response
    let isFragment = request.headers[.fragment] != nil
    let isPage = request.headers[.accept]?.contains("text/html") == true && !isFragment
    if request.uri.path.hasPrefix("/v2") {
      response = json(["error": error.description], status: error.status)
    } else if isPage {
      response = pages.failure(error, Visit(request, context, context.listener))
    } else {
      let problem = Problem(error, language: context.language, requestID: context.requestID)
      response = text(encoded(problem), type: "application/problem+json", status: error.status)
    }
    response.headers[.contentLanguage] = context.language.rawValue
    switch error {
    case .overloaded, .deadlineExceeded, .shuttingDown: response.headers[.retryAfter] = "1"
    case .unauthorized:
      response.headers.append(HTTPField(name: .wwwAuthenticate, value: "Bearer"))
      // A page is asked for by a person, to whom the browser shows a question on this.
      if isPage {
        response.headers.append(
          HTTPField(name: .wwwAuthenticate, value: "Basic realm=\"mood\", charset=\"UTF-8\""))
      }
    case .methodNotAllowed:
      response.headers[.allow] = table.methods(of: request.uri.path).joined(separator: ", ")
    case .bodyTooLarge, .tooSlow, .clientGone: response.headers[.connection] = "close"
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

/// What requests are called.
enum RequestID {
  /// The client's own name for it, if that is a plain one, or 16 random hexadecimal digits.
  static func of(_ request: Request) -> String {
    if let name = request.headers[.requestID], (1...64).contains(name.utf8.count),
      name.utf8.allSatisfy({
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
          || "-._".utf8.contains($0)
      })
    {
      return name
    }
    let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension HTTPField.Name {
  static let fetchSite = name("Sec-Fetch-Site")
  static let referrerPolicy = name("Referrer-Policy")
  static let permissionsPolicy = name("Permissions-Policy")
  static let crossOriginOpenerPolicy = name("Cross-Origin-Opener-Policy")
  static let inferenceHeaderLength = name("Inference-Header-Content-Length")
  static let fragment = name("X-Fragment")
  static let requestID = name("X-Request-Id")

  private static func name(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header") }
    return name
  }
}
