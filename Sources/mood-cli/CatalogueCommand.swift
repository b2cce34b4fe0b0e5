public import ArgumentParser
import Foundation
public import MoodRecommend

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
    subcommands: [Check.self, Import.self, List.self, Stats.self])

  /// Reads a list and says what is wrong with it.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what is wrong with a song list, row by row; exit code 65 if anything is.")

    @OptionGroup var reading: ReadingArguments

    func run() throws {
      try reportingFailures {
        let (catalogue, problems) = try reading.read(skipping: true)
        print("\(catalogue.songs.count) songs are good, \(problems) rows are not.")
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

    @OptionGroup var reading: ReadingArguments
    @Flag(help: "Pass over bad rows, each told on standard error; else the first one refuses.")
    var skipBadRows = false
    @Option(
      name: .shortAndLong, help: ArgumentHelp("Write here instead.", valueName: "file"))
    var output: String?
    @OptionGroup var data: DataArguments

    func run() throws {
      try reportingFailures {
        let (catalogue, problems) = try reading.read(skipping: skipBadRows)
        let path = output ?? data.importedCatalogue
        let folder = URL(filePath: path).deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var text: [UInt8] = []
        catalogue.writeCSV { text.append(contentsOf: $0.utf8) }
        try write(text, to: path)
        let passed = problems > 0 ? ", \(problems) bad rows passed over" : ""
        print("\(catalogue.songs.count) songs imported into \(path)\(passed).")
      }
    }
  }

  /// Prints songs.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print ids, names and artists of songs.")

    @Argument(help: ArgumentHelp("A song list; else the one in use.", valueName: "file"))
    var file: String?
    @Option(help: "Only this category: Happy, Calm, Energetic or Sad.") var mood: MoodCategory?
    @OptionGroup var data: DataArguments

    func run() throws {
      try reportingFailures {
        let catalogue = try CatalogueArgument.read(file, data)
        for song in catalogue.songs where mood == nil || song.mood == mood {
          print([song.id, song.name, song.artist, song.mood.rawValue].joined(separator: "\t"))
        }
      }
    }
  }

  /// Counts songs, and what is known of them.
  struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Count the songs of each mood, and what is known of them.")

    @Argument(help: ArgumentHelp("A song list; else the one in use.", valueName: "file"))
    var file: String?
    @OptionGroup var data: DataArguments

    func run() throws {
      try reportingFailures {
        let catalogue = try CatalogueArgument.read(file, data)
        let count = catalogue.songs.count
        print("songs       \(count)")
        for category in MoodCategory.allCases {
          let name = category.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
          print("\(name)\(catalogue.count(of: category))")
        }
        let open = catalogue.songs.count { !$0.isLabelled }
        if open > 0 { print("of these, \(open) were filed by their features") }
        print("known of the songs:")
        for feature in AudioFeature.allCases {
          let known = catalogue.songs.count { feature.value(of: $0) != nil }
          let name = "\(feature)".padding(toLength: 18, withPad: " ", startingAt: 0)
          print("  \(name)\(percent(Double(known) / Double(count)))")
        }
        let filed = catalogue.songs.filter(\.isLabelled)
        if filed.count <= 20_000, let right = MoodLabels.crossValidated(filed) {
          print("moods told from features, five-fold cross-validated: \(percent(right)) right")
        }
      }
    }
  }
}

/// Which song list is read, and how.
struct ReadingArguments: ParsableArguments {
  /// How many bad rows are told.
  private static let told = 50

  @Argument(help: ArgumentHelp("CSV or JSON Lines.", valueName: "file")) var file: String
  @Option(help: "csv or jsonl; else by the file's name.") var format: Catalogue.Format?

  /// The list, with the number of rows that were passed over; the first of them are told.
  func read(skipping: Bool) throws -> (catalogue: Catalogue, problems: Int) {
    guard skipping else { return (try Catalogue(contentsOf: file, as: format), 0) }
    var problems = 0
    let catalogue = try Catalogue(contentsOf: file, as: format) { problem in
      problems += 1
      if problems <= Self.told { printError("line \(problem.line): \(problem.error)") }
    }
    if problems > Self.told { printError("… and \(problems - Self.told) more") }
    return (catalogue, problems)
  }
}

extension Catalogue.Format: ExpressibleByArgument {}
extension MoodCategory: ExpressibleByArgument {}
