import ArgumentParser
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
  @Flag(help: "One JSON object a line.") var json = false

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
          print(try jsonLine(line))
          continue
        }
        let song = feedback.song.map { id in
          catalogue[id: id].map { "\($0.name) – \($0.artist)" } ?? id
        }
        let what = line.kind.replacing("_", with: " ") + (line.rating.map { " \($0)" } ?? "")
        print([line.time, what, song ?? line.meant ?? ""].joined(separator: "  "))
      }
      if all.isEmpty, !json { print("Nothing is kept of \(who.listener).") }
    }
  }
}

/// Removes a listener.
struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Remove all that is kept of a listener, from the file's free pages too.")

  @OptionGroup var data: DataArguments
  @OptionGroup var who: ListenerArgument

  func run() throws {
    try reportingFailures {
      let count = try data.existingStore()?.forget(who.listener) ?? 0
      print("Forgot \(who.listener): \(count) \(count == 1 ? "piece" : "pieces") of feedback.")
    }
  }
}

/// Writes out what is kept.
struct ExportDataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-data",
    abstract: "Write all that is kept of you (or of everybody) as JSON Lines or CSV.",
    discussion: """
      In CSV, cells that a spreadsheet would take for formulas get an apostrophe before them.
      """)

  @OptionGroup var data: DataArguments
  @OptionGroup var who: ListenerArgument
  @Flag(help: "Every listener's.") var everybody = false
  @Option(help: "jsonl or csv.") var format = ExportFormat.jsonl

  func run() throws {
    try reportingFailures {
      guard let store = try data.existingStore() else { return }
      if format == .csv {
        let header = ["listener", "time", "kind", "rating", "song", "meant"]
        print(
          CSVWriter.line(header + Mood.allCases.map(\.rawValue), neutralised: true),
          terminator: "")
      }
      for listener in everybody ? try store.listeners() : [who.listener] {
        for feedback in try store.feedback(of: listener) {
          let line = FeedbackLine(feedback)
          switch format {
          case .jsonl: print(try jsonLine(line))
          case .csv:
            let cells = [
              line.listener, line.time, line.kind, line.rating.map { "\($0)" } ?? "",
              line.song ?? "", line.meant ?? "",
            ]
            let shares = Mood.allCases.map { "\(feedback.mood[$0])" }
            print(CSVWriter.line(cells + shares, neutralised: true), terminator: "")
          }
        }
      }
    }
  }
}

/// A value of `export-data --format`.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable { case jsonl, csv }
