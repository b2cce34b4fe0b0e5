import ArgumentParser
import CommandSupport
import Foundation
import ImageDecoding
import MoodRecommend
import MoodVision

/// Follows the mood on a face through a video.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Follow the mood on a face through a video.",
    discussion: """
      The source is a stream of JPEG pictures (MJPEG): a file, or - for standard input. From standard \
      input it takes the newest picture and drops older ones. From a file it takes every picture, at \
      --rate pictures per second. Each picture gives one JSON line with the face and the smoothed \
      probabilities: an exponential mean, in which a picture's weight halves every --half-life.

      EXAMPLES
        ffmpeg -loglevel error -i video.mp4 -f mjpeg -q:v 3 - | mood-cli watch -
        ffmpeg -loglevel error -f v4l2 -i /dev/video0 -f mjpeg - | mood-cli watch --bars --recommend -
        curl -sN http://camera/video.mjpg | mood-cli watch -
        mood-cli watch --summary curve clip.mjpeg
      """)

  @Argument(help: ArgumentHelp("An MJPEG file, or - for standard input.", valueName: "source"))
  var source: String
  @Option(help: "Pictures per second of a file.") var rate = 25.0
  @Flag(help: "Read every picture of standard input too, at --rate.") var everyPicture = false
  @Flag(help: "Draw a live bar chart on the terminal (standard error).") var bars = false
  @Flag(help: "Add a song whenever the mood has truly changed.") var recommend = false
  @OptionGroup var smoothing: SmoothingArguments
  @Option(help: ArgumentHelp("Write the mood curve to NAME.svg and NAME.csv.", valueName: "name"))
  var summary: String?
  @OptionGroup var songs: CatalogueArgument
  @OptionGroup var wanted: RecommendationArguments
  @OptionGroup var data: DataArguments
  @OptionGroup var who: ListenerArgument
  @OptionGroup var reading: ReaderArguments

  func validate() throws {
    guard rate > 0, rate.isFinite else { throw ValidationError("--rate is above 0.") }
    if let advice = adviceForAddress { throw ValidationError(advice) }
  }

  func run() throws {
    try reportingFailures {
      let reader = try reading.reader()
      let isLive = source == "-" && !everyPicture
      let pictures = try PictureSource(path: source, dropsOldest: isLive)
      var (filter, change) = (
        MoodFilter(halfLife: smoothing.halfLife),
        MoodSwitch(margin: smoothing.margin, hold: smoothing.hold)
      )
      let recommender =
        recommend
        ? Recommender(
          catalogue: try songs.read(data), feedback: try data.existingStore() ?? MemoryFeedback())
        : nil
      var curve = MoodCurve()
      var screen = BarChart()
      var frames = 0
      var firstFailure: (error: ImageError, count: Int)?
      while let picture = try pictures.next() {
        frames += 1
        let time = isLive ? picture.arrival : Double(picture.number) / rate
        var line = WatchLine(t: time, frame: picture.number, dropped: pictures.dropped)
        do {
          let reading = try reader.read(picture.bytes, .largest)
          let smooth = filter.add(reading.distribution, at: time)
          line.face = reading.faces[0]
          line.mood = smooth.mood
          line.probabilities = smooth.named
          if let mood = change.add(smooth, at: time) {
            line.changed = mood
            line.song = try recommender?
              .recommend(for: smooth, options: wanted.options(listener: who.listener))
              .songs.first.map { SongAnswer($0) }
          }
          if summary != nil { curve.add(smooth, at: time) }
        } catch MoodVisionError.noFace {
        } catch MoodVisionError.image(let error) {
          line.broken = true
          firstFailure = (firstFailure?.error ?? error, (firstFailure?.count ?? 0) + 1)
        }
        line.latency = pictures.elapsed - picture.arrival
        try StandardOutput.writeLine(jsonLine(line))
        if isLive { try StandardOutput.flush() }
        if bars { screen.draw(filter.distribution, line) }
      }
      try checkThatSomeWereRead(frames, pictures, firstFailure)
      if let summary {
        try write(Array(curve.svg.utf8), to: summary + ".svg")
        try write(Array(curve.csv.utf8), to: summary + ".csv")
      }
    }
  }
}
