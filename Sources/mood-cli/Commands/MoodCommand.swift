import ArgumentParser
import CommandSupport

/// The list of commands.
@main
struct MoodCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mood-cli",
    abstract: "Reads the mood on a face and finds the music for it.",
    discussion: """
      Data go to standard output, everything else to standard error. Exit codes: 0 all went well, \
      64 wrong usage, 65 bad data (one bad photo among many too), 66 a file that cannot be read, \
      74 a file or an output that cannot be written.

      A label of a face says what people see in it, not what the person feels.

      EXAMPLES
        mood-cli recommend face.jpg
        mood-cli feedback queen-we-will-rock-you --like
        mood-cli classify --json *.jpg
        mood-cli inspect
        mood-cli --generate-completion-script bash
      """,
    version: "mood-cli 0.2.0",
    subcommands: [
      RecommendCommand.self, CardCommand.self, ClassifyCommand.self, InspectCommand.self,
      EvaluateCommand.self, CalibrateCommand.self,
      PreprocessCommand.self, InferCommand.self, BenchCommand.self, FacesCommand.self,
      ExplainCommand.self, WatchCommand.self, TuneCommand.self, ServeCommand.self,
      FeedbackCommand.self, HistoryCommand.self, ForgetCommand.self, ExportDataCommand.self,
      CatalogueCommand.self, CacheCommand.self, SpotifyCommand.self,
    ])

  static func main() { runProgram(Self.self) }
}
