import HTTPTypes
import Hummingbird

/// One path and method, and what answers it.
struct Route: Sendable {
  let method: HTTPRequest.Method
  let path: String
  /// Whether it is answered without the token.
  let isOpen: Bool
  let handle: @Sendable (Request, ServerContext) async throws -> Response

  init(
    _ method: HTTPRequest.Method, _ path: String, isOpen: Bool = false,
    _ handle: @escaping @Sendable (Request, ServerContext) async throws -> Response
  ) {
    (self.method, self.path, self.isOpen, self.handle) = (method, path, isOpen, handle)
  }
}

/// What is known of the routes before one of them is asked.
struct RouteTable: Sendable {
  private var methods: [String: [String]] = [:]
  private var open: Set<String> = []
  private var known: Set<String> = ["HEAD"]

  init(_ routes: [Route]) {
    for route in routes {
      methods[route.path, default: []] +=
        route.method == .get ? ["GET", "HEAD"] : [route.method.rawValue]
      known.insert(route.method.rawValue)
      if route.isOpen { open.insert(route.path) }
    }
  }

  /// The methods that a path takes, for answers of 405.
  func methods(of path: String) -> [String] { methods[path] ?? [] }

  /// Whether any path takes a method.
  func isKnown(_ method: HTTPRequest.Method) -> Bool { known.contains(method.rawValue) }

  /// Whether a path, in this spelling, is answered without the token.
  func isOpen(_ path: String) -> Bool { open.contains(path) }
}

/// Answers 405 where a path is known and its method is not.
struct MethodCheck: RouterMiddleware {
  let table: RouteTable

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    let methods = table.methods(of: request.uri.path)
    if !methods.isEmpty, !methods.contains(request.method.rawValue) {
      throw ServerError.methodNotAllowed
    }
    return try await next(request, context)
  }
}
