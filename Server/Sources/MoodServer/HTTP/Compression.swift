import HTTPTypes
import Hummingbird
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPCompression

/// Sends texts gzipped to clients that take it (RFC 9110 section 12.5.3).
struct Compression: RouterMiddleware {
  typealias Context = ServerContext

  /// Answers larger than this are sent as they are.
  private static let limit = 4 << 20
  /// What fits one packet gains nothing.
  private static let least = 1_200

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    guard response.status != .notModified, response.headers[.contentEncoding] == nil,
      let type = response.headers[.contentType],
      Self.isWorthwhile(type, count: response.body.contentLength ?? 0)
    else { return response }
    response.headers.append(HTTPField(name: .vary, value: "Accept-Encoding"))
    guard request.method != .head, Self.isAccepted(by: request) else { return response }
    let body = Collector()
    try await response.body.write(body)
    guard let gzipped = Self.gzip(body.bytes) else {
      response.body = ResponseBody(byteBuffer: body.bytes)
      return response
    }
    response.headers[.contentEncoding] = "gzip"
    response.headers[.contentLength] = nil
    response.body = ResponseBody(byteBuffer: gzipped)
    return response
  }

  /// Whether so many bytes of a media type become clearly fewer.
  static func isWorthwhile(_ type: String, count: Int) -> Bool {
    (least...limit).contains(count)
      && [
        "text/", "application/json", "application/problem+json", "image/svg",
        "application/manifest",
      ]
      .contains { type.hasPrefix($0) }
  }

  /// Whether a request accepts gzip.
  static func isAccepted(by request: Request) -> Bool {
    for part in (request.headers[.acceptEncoding] ?? "").split(separator: ",") {
      let words = part.lowercased().filter { $0 != " " }.split(separator: ";")
      guard let name = words.first, ["gzip", "x-gzip", "*"].contains(name) else { continue }
      let refusals: Set<Substring> = ["q=0", "q=0.0", "q=0.00", "q=0.000"]
      return refusals.isDisjoint(with: words.dropFirst())
    }
    return false
  }

  /// The bytes gzipped: by SwiftNIO's compressor, a handler for a connection, on one that leads
  /// nowhere.
  static func gzip(_ bytes: ByteBuffer) -> ByteBuffer? {
    let channel = EmbeddedChannel(handler: HTTPResponseCompressor())
    defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
    do {
      let head = HTTPRequestHead(
        version: .http1_1, method: .GET, uri: "/", headers: ["accept-encoding": "gzip"])
      try channel.writeInbound(HTTPServerRequestPart.head(head))
      try channel.writeOutbound(
        HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)))
      try channel.writeOutbound(HTTPServerResponsePart.body(.byteBuffer(bytes)))
      try channel.writeOutbound(HTTPServerResponsePart.end(nil))
      var gzipped = ByteBuffer()
      while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
        if case .body(.byteBuffer(var chunk)) = part { gzipped.writeBuffer(&chunk) }
      }
      return gzipped.readableBytes < bytes.readableBytes && gzipped.readableBytes > 0
        ? gzipped : nil
    } catch {
      return nil
    }
  }
}

/// Takes a body together.
private final class Collector: ResponseBodyWriter {
  private(set) var bytes = ByteBuffer()

  func write(_ buffer: ByteBuffer) async throws { bytes.writeImmutableBuffer(buffer) }
  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
