import ArgumentParser
import CommandSupport
import Foundation
import SpotifyClient

/// Puts songs into a playlist of the listener's.
struct SpotifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spotify", abstract: "Add songs to your own Spotify playlist (optional).",
    discussion: """
      It needs an app of your own in Spotify's developer dashboard, with the redirect address \
      \(Authorization.redirect). Since November 2024 Spotify lets a new app serve named users only. \
      Without all that, paste what `recommend --format uris` prints into a playlist of Spotify's \
      desktop program.

      EXAMPLES
        mood-server spotify login --client-id ID
        mood-cli recommend --mood sad --catalogue songs.csv --format uris | mood-server spotify add PLAYLIST
      """,
    subcommands: [Login.self, Add.self, Logout.self])

  /// Asks the listener to agree, in a browser.
  struct Login: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Log in: open the address that is printed, agree, and paste where you are led.")

    @Option(help: "Your app's id.") var clientID: String
    @OptionGroup var data: DataArguments

    func run() async throws {
      let login = Authorization(clientID: clientID)
      try StandardOutput.writeLine(
        "Open this address, agree, then paste the address you are led to (the page itself "
          + "will not load):\n\n\(login.url)\n")
      try StandardOutput.flush()
      let address = readLine() ?? ""
      try await reportingSpotify {
        try await data.spotify.finish(login, redirectedTo: address)
        try StandardOutput.writeLine("Logged in.")
      }
    }
  }

  /// Adds tracks.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add the spotify:track: addresses on standard input to a playlist.")

    @Argument(help: "The playlist's address or id.") var playlist: String
    @OptionGroup var data: DataArguments

    func run() async throws {
      var tracks: [String] = []
      while let line = readLine() {
        if !line.isEmpty { tracks.append(line) }
      }
      try await reportingSpotify { [tracks] in
        if tracks.isEmpty { throw Failure("no_tracks", "standard input has no tracks") }
        try await data.spotify.add(tracks, to: playlist)
        try StandardOutput.writeLine("\(tracks.count) added.")
      }
    }
  }

  /// Removes the login.
  struct Logout: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Remove the login that is kept here.")

    @OptionGroup var data: DataArguments

    func run() throws {
      try reportingFailures {
        data.tokenFile.remove()
        try StandardOutput.writeLine("Logged out.")
      }
    }
  }
}

extension DataArguments {
  fileprivate var tokenFile: TokenFile {
    TokenFile(path: folder.appending(path: "spotify.json").path)
  }
  fileprivate var spotify: SpotifyClient { SpotifyClient(file: tokenFile) }
}

/// As `reportingFailures`, for what waits on the network.
private func reportingSpotify(_ work: () async throws -> Void) async throws {
  try await reportingFailures {
    do { try await work() } catch let error as SpotifyError {
      let isTemporary = error == .unreachable || error == .tooManyRequests
      throw Failure("spotify", "\(error)", isTemporary ? ExitCode(75) : Failure.badData)
    }
  }
}
