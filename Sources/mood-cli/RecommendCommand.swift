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
        mood-cli recommend --group party.jpg
        mood-cli recommend --mood sad --count 3 --seed 7
        mood-cli recommend --json --catalogue songs.csv face.jpg
      """)

  @OptionGroup var photos: PhotoArguments
  @Option(help: "Take this mood instead of a photo.") var mood: Mood?
  @OptionGroup var faces: FaceArguments
  @Flag(help: "Take all faces of a photo: the mean of their moods.") var group = false
  @OptionGroup var weights: WeightsArguments
  @OptionGroup var engine: EngineArguments
  @OptionGroup var views: ViewsArgument
  @Option(help: ArgumentHelp("Song list in CSV; else the one built in.", valueName: "file"))
  var catalogue: String?
  @Option(help: "How many songs.") var count = 5
  @Option(help: "Repeat the draw of an earlier run.") var seed: UInt64?
  @Flag(help: "One JSON object a line, described in the README.") var json = false

  func validate() throws {
    if photos.photos.isEmpty == (mood == nil) {
      throw ValidationError("Give photos or --mood, one of the two.")
    }
    if !(1...1000).contains(count) { throw ValidationError("--count is from 1 to 1000.") }
  }

  func run() throws {
    try reportingFailures {
      let songs = try catalogue.map { try Catalogue(contentsOf: $0) } ?? .standard
      var generator = SplitMix64(seed: seed ?? UInt64.random(in: 0 ... .max))
      if let mood {
        try answer(
          MoodLine(id: mood.rawValue, certain: mood), mood: mood,
          title: "For the mood \(mood.rawValue)",
          songs, &generator)
        return
      }
      let reader = try faces.reader(weights, engine.options)
      try forEachPhoto(photos) { path in
        let readings = try reader.read(
          photos.image(path), group ? .all : faces.face.selection, augmentation: views.tta)
        var line = try MoodLine(id: path, readings)
        guard let first = readings.first?.classification else { throw Failure.noFace }
        let seen =
          group
          ? MoodDistribution(mixing: readings.map(\.classification.distribution))
          : first.distribution
        line.mood = seen.mood.rawValue
        line.probabilities = MoodLine.named(seen)
        if !json { print("\(path)\n\(bars(seen))\n") }
        let certainty = group || first.isSure ? "" : ", though not surely"
        let who =
          group && readings.count > 1 ? "The \(readings.count) faces seem" : "The face seems"
        try answer(
          line, mood: seen.mood, title: "\(who) \(seen.mood.rawValue)\(certainty). Songs for it",
          songs, &generator)
      } failed: { path, failure in
        if json { print(try jsonLine(MoodLine(id: path, failure: failure))) }
      }
    }
  }

  private func answer(
    _ line: MoodLine, mood: Mood, title: String, _ catalogue: Catalogue,
    _ generator: inout SplitMix64
  ) throws {
    let songs = ReportPolicy().songs(for: mood, in: catalogue, count: count, using: &generator)
    if json {
      var line = line
      line.songs = songs.map(SongLine.init)
      print(try jsonLine(line))
      return
    }
    print("\(title):")
    for (index, song) in songs.enumerated() {
      print(
        "  \(index + 1). \(song.name) – \(song.artist)\(song.album.isEmpty ? "" : ", \(song.album)")"
      )
      print("     \(song.link)")
    }
    if songs.isEmpty { print("  no song of the catalogue fits") }
  }
}

extension Mood: ExpressibleByArgument {}

extension MoodLine {
  /// A mood that was named.
  init(id: String, certain mood: Mood) {
    (self.id, ok) = (id, true)
    self.mood = mood.rawValue
    probabilities = Self.named(MoodDistribution(certain: mood))
  }
}
