public import ArgumentParser
import CommandSupport
import Foundation
public import MoodRecommend
import MoodVision

/// Prints songs for the mood on each photo, or for a mood that is named.
struct RecommendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommend",
    abstract: "Find songs for the mood on a face.",
    discussion: """
      EXAMPLES
        mood-cli recommend face.jpg
        mood-cli recommend --goal lift --genre soul --explain face.jpg
        mood-cli recommend --group party.jpg
        mood-cli recommend --mood sad --count 3 --seed 7
        mood-cli recommend --probabilities '{"happy":0.7,"surprise":0.3}' --format m3u8
        mood-cli recommend --json --catalogue songs.csv face.jpg
      """)

  @OptionGroup var photos: PhotoArguments
  @OptionGroup var named: MoodArguments
  @OptionGroup var faces: FaceArguments
  @Flag(help: "Take all faces of a photo: the mean of their moods.") var group = false
  @OptionGroup var views: ViewsArgument
  @OptionGroup var songs: CatalogueArgument
  @OptionGroup var wanted: RecommendationArguments
  @Flag(help: "Show every part of each song's score.") var explain = false
  @Option(help: "text, or a list for one photo or mood: m3u8, xspf, jspf, csv, uris (Spotify's).")
  var format = SongFormat.text
  @Flag(help: "One JSON object per line, as answer.schema.json says.") var json = false
  @OptionGroup var data: DataArguments
  @OptionGroup var who: ListenerArgument
  @OptionGroup var reading: ReaderArguments

  func validate() throws {
    if photos.isEmpty == (named.distribution == nil) {
      throw ValidationError("Give photos, --mood or --probabilities, one of the three.")
    }
    if json, format != .text { throw ValidationError("Give --json or --format, one of the two.") }
    if format != .text, !photos.isEmpty, !photos.isOne {
      throw ValidationError("--format \(format.rawValue) makes one list: give one photo.")
    }
  }

  func run() throws {
    try reportingFailures {
      let recommender = Recommender(
        catalogue: try songs.read(data), feedback: try data.existingStore() ?? MemoryFeedback())
      if let mood = named.distribution {
        let id = named.mood?.rawValue ?? "probabilities"
        let title = named.mood.map { "For the mood \($0.rawValue)" } ?? "For these probabilities"
        try StandardOutput.write(text(.named(id: id, mood), mood, title, recommender))
        return
      }
      let selection: FaceSelection = group ? .all : faces.selection
      let reader = try reading.reader(searchesFaces: selection.needsFinder) {
        $0.augmentation = views.tta
        $0.longestWait = .milliseconds(500)
      }
      let stream = PhotoStream(
        reader, selection, isOrdered: true, paths: try photos.paths()
      ) { [photos] in photos.photo($0) }
      var report = AnswerReport(to: .standardOutput, isJSON: json)
      defer { report.end() }
      while let answers = try stream.next() {
        try report.add(answers) { path, reading in
          let reading = group ? reading.asGroup : reading
          let heading = "\(FilePath.shown(path))\n\(bars(reading.distribution))\n\n"
          return (json || format != .text ? "" : heading)
            + (try text(.photo(reading), reading.distribution, title(reading), recommender))
        }
      }
      if let exitCode = report.exitCode() { throw exitCode }
    }
  }

  private func title(_ reading: MoodReading) -> String {
    let count = reading.faces.count
    let who = group && count > 1 ? "The \(count) faces seem" : "The face seems"
    return group || reading.isSure
      ? "\(who) \(reading.mood). Songs for it"
      : "\(who) \(reading.mood), though not surely. Songs for the mixture"
  }

  private func text(
    _ subject: RecommendationLine.Subject, _ mood: MoodDistribution, _ title: String,
    _ recommender: Recommender
  ) throws -> String {
    let found = try recommender.recommend(
      for: mood, options: wanted.options(listener: who.listener))
    let songs = found.songs
    if json {
      return try jsonLine(
        RecommendationLine(
          subject: subject, songs: songs.map(SongAnswer.init),
          notes: found.notes.map(NoteAnswer.init)))
        + "\n"
    }
    return format.playlist?.text(of: songs, title: title)
      ?? SongList(title: title, songs: songs, notes: found.notes, explains: explain).text
  }
}

/// A value of `recommend --format`.
enum SongFormat: String, ExpressibleByArgument, CaseIterable {
  case text, m3u8, xspf, jspf, csv, uris

  var playlist: PlaylistFormat? { PlaylistFormat(rawValue: rawValue) }
}

extension Mood: ExpressibleByArgument {}
