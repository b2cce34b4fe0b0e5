import ArgumentParser
import CommandSupport
import FeedbackStore
import Foundation
import MoodRecommend

/// Shows a listener's feedback.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show the feedback that you gave, the newest first.")

  @OptionGroup var data: DataArguments
  @OptionGroup var who: ListenerArgument
  @OptionGroup var songs: CatalogueArgument
  @Option(help: "How many at most.") var limit = 20
  @Flag(help: "One JSON object per line.") var json = false

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit is 1 or more.") }
  }

  func run() throws {
    try reportingFailures {
      let catalogue = try songs.read(data)
      let all = try data.existingStore()?.feedback(of: who.listener) ?? []
      for feedback in all.reversed().prefix(limit) {
        let line = FeedbackLine(feedback)
        if json {
          try StandardOutput.writeLine(jsonLine(line))
          continue
        }
        let song = feedback.song.map { id in
          catalogue[id: id].map { "\($0.name) – \($0.artist)" } ?? id
        }
        let what = line.kind.replacing("_", with: " ") + (line.rating.map { " \($0)" } ?? "")
        try StandardOutput.writeLine(
          [line.time, what, song ?? line.meant ?? ""].joined(separator: "  "))
      }
      if all.isEmpty, !json { try StandardOutput.writeLine("Nothing is kept of \(who.listener).") }
    }
  }
}
