public import ArgumentParser
import Foundation
public import MoodRecommend

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
  @OptionGroup var weights: WeightsArguments
  @OptionGroup var engine: EngineArguments
  @OptionGroup var views: ViewsArgument
  @OptionGroup var songs: CatalogueArgument
  @OptionGroup var wishes: WishArguments
  @OptionGroup var data: DataArguments
  @OptionGroup var who: ListenerArgument
  @Flag(help: "Show every part of each song's score.") var explain = false
  @Option(help: "text, or a list for one photo or mood: m3u8, xspf, jspf, csv, uris (Spotify's).")
  var format = SongFormat.text
  @Flag(help: "One JSON object a line, described in the README.") var json = false

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
      let catalogue = try songs.read(data)
      let recommender = Recommender(
        catalogue: catalogue, feedback: try data.existingStore() ?? MemoryFeedback())
      if let seen = named.distribution {
        let id = named.mood?.rawValue ?? "probabilities"
        let title = named.mood.map { "For the mood \($0.rawValue)" } ?? "For these probabilities"
        try answer(MoodLine(id: id, seen), seen, title, recommender)
        return
      }
      let selection = group ? .all : faces.face.selection
      let reader = try faces.reader(weights, engine.options, for: selection)
      try forEachPhoto(photos) { path in
        let readings = try reader.read(
          photos.image(path), selection, augmentation: views.tta)
        var line = try MoodLine(id: path, readings)
        guard let first = readings.first?.classification else { throw Failure.noFace }
        let seen =
          group
          ? MoodDistribution(mixing: readings.map(\.classification.distribution))
          : first.distribution
        line.mood = seen.mood.rawValue
        line.probabilities = MoodLine.named(seen)
        if !json, format == .text { print("\(path)\n\(bars(seen))\n") }
        let who =
          group && readings.count > 1 ? "The \(readings.count) faces seem" : "The face seems"
        let title =
          group || first.isSure
          ? "\(who) \(seen.mood.rawValue). Songs for it"
          : "\(who) \(seen.mood.rawValue), though not surely. Songs for the mixture"
        try answer(line, seen, title, recommender)
      } failed: { path, failure in
        if json { print(try jsonLine(MoodLine(id: path, failure: failure))) }
      }
    }
  }

  private func answer(
    _ line: MoodLine, _ mood: MoodDistribution, _ title: String, _ recommender: Recommender
  ) throws {
    let answer = try recommender.recommend(
      for: mood, options: wishes.options(listener: who.listener))
    if json {
      var line = line
      line.songs = answer.songs.map(SongLine.init)
      print(try jsonLine(line))
    } else if let list = format.playlist {
      print(list.text(of: answer.songs, title: title), terminator: "")
    } else {
      print("\(title):")
      for (index, ranked) in answer.songs.enumerated() { show(ranked, index + 1) }
      if answer.songs.isEmpty { print("  no song of the catalogue fits") }
    }
  }

  private func show(_ ranked: RankedSong, _ number: Int) {
    let song = ranked.song
    print(
      "  \(number). \(song.name) – \(song.artist)\(song.album.isEmpty ? "" : ", \(song.album)")")
    if explain {
      for reason in ranked.reasons {
        print("     \(signed(reason.contribution))  \(reason.sentence)")
      }
    } else {
      print("     \(ranked.explanation)")
    }
    print("     \(song.link)")
  }

  /// A number as `+0.12`.
  private func signed(_ value: Float) -> String {
    let hundredths = Int((abs(value) * 100).rounded())
    return "\(value < 0 ? "−" : "+")\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
  }
}

/// A value of `recommend --format`.
enum SongFormat: String, ExpressibleByArgument, CaseIterable {
  case text, m3u8, xspf, jspf, csv, uris

  var playlist: PlaylistFormat? { PlaylistFormat(rawValue: rawValue) }
}

extension Mood: ExpressibleByArgument {}

extension MoodLine {
  /// A mood that was named.
  init(id: String, _ mood: MoodDistribution) {
    (self.id, ok) = (id, true)
    self.mood = mood.mood.rawValue
    probabilities = Self.named(mood)
  }
}
