import HTTPTypes
import NIOCore
import NIOHTTPTypes
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

/// Ends connections that are slow to send a request, and those that go on sending a refused one.
///
/// An idle timer that every byte refreshes does not stop a client that sends one byte a second;
/// these deadlines are absolute.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// How long a client may go on sending after it was refused; closing at once could cost it the
  /// answer (RFC 9112 section 9.6).
  static let lingering = TimeAmount.seconds(2)

  private let header, body, rest: TimeAmount
  private let bodyLimit: Int
  private let departed: DepartedClients
  private var deadline: Scheduled<Void>?
  private var isReading = false

  init(
    header: Duration, body: Duration, rest: Duration, bodyLimit: Int, departed: DepartedClients
  ) {
    (self.header, self.body, self.rest) = (TimeAmount(header), TimeAmount(body), TimeAmount(rest))
    (self.bodyLimit, self.departed) = (bodyLimit, departed)
  }

  func handlerAdded(context: ChannelHandlerContext) { close(context, in: header) }

  func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    departed.remove(context.channel)
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      isReading = true
      close(context, in: body)
      if isAsking(head) {
        let go = HTTPResponsePart.head(HTTPResponse(status: .continue))
        context.writeAndFlush(wrapOutboundOut(go), promise: nil)
      }
    case .body: break
    case .end:
      isReading = false
      deadline?.cancel()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { close(context, in: isReading ? Self.lingering : rest) }
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

  private func close(_ context: ChannelHandlerContext, in time: TimeAmount) {
    deadline?.cancel()
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }
}
