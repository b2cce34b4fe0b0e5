import Hummingbird
import MoodRecommend
import NIOCore

/// What the server knows of a request besides its head and body.
struct ServerContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The connection that the request came by.
  let channel: any Channel
  /// Who listens, if the browser sent its cookie.
  var listener: Listener?
  /// The language of the answer's sentences.
  var language = AnswerLanguage.english
  /// What the request is called in its answer and in the log.
  var requestID = ""

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}
