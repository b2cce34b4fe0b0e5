import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// HTTP/2 or HTTP/1.1 over TLS, as the client prefers, with a deadline for the handshake: before it
/// ends, no request is there whose deadline would close the connection.
struct SecureChannel: HTTPChannelHandler {
  typealias Value = HTTP2UpgradeChannel.Value

  let base: HTTP2UpgradeChannel
  let deadline: Duration
  var responder: Responder { base.responder }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    base.setup(channel: channel, logger: logger).flatMapThrowing { [deadline] value in
      let pipeline = channel.pipeline.syncOperations
      let tls = try pipeline.context(handlerType: NIOSSLServerHandler.self).handler
      try pipeline.addHandler(HandshakeDeadline(deadline), position: .after(tls))
      return value
    }
  }

  func handle(value: Value, logger: Logger) async {
    await base.handle(value: value, logger: logger)
  }
}

/// Closes a connection whose handshake takes too long.
private final class HandshakeDeadline: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  private let time: TimeAmount
  private var deadline: Scheduled<Void>?

  init(_ time: Duration) { self.time = TimeAmount(time) }

  func handlerAdded(context: ChannelHandlerContext) {
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted = event as? TLSUserEvent { deadline?.cancel() }
    context.fireUserInboundEventTriggered(event)
  }
}
