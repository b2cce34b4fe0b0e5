import HTTPTypes
import NIOCore
import NIOHTTPTypes
import NIOHTTPTypesHTTP2
import Synchronization

/// The connections whose client has sent its last byte and left.
final class DepartedClients: Sendable {
  private let channels = Mutex<Set<ObjectIdentifier>>([])

  /// Whether the client of a connection has gone.
  func contains(_ channel: any Channel) -> Bool {
    !channel.isActive || channels.withLock { $0.contains(ObjectIdentifier(channel)) }
  }
  func insert(_ channel: any Channel) {
    channels.withLock { _ = $0.insert(ObjectIdentifier(channel)) }
  }
  func remove(_ channel: any Channel) {
    channels.withLock { _ = $0.remove(ObjectIdentifier(channel)) }
  }
}

/// The body of a request comes too slowly; whoever reads it gets this.
struct SlowBody: Error {}

/// How slowly a body may come: for a while as it likes, then so many bytes a second on the mean.
struct BodyRate: Sendable {
  /// How long is not asked.
  let grace: Duration
  /// Bytes a second.
  let rate: Int

  /// How long after the head a body with so many bytes may have gone on.
  func time(for bytes: Int) -> Duration { grace + .seconds(Double(bytes) / Double(max(1, rate))) }
}

/// Ends connections that are slow to send a request, and those that go on sending a refused one.
///
/// An idle timer that every byte refreshes does not stop a client that sends one byte a second; the
/// deadline of the headers is absolute, and a body has a rate to keep. A body that does not is
/// answered by 408.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// How long a client may go on sending after it was refused; closing at once could cost it the
  /// answer (RFC 9112 section 9.6).
  static let lingering = TimeAmount.seconds(2)

  private let header, rest: TimeAmount
  private let body: BodyRate
  private let bodyLimit: Int
  private let departed: DepartedClients
  private var deadline: Scheduled<Void>?
  private var isReading = false
  private var isStream = false
  private var began = NIODeadline.uptimeNanoseconds(0)
  private var received = 0

  init(
    header: Duration, body: BodyRate, rest: Duration, bodyLimit: Int, departed: DepartedClients
  ) {
    (self.header, self.body, self.rest) = (TimeAmount(header), body, TimeAmount(rest))
    (self.bodyLimit, self.departed) = (bodyLimit, departed)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let codec = HTTP2FramePayloadToHTTPServerCodec.self
    isStream = (try? context.pipeline.syncOperations.context(handlerType: codec)) != nil
    close(context, in: header)
  }

  func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    departed.remove(context.channel)
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      (isReading, began, received) = (true, context.eventLoop.now, 0)
      watch(context)
      if isAsking(head) {
        let go = HTTPResponsePart.head(HTTPResponse(status: .continue))
        context.writeAndFlush(wrapOutboundOut(go), promise: nil)
      }
    case .body(let bytes): received += bytes.readableBytes
    case .end:
      isReading = false
      deadline?.cancel()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head) where isStream:
      // HTTP/2 has no such field (RFC 9113 section 8.2.2).
      head.headerFields[.connection] = nil
      context.write(wrapOutboundOut(.head(head)), promise: promise)
      return
    case .end: close(context, in: isReading ? Self.lingering : rest)
    case .head, .body: break
    }
    context.write(data, promise: promise)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed {
      departed.insert(context.channel)
    }
    context.fireUserInboundEventTriggered(event)
  }

  /// Whether the client waits to be told to send a body, and may send it; curl waits a second with a
  /// form of more than 1 MiB (RFC 9110 section 10.1.1).
  private func isAsking(_ head: HTTPRequest) -> Bool {
    head.headerFields[.expect]?.lowercased() == "100-continue"
      && head.headerFields[.contentLength].flatMap { Int($0) } ?? 0 <= bodyLimit
  }

  /// Looks at the body again when it would be too late if nothing more came until then.
  private func watch(_ context: ChannelHandlerContext) {
    deadline?.cancel()
    let latest = began + TimeAmount(body.time(for: received))
    deadline = context.eventLoop.assumeIsolated().scheduleTask(deadline: latest) {
      guard self.isReading else { return }
      if self.began + TimeAmount(self.body.time(for: self.received)) > context.eventLoop.now {
        self.watch(context)
      } else {
        context.fireErrorCaught(SlowBody())
        self.close(context, in: Self.lingering)
      }
    }
  }

  private func close(_ context: ChannelHandlerContext, in time: TimeAmount) {
    deadline?.cancel()
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }
}
