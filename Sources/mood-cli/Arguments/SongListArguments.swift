public import ArgumentParser
import CommandSupport
public import MoodRecommend

/// Which song list is read, and how.
struct SongListArguments: ParsableArguments {
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
