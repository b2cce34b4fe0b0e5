public import ArgumentParser
public import FeedbackStore
public import Foundation
public import MoodRecommend

/// Where listeners' feedback is kept.
public struct DataArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder of your feedback and imported catalogue; else $MOOD_DATA, else the user's own.",
      valueName: "folder"))
  package var data: String?

  /// Creates the arguments.
  public init() {}

  /// The folder, made or not.
  public var folder: URL {
    let environment = ProcessInfo.processInfo.environment
    if let data { return URL(filePath: data, directoryHint: .isDirectory) }
    if let path = environment["MOOD_DATA"], !path.isEmpty {
      return URL(filePath: path, directoryHint: .isDirectory)
    }
    #if os(macOS)
      return URL.applicationSupportDirectory.appending(path: "mood")
    #else
      if let path = environment["XDG_DATA_HOME"], path.hasPrefix("/") {
        return URL(filePath: path).appending(path: "mood")
      }
      let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
      return (home ?? URL.homeDirectory).appending(path: ".local/share/mood")
    #endif
  }

  /// The catalogue that `catalogue import` leaves here.
  public var importedCatalogue: String { folder.appending(path: "catalogue.csv").path }

  private var databasePath: String { folder.appending(path: "feedback.sqlite").path }

  /// The database, made if need be.
  public func store() throws -> FeedbackDatabase { try FeedbackDatabase(path: databasePath) }

  /// The same for a program that runs on while the folder comes and goes.
  public func watchedStore() throws -> WatchedFeedback { try WatchedFeedback(path: databasePath) }

  /// The database if there is one; a question alone makes none.
  public func existingStore() throws -> FeedbackDatabase? {
    FileManager.default.fileExists(atPath: databasePath) ? try store() : nil
  }
}

/// Whose feedback is meant.
public struct ListenerArgument: ParsableArguments {
  /// Who listens.
  @Option(help: "Who listens.") public var listener = "me"

  /// Creates the arguments.
  public init() {}

  /// Refuses what names nobody.
  public func validate() throws {
    guard Feedback.isName(listener) else {
      throw ValidationError(
        "--listener is a name of 1 to 1024 bytes without control characters.")
    }
  }
}

/// Where songs come from.
public struct CatalogueArgument: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Song list in CSV or JSON Lines; else the imported one, else the one built in.",
      valueName: "file"))
  package var catalogue: String?

  /// Creates the arguments.
  public init() {}

  /// The list that is given, else the imported one, else the one built in.
  ///
  /// - Throws: `CatalogueError`.
  public func read(_ data: DataArguments) throws -> Catalogue { try Self.read(catalogue, data) }

  package static func read(_ catalogue: String?, _ data: DataArguments) throws -> Catalogue {
    if let catalogue { return try Catalogue(contentsOf: catalogue) }
    let imported = data.importedCatalogue
    guard FileManager.default.fileExists(atPath: imported) else { return .standard }
    return try Catalogue(contentsOf: imported)
  }
}
