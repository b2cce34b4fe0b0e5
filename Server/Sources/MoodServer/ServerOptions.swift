/// Where and how the server listens, and what it allows a client.
public struct ServerOptions: Sendable {
  /// The address; only this machine's own unless told otherwise.
  public var host = "127.0.0.1"
  /// The port; 0 takes a free one.
  public var port = 8080
  /// If set, the server speaks TLS with this certificate, and nothing else.
  public var tls: TLSFiles?
  /// If set, pages and API ask for `Authorization: Bearer` with this token, or for `Basic` with it
  /// as the password, which a browser asks a person for.
  public var token: String?
  /// The most bytes of a request's body: 20 MiB.
  public var bodyLimit = 20 << 20
  /// The most bytes of a request's headers, and how many there may be.
  public var headerBytes = 16 << 10, headerCount = 100
  /// How long a client may take over a request's headers.
  public var headerDeadline = Duration.seconds(10)
  /// How long a request's body may come as slowly as it likes.
  public var bodyGrace = Duration.seconds(20)
  /// How many bytes a second it must have come on the mean after that.
  public var bodyRate = 8 << 10
  /// How long a connection may rest between two requests, the next one's headers included.
  public var idleTimeout = Duration.seconds(60)
  /// The most connections at a time; others wait unaccepted.
  public var connections = 4096
  /// How long a request may wait for its answer.
  public var answerDeadline = Duration.seconds(10)
  /// The most requests that wait for the network.
  public var pending = 32
  /// The most bytes of photos that wait for the network.
  public var pendingBytes = 256 << 20
  /// The most photos of one forward pass.
  public var batch = 8
  /// How long the first of a batch waits for more: not at all.
  public var batchDelay = Duration.zero
  /// How long a shutdown waits for requests in progress.
  public var drain = Duration.seconds(10)

  /// Creates the options' defaults.
  public init() {}

  /// Whether the server can be reached from this machine alone.
  public var isLoopback: Bool { ["127.0.0.1", "localhost", "::1"].contains(host) }
}
