import ArgumentParser
import CommandSupport
import Foundation
import MoodRecommend
import MoodText
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
        mood-cli recommend --text "what a day, I need a break" face.jpg
        mood-cli recommend --journey calm --minutes 30 face.jpg
        mood-cli recommend --from sad --to energised --format m3u8
        mood-cli recommend --json --catalogue songs.csv face.jpg
      """)

  @OptionGroup var photos: PhotoArguments
  @OptionGroup var named: MoodArguments
  @OptionGroup var words: TextArguments
  @OptionGroup var faces: FaceArguments
  @Flag(help: "Use all faces of a photo: the mean of their moods.") var group = false
  @OptionGroup var songs: CatalogueArgument
  @OptionGroup var wanted: RecommendationArguments
  @OptionGroup var leading: JourneyArguments
  @Flag(help: "Show every part of each song's score.") var explain = false
  @Option(help: "text, or a list for one photo or mood: m3u8, xspf, jspf, csv, uris (Spotify's).")
  var format = SongFormat.text
  @Flag(help: "One JSON object per line, as answer.schema.json says.") var json = false
  @OptionGroup var data: DataArguments
  @OptionGroup var who: ListenerArgument
  @OptionGroup var reading: ReaderArguments

  func validate() throws {
    if photos.isEmpty, named.distribution == nil, words.text == nil {
      throw ValidationError("Give photos, --mood, --probabilities or --text.")
    }
    if !photos.isEmpty, named.distribution != nil {
      throw ValidationError("Give photos, --mood or --probabilities, one of the three.")
    }
    if words.text == "-", photos.photos.contains("-") || photos.pathsFrom == "-" {
      throw ValidationError("Standard input can be read once only: give one -.")
    }
    if leading.svg != nil, !photos.isEmpty, !photos.isOne {
      throw ValidationError("--svg draws one journey: give one photo.")
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
      let said = try words.reading()
      if photos.isEmpty, named.distribution == nil, let said {
        let title = "\(TextAnswer(said, face: nil).sentence) Songs for it"
        return try StandardOutput.write(
          text(.named(id: "text", said.distribution), said.distribution, title, recommender, said))
      }
      if let mood = named.distribution {
        let id = named.mood?.rawValue ?? "probabilities"
        let title = named.mood.map { "For the mood \($0.rawValue)" } ?? "For these probabilities"
        try StandardOutput.write(text(.named(id: id, mood), mood, title, recommender, said))
        return
      }
      let selection: FaceSelection = group ? .all : faces.selection
      let reader = try reading.reader(searchesFaces: selection.needsFinder) {
        $0.longestWait = .milliseconds(500)
      }
      let stream = PhotoStream(
        reader, selection, isOrdered: true, photos: try photos.paths()
      ) { [photos] photo, _ in photos.photo(photo) }
      var report = AnswerReport(to: .file(.standardOutput), isJSON: json)
      defer { report.clear() }
      while let answers = try stream.next() {
        try report.add(answers) { answer, reading in
          let path = answer.path
          let reading = group ? reading.asGroup : reading
          let heading = "\(FilePath.shown(path))\n\(bars(reading.distribution))\n\n"
          return (json || format != .text ? "" : heading)
            + (try text(.photo(reading), reading.distribution, title(reading), recommender, said))
        }
      }
      if let exitCode = report.exitCode() { throw exitCode }
    }
  }
}
