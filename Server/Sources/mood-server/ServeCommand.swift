import ArgumentParser
import CommandSupport
import FeedbackStore
import Foundation
import Logging
import MoodRecommend
import MoodServer
import MoodVision

/// Serves the web application until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the web page and its API.",
    discussion: """
      Listens to this machine alone unless --host says otherwise; give it a certificate then, or put \
      a proxy that has one before it, as browsers give the camera to secure pages only. With \
      MOOD_TOKEN set, pages and API ask for that token: set it wherever others can reach the server. \
      Photos are neither stored nor \
      logged; what listeners say of songs is kept in the folder of --data. While that is away, full or \
      read-only, likes are refused and /readyz says why; the rest goes on. SIGTERM and SIGINT end \
      it after the requests in progress.

      EXAMPLES
        mood-server
        mood-server --port 0 --catalogue songs.csv
        mood-server --host 0.0.0.0 --port 8443 --tls-certificate chain.pem --tls-key key.pem
        curl -F image=@face.jpg http://localhost:8080/api/v1/recommend
      """)

  @Option(help: "Address to listen at.") var host = "127.0.0.1"
  @Option(help: "Port; 0 takes a free one.") var port = 8080
  @Option(help: ArgumentHelp("Speak TLS with this certificate chain (PEM).", valueName: "file"))
  var tlsCertificate: String?
  @Option(help: ArgumentHelp("The certificate's private key (PEM).", valueName: "file"))
  var tlsKey: String?
  @OptionGroup var songs: CatalogueArgument
  @OptionGroup var data: DataArguments
  @OptionGroup var reading: ReaderArguments
  @Option(help: "Most photos of one forward pass.") var batch = 8
  @Option(help: "Most photos that wait; more are answered 503.") var pending = 32
  @Flag(help: "Log a line for each request, without its content.") var verbose = false
  @Option(help: "text, or json: one JSON object per line.") var logFormat = LogFormat.text

  /// How the log is written.
  enum LogFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

  func validate() throws {
    if !(0...65535).contains(port) { throw ValidationError("--port is from 0 to 65535.") }
    if (tlsCertificate == nil) != (tlsKey == nil) {
      throw ValidationError("--tls-certificate and --tls-key go together.")
    }
    if !(1...64).contains(batch) { throw ValidationError("--batch is from 1 to 64.") }
    if !(1...10_000).contains(pending) { throw ValidationError("--pending is from 1 to 10000.") }
  }

  func run() async throws {
    try await reportingFailures {
      let server = try assemble()
      do { try await server.run() } catch let error as TLSFilesError {
        throw Failure("bad_certificate", error.description)
      } catch {
        throw Failure("cannot_serve", "cannot serve at \(host):\(port): \(error)", .failure)
      }
    }
  }

  private func assemble() throws -> MoodServer {
    let store = try data.watchedStore()
    if let trouble = store.trouble() {
      printError("Serving without learning until that is mended: \(trouble).")
    }
    let recommender = Recommender(catalogue: try songs.read(data), feedback: store)
    var options = ServerOptions()
    (options.host, options.port, options.batch, options.pending) = (host, port, batch, pending)
    if let tlsCertificate, let tlsKey {
      options.tls = TLSFiles(certificate: tlsCertificate, key: tlsKey)
    }
    let token = ProcessInfo.processInfo.environment["MOOD_TOKEN"] ?? ""
    options.token = token.isEmpty ? nil : token
    let format = logFormat
    var logger = Logger(label: "mood") { label -> any LogHandler in
      if format == .json { return JSONLogHandler(label: label) }
      return StreamLogHandler.standardError(label: label, metadataProvider: nil)
    }
    logger.logLevel = verbose ? .info : .warning
    if !options.isLoopback, options.token == nil {
      logger.warning(
        "Whoever reaches \(host):\(port) can use this server. Set MOOD_TOKEN to ask for a password."
      )
    }
    if !options.isLoopback, options.tls == nil {
      logger.warning(
        """
        Photos and passwords come unencrypted to \(host), and browsers give no camera to such pages. \
        Give --tls-certificate and --tls-key, or put a proxy that has them before the server.
        """)
    }
    let name = host.contains(":") ? "[\(host)]" : host
    let scheme = options.tls == nil ? "http" : "https"
    let metrics = ServerMetrics()
    let reader = try reading.reader {
      $0.largestBatch = batch
      $0.passObserver = metrics.computed
    }
    return MoodServer(
      moods: reader,
      songs: RecommenderSongs(recommender, logger: logger, trouble: store.trouble),
      options: options, metrics: metrics, logger: logger
    ) { port in
      // Not by print, which holds it back where the output is no terminal.
      FileHandle.standardOutput.write(Data("Listening at \(scheme)://\(name):\(port)/\n".utf8))
    }
  }
}
