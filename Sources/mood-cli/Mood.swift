import ArgumentParser

@main
struct MoodCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "mood-cli")
}
