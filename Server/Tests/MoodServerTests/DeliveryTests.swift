import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Synchronization
import Testing

@testable import MoodServer

@Suite(.serialized) struct DeliveryTests {
  @Test func assetsLastUnderTheirHashAndAreAskedForAgainByName() async throws {
    try await serve { client in
      for asset in Assets.all {
        let lasting = try await client.execute(uri: asset.path, method: .get)
        #expect(lasting.status == .ok)
        #expect(lasting.headers[.cacheControl] == "public, max-age=31536000, immutable")
        let named = try await client.execute(uri: "/static/" + asset.name, method: .get)
        #expect(named.body == lasting.body && named.headers[.cacheControl] == "no-cache")
        let tag = try #require(named.headers[.eTag])
        for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
          let again = try await client.execute(
            uri: "/static/" + asset.name, method: .get, headers: [.ifNoneMatch: known])
          #expect(again.status == .notModified && again.body.readableBytes == 0)
        }
        let other = try await client.execute(
          uri: "/static/" + asset.name, method: .get, headers: [.ifNoneMatch: "\"x\""])
        #expect(other.status == .ok)
      }
      let page = String(buffer: try await client.execute(uri: "/", method: .get).body)
      #expect(page.contains(Assets.addresses["style_css"] ?? "none"))
      #expect(page.contains("/manifest.webmanifest"))
    }
  }

  @Test func manifestAndIconMakeThePageInstallable() async throws {
    struct Manifest: Decodable {
      struct Icon: Decodable { var src, type, sizes: String }
      var name, short_name, start_url, display: String
      var icons: [Icon]
    }
    try await serve { client in
      let answer = try await client.execute(uri: "/manifest.webmanifest", method: .get)
      #expect(answer.headers[.contentType] == "application/manifest+json")
      let manifest = try JSONDecoder().decode(
        Manifest.self, from: Data(answer.body.readableBytesView))
      #expect(manifest.display == "standalone" && !manifest.icons.isEmpty)
      for icon in manifest.icons {
        let file = try await client.execute(uri: icon.src, method: .get)
        #expect(file.status == .ok && file.headers[.contentType] == icon.type)
      }
    }
  }

  @Test(arguments: [
    ("gzip", true), ("br, gzip;q=0.5", true), ("*", true), ("", false), ("br", false),
    ("gzip;q=0", false), ("gzip; q=0.000", false), ("identity", false),
  ])
  func textsAreGzippedForWhoTakesIt(_ accepted: String, _ isGzipped: Bool) async throws {
    try await serve { client in
      for path in ["/", "/openapi.json", "/static/style.css", "/api/v1/songs?mood=sad&count=9"] {
        let answer = try await client.execute(
          uri: path, method: .get, headers: accepted.isEmpty ? [:] : [.acceptEncoding: accepted])
        #expect(answer.status == .ok)
        #expect((answer.headers[.contentEncoding] == "gzip") == isGzipped, "\(path)")
        #expect(answer.body.readableBytesView.starts(with: [0x1F, 0x8B]) == isGzipped)
        #expect(answer.headers[.vary]?.contains("Accept-Encoding") == true)
      }
      let small = try await client.execute(
        uri: "/healthz", method: .get, headers: [.acceptEncoding: "gzip"])
      #expect(small.headers[.contentEncoding] == nil)
    }
  }

  @Test(arguments: ["abc-1.2_3", String(repeating: "a", count: 64)])
  func aRequestKeepsItsName(_ name: String) async throws {
    try await serve { client in
      let answer = try await client.execute(
        uri: "/healthz", method: .get, headers: [.requestID: name])
      #expect(answer.headers[.requestID] == name)
    }
  }

  @Test(arguments: [nil, "", "a b", "ä", String(repeating: "a", count: 65)])
  func otherwiseItIsGivenOne(_ name: String?) async throws {
    try await serve { client in
      var names: Set<String> = []
      for path in ["/healthz", "/nothing"] {
        let answer = try await client.execute(
          uri: path, method: .get, headers: name.map { [.requestID: $0] } ?? [:])
        let given = try #require(answer.headers[.requestID])
        #expect(given.utf8.count == 16 && given != name)
        names.insert(given)
      }
      #expect(names.count == 2)
    }
  }

  @Test func logsAreLinesOfJSON() throws {
    let sink = Lines()
    var logger = Logger(label: "mood") { JSONLogHandler(label: $0, write: sink.add) }
    logger[metadataKey: "request_id"] = "abc"
    logger.info("a \"request\"\n", metadata: ["route": "/mood"])
    let line = try #require(sink.all.first)
    #expect(sink.all.count == 1 && line.last == 0x0A && line.count(where: { $0 == 0x0A }) == 1)
    let fields = try JSONDecoder().decode([String: String].self, from: line)
    #expect(fields["message"] == "a \"request\"\n" && fields["level"] == "info")
    #expect(fields["request_id"] == "abc" && fields["route"] == "/mood")
    #expect(fields["label"] == "mood" && fields["time"]?.hasSuffix("Z") == true)
  }

  private final class Lines: Sendable {
    private let lines = Mutex<[Data]>([])
    var all: [Data] { lines.withLock { $0 } }
    @Sendable func add(_ line: Data) { lines.withLock { $0.append(line) } }
  }
}

/// Bodies against the clock of a connection that stands still.
struct ConnectionGuardTests {
  private final class Errors: ChannelInboundHandler {
    typealias InboundIn = HTTPRequestPart
    var slow = 0
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      if error is SlowBody { slow += 1 }
    }
  }

  private func connection() throws -> (EmbeddedChannel, Errors) {
    let (channel, errors) = (EmbeddedChannel(), Errors())
    let handler = ConnectionGuard(
      header: .seconds(10), body: BodyRate(grace: .seconds(20), rate: 1000), rest: .seconds(60),
      bodyLimit: 1 << 20, departed: DepartedClients())
    try channel.pipeline.syncOperations.addHandlers([handler, errors])
    channel.embeddedEventLoop.run()
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
    return (channel, errors)
  }

  private var head: HTTPRequestPart {
    .head(HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/"))
  }

  @Test func aSteadyBodyMayTakeLong() throws {
    let (channel, errors) = try connection()
    try channel.writeInbound(head)
    for _ in 0..<300 {
      channel.embeddedEventLoop.advanceTime(by: .seconds(1))
      try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 1, count: 1100)))
    }
    #expect(channel.isActive && errors.slow == 0)
    try channel.writeInbound(HTTPRequestPart.end(nil))
    channel.embeddedEventLoop.advanceTime(by: .seconds(300))
    #expect(errors.slow == 0)
  }

  @Test func aSlowBodyIsToldAndThenClosed() throws {
    let (channel, errors) = try connection()
    try channel.writeInbound(head)
    for _ in 0..<19 {
      channel.embeddedEventLoop.advanceTime(by: .seconds(1))
      try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 1, count: 1)))
    }
    #expect(errors.slow == 0)
    channel.embeddedEventLoop.advanceTime(by: .seconds(2))
    #expect(errors.slow == 1 && channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .seconds(3))
    #expect(!channel.isActive && errors.slow == 1)
  }

  @Test func slowHeadersAreClosed() throws {
    let (channel, _) = try connection()
    channel.embeddedEventLoop.advanceTime(by: .seconds(9))
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .seconds(2))
    #expect(!channel.isActive)
  }
}
