import ArgumentParser
import CommandSupport
import FeedbackStore
import MoodRecommend

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
      try StandardOutput.write("")
      guard let store = try data.existingStore() else { return }
      if format == .csv {
        let header = ["listener", "time", "kind", "rating", "song", "meant"]
        try StandardOutput.write(
          CSVWriter.line(header + Mood.allCases.map(\.rawValue), neutralised: true))
      }
      for listener in everybody ? try store.listeners() : [who.listener] {
        for feedback in try store.feedback(of: listener) {
          let line = FeedbackLine(feedback)
          switch format {
          case .jsonl: try StandardOutput.writeLine(jsonLine(line))
          case .csv:
            let cells = [
              line.listener, line.time, line.kind, line.rating.map { "\($0)" } ?? "",
              line.song ?? "", line.meant ?? "",
            ]
            let shares = Mood.allCases.map { "\(feedback.mood[$0])" }
            try StandardOutput.write(CSVWriter.line(cells + shares, neutralised: true))
          }
        }
      }
    }
  }
}

/// A value of `export-data --format`.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable { case jsonl, csv }
