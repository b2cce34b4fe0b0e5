import ArgumentParser
import CommandSupport
import Foundation

/// The page and its API: `mood-server serve`, where that program is installed.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the web page and its API (needs mood-server).",
    discussion: "All arguments go to mood-server serve; mood-cli serve --help shows its own help.")

  @Argument(parsing: .captureForPassthrough) var arguments: [String] = []

  func run() throws { try reportingFailures { try runServer("serve", arguments) } }
}

/// Spotify playlists: `mood-server spotify`, where that program is installed.
struct SpotifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spotify",
    abstract: "Add songs to your own Spotify playlist (needs mood-server).",
    discussion: "All arguments go to mood-server spotify.")

  @Argument(parsing: .captureForPassthrough) var arguments: [String] = []

  func run() throws { try reportingFailures { try runServer("spotify", arguments) } }
}

/// Goes on as `mood-server`, which lies beside this program or in `$PATH`.
///
/// - Throws: `Failure` `no_server` with the way to get it.
private func runServer(_ command: String, _ arguments: [String]) throws {
  let own = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
  let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
  let folders = [own].compactMap { $0?.path } + path.split(separator: ":").map(String.init)
  let programs = folders.map { $0 + "/mood-server" }
  if let program = programs.first(where: FileManager.default.isExecutableFile(atPath:)) {
    replaceProcess(with: program, [command] + arguments)
    throw Failure("no_server", "\(program) cannot be started", ExitCode(69))
  }
  throw Failure(
    "no_server",
    "mood-server is not installed. In the package's folder, `make serve` builds and starts it, and "
      + "`make install-server` installs it beside mood-cli.", ExitCode(69))
}
