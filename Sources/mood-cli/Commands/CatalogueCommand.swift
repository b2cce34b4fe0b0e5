import ArgumentParser
import CommandSupport
import Foundation
import MoodRecommend

/// Song lists: checked, imported, listed, counted.
struct CatalogueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalogue", abstract: "Check, import, list and count songs.",
    discussion: """
      A list is CSV with a header (name, artist and id needed; mood, or valence or energy; album, \
      popularity, release_date, genre, language, tempo, danceability, acousticness, loudness, \
      instrumentalness, speechiness, liveness, explicit and lyrics if you have them) or JSON Lines \
      with the same keys.
      """,
    subcommands: [
      Check.self, Import.self, CatalogueListCommand.self, CatalogueStatsCommand.self,
    ])

  /// Reads a list and says what is wrong with it.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say how a song list is understood and what is wrong with it, row by row.",
      discussion: "Exit code 65 if a row is wrong.")

    @OptionGroup var list: SongListArguments

    func run() throws {
      try reportingFailures {
        let (catalogue, problems) = try list.read(skipping: true)
        for line in catalogue.report.lines { try StandardOutput.writeLine(line) }
        try StandardOutput.writeLine(
          "\(catalogue.songs.count) songs are good, \(problems) rows are not.")
        if problems > 0 { throw Failure.badData }
      }
    }
  }

  /// Keeps a list as the user's own.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a song list as yours: recommendations come from it from then on.",
      discussion: """
        Songs without a mood get one from their features. Delete the file that is named at the end \
        to go back to the list that is built in.
        """)

    @OptionGroup var list: SongListArguments
    @Flag(help: "Pass over bad rows, each told on standard error; else the first one refuses.")
    var skipBadRows = false
    @Option(
      name: .shortAndLong, help: ArgumentHelp("Write here instead.", valueName: "file"))
    var output: String?
    @OptionGroup var data: DataArguments

    func run() throws {
      try reportingFailures {
        let (catalogue, problems) = try list.read(skipping: skipBadRows)
        let path = output ?? data.importedCatalogue
        let folder = URL(filePath: path).deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var text: [UInt8] = []
        catalogue.writeCSV { text.append(contentsOf: $0.utf8) }
        try write(text, to: path, inputs: [list.file])
        let passed = problems > 0 ? ", \(problems) bad rows passed over" : ""
        try StandardOutput.writeLine(
          "\(catalogue.songs.count) songs imported into \(path)\(passed).")
        for line in catalogue.report.losses { try StandardOutput.writeLine(line) }
      }
    }
  }
}
