import Hummingbird
import NIOCore

/// What the server knows of a request besides its head and body.
struct ServerContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The connection that the request came by.
  let channel: any Channel
  /// Who listens, if the browser sent its cookie.
  var listener: Listener?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}
