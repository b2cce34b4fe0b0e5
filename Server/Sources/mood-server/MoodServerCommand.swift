import ArgumentParser

/// The list of commands.
@main
struct MoodServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mood-server",
    abstract: "Serves the page that reads the mood on a face and finds the music for it.",
    version: "mood-server 0.2.0",
    subcommands: [ServeCommand.self, SpotifyCommand.self],
    defaultSubcommand: ServeCommand.self)
}
