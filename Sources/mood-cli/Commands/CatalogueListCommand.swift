import ArgumentParser
import CommandSupport
import Foundation
import MoodRecommend

/// Prints songs.
struct CatalogueListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print ids, names and artists of songs.")

  @Argument(help: ArgumentHelp("A song list; else the one in use.", valueName: "file"))
  var file: String?
  @Option(help: "Only this category: Happy, Calm, Energetic or Sad.") var mood: MoodCategory?
  @OptionGroup var data: DataArguments

  func run() throws {
    try reportingFailures {
      let catalogue = try CatalogueArgument.read(file, data)
      for song in catalogue.songs where mood == nil || song.mood == mood {
        try StandardOutput.writeLine(
          [song.id, song.name, song.artist, song.mood.rawValue].joined(separator: "\t"))
      }
    }
  }
}

/// Counts songs, and what is known of them.
struct CatalogueStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Count the songs of each mood, and what is known of them.")

  @Argument(help: ArgumentHelp("A song list; else the one in use.", valueName: "file"))
  var file: String?
  @OptionGroup var data: DataArguments

  func run() throws {
    try reportingFailures {
      let catalogue = try CatalogueArgument.read(file, data)
      let count = catalogue.songs.count
      try StandardOutput.writeLine("songs       \(count)")
      for category in MoodCategory.allCases {
        let name = category.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
        try StandardOutput.writeLine("\(name)\(catalogue.count(of: category))")
      }
      let open = catalogue.songs.count { !$0.isLabelled }
      if open > 0 { try StandardOutput.writeLine("of these, \(open) were filed by their features") }
      try StandardOutput.writeLine("known of the songs:")
      for feature in AudioFeature.allCases {
        let known = catalogue.songs.count { feature.value(of: $0) != nil }
        let name = "\(feature)".padding(toLength: 18, withPad: " ", startingAt: 0)
        try StandardOutput.writeLine("  \(name)\(percent(Double(known) / Double(count)))")
      }
      let filed = catalogue.songs.filter(\.isLabelled)
      if filed.count <= 20_000, let right = MoodLabels.crossValidated(filed) {
        try StandardOutput.writeLine(
          "moods told from features, five-fold cross-validated: \(percent(right)) right")
      }
    }
  }
}
