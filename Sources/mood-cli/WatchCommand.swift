import ArgumentParser
import Foundation
import ImageDecoding
import MoodRecommend

/// Follows the mood on a face through a video.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Follow the mood on a face through a video.",
    discussion: """
      The source is JPEG pictures one behind the other (MJPEG), a file or - for standard input. From \
      standard input the newest picture is taken and older ones are dropped; of a file every picture \
      is read, at --rate pictures a second. Each picture gives one JSON line: the smoothed \
      probabilities (an exponential mean, half of whose memory fades in --half-life), and the face.

      EXAMPLES
        ffmpeg -loglevel error -i video.mp4 -f mjpeg -q:v 3 - | mood-cli watch -
        ffmpeg -loglevel error -f v4l2 -i /dev/video0 -f mjpeg - | mood-cli watch --bars --recommend -
        mood-cli watch --summary curve clip.mjpeg
      """)

  @Argument(help: ArgumentHelp("An MJPEG file, or - for standard input.", valueName: "source"))
  var source: String
  @Option(help: "Seconds in which an answer's weight fades by half; 0 smooths nothing.")
  var halfLife = 0.5
  @Option(help: "Pictures a second of a file.") var rate = 25.0
  @Flag(help: "Read every picture of standard input too, at --rate.") var everyPicture = false
  @Flag(help: "Draw a live bar chart on the terminal (standard error).") var bars = false
  @Flag(help: "Add a song whenever the mood has truly changed.") var recommend = false
  @Option(help: "How much more probable a new mood must be to count as a change, 0 to 1.")
  var margin: Float = 0.1
  @Option(help: "For how many seconds it must be.") var hold = 2.0
  @Option(help: ArgumentHelp("Write the mood curve to NAME.svg and NAME.csv.", valueName: "name"))
  var summary: String?
  @OptionGroup var songs: CatalogueArgument
  @OptionGroup var wishes: WishArguments
  @OptionGroup var data: DataArguments
  @OptionGroup var who: ListenerArgument
  @OptionGroup var finding: FindingArguments
  @OptionGroup var weights: WeightsArguments
  @OptionGroup var engine: EngineArguments

  func validate() throws {
    guard halfLife >= 0, rate > 0, hold >= 0, (0...1).contains(margin), halfLife.isFinite,
      rate.isFinite, hold.isFinite
    else { throw ValidationError("--half-life, --rate, --hold and --margin are not negative.") }
  }

  func run() throws {
    try reportingFailures {
      let reader = FaceReader(
        classifier: try weights.classifier(engine.options),
        finder: try finding.detector.finder(engine.options),
        options: try finding.options)
      let isLive = source == "-" && !everyPicture
      let pictures = try PictureSource(path: source, dropsOldest: isLive)
      var (filter, change) = (
        MoodFilter(halfLife: halfLife), MoodSwitch(margin: margin, hold: hold)
      )
      let recommender =
        recommend
        ? Recommender(
          catalogue: try songs.read(data), feedback: try data.existingStore() ?? MemoryFeedback())
        : nil
      var curve = MoodCurve()
      var screen = BarChart()
      var frames = 0
      while let picture = pictures.next() {
        frames += 1
        let time = isLive ? picture.arrival : Double(picture.number) / rate
        var line = WatchLine(t: time, frame: picture.number, dropped: pictures.dropped)
        if let image = try? RGBImage(decoding: picture.bytes) {
          if let reading = try reader.read(image, .largest).first {
            let smooth = filter.add(reading.classification.distribution, at: time)
            line.face = reading.place.face.map(FaceLine.init)
            line.mood = smooth.mood.rawValue
            line.probabilities = MoodLine.named(smooth)
            if let mood = change.add(smooth, at: time) {
              line.changed = mood.rawValue
              line.song = try recommender?
                .recommend(for: smooth, options: wishes.options(listener: who.listener))
                .songs.first.map(SongLine.init)
            }
            if summary != nil { curve.add(smooth, at: time) }
          }
        } else {
          line.broken = true
        }
        line.latency = pictures.elapsed - picture.arrival
        print(try jsonLine(line))
        if isLive { fflush(nil) }
        if bars { screen.draw(filter.distribution, line) }
      }
      if frames == 0 { throw Failure("no_pictures", "\(source) holds no JPEG picture") }
      if let summary {
        try write(Array(curve.svg.utf8), to: summary + ".svg")
        try write(Array(curve.csv.utf8), to: summary + ".csv")
      }
    }
  }
}

/// What is printed for one picture of a video.
struct WatchLine: Encodable {
  var v = 1
  /// Seconds since the start.
  let t: Double
  /// Number of the picture in the stream, from 0, and how many were dropped so far.
  let frame, dropped: Int
  var face: FaceLine?
  /// The smoothed mood; left out without a face.
  var mood: String?
  var probabilities: [String: Float]?
  /// The mood that holds from here on, and a song for it.
  var changed: String?
  var song: SongLine?
  /// Whether the picture could not be decoded.
  var broken: Bool?
  /// Seconds from the picture's arrival to this line.
  var latency = 0.0
}

/// Draws the moods as bars that stay in place.
struct BarChart {
  private var lines = 0

  mutating func draw(_ distribution: MoodDistribution?, _ line: WatchLine) {
    guard let distribution else { return }
    // In training order, so that bars do not jump.
    let rows = Mood.allCases.map { mood in
      let name = mood.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)
      let length = Int((distribution[mood] * 30).rounded())
      return
        "\u{1B}[K  \(name)\(percent(distribution[mood])) \(String(repeating: "█", count: length))"
    }
    let state = line.mood == nil ? "no face" : distribution.mood.rawValue
    let text = (rows + ["\u{1B}[K  \(state), \(Int(line.latency * 1000)) ms"]).joined(
      separator: "\n")
    printError((lines > 0 ? "\u{1B}[\(lines)A" : "") + text)
    lines = rows.count + 1
  }
}
