import ArgumentParser
import CommandSupport
import Foundation
import ImageDecoding
import MoodCard
import MoodRecommend
import MoodText
import MoodVision

/// Draws the mood card of a photo, or of a mood that is named.
struct CardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "card",
    abstract: "Draw a picture to keep or share: mood, curve and songs.",
    discussion: """
      The picture is SVG, which browsers and drawing programs open and save as PNG. The photo is not \
      in it unless --with-photo asks for the face. The curve goes with the songs: the front wave with how \
      bright they are, the back one with how lively.

      EXAMPLES
        mood-cli card face.jpg -o card.svg
        mood-cli card --with-photo --shape story face.jpg -o card.svg
        mood-cli card --from sad --to happy --minutes 30 --heading "Saturday" -o card.svg
        mood-cli card --mood happy --language de > karte.svg
      """)

  @Argument(help: "A JPEG or PNG file.") var photo: String?
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to draw; else to standard output.", valueName: "file"))
  var output: String?
  @Option(help: "card (1200×1500), wide (1200×630) or story (1080×1920).")
  var shape = MoodCard.Shape.card
  @Flag(help: "Show the face in the place of the sun.") var withPhoto = false
  @Option(help: ArgumentHelp("A line over the word, such as a date.", valueName: "text"))
  var heading = ""
  @Option(help: ArgumentHelp("The card's own words: en or de.", valueName: "code"))
  var cardLanguage = AnswerLanguage.english
  @OptionGroup var named: MoodArguments
  @OptionGroup var words: TextArguments
  @OptionGroup var faces: FaceArguments
  @OptionGroup var songs: CatalogueArgument
  @OptionGroup var wanted: RecommendationArguments
  @OptionGroup var leading: JourneyArguments
  @OptionGroup var data: DataArguments
  @OptionGroup var who: ListenerArgument
  @OptionGroup var reading: ReaderArguments

  /// The longer side of a face on a card, in pixels.
  private static let faceSide = 480

  func validate() throws {
    if [photo != nil, named.distribution != nil, words.text != nil].count(where: { $0 }) != 1 {
      throw ValidationError("Give a photo, --mood, --probabilities or --text, one of the four.")
    }
    if withPhoto, photo == nil { throw ValidationError("--with-photo needs a photo.") }
    if leading.svg != nil { throw ValidationError("--svg belongs to recommend; give -o here.") }
  }

  func run() throws {
    try reportingFailures {
      if let output, let photo { try refuseOwnInput(output, [photo]) }
      let (mood, origin, face) = try subject()
      let recommender = Recommender(
        catalogue: try songs.read(data), feedback: try data.existingStore() ?? MemoryFeedback())
      var card = MoodCard(mood: mood.mood, origin: origin, songs: [], heading: heading)
      card.language = cardLanguage
      func line(_ song: Song) -> MoodCard.Line {
        MoodCard.Line(song, place: recommender.place(ofSong: song.id))
      }
      if let goal = leading.journey {
        let journey = try recommender.journey(
          from: mood, to: goal, options: leading.options(wanted))
        card.songs = journey.stops.map { line($0.song) }
        if heading.isEmpty {
          card.heading = CardWords.journey(
            from: mood.mood, to: goal, minutes: Int(leading.minutes.rounded()), in: cardLanguage)
        }
      } else {
        let found = try recommender.recommend(
          for: mood, options: wanted.options(listener: who.listener))
        card.songs = found.songs.map { line($0.song) }
      }
      let drawing = card.svg(shape, photo: face.map { .data($0) } ?? .none)
      if let output {
        try write(Array(drawing.utf8), to: output)
      } else {
        try StandardOutput.write(drawing)
      }
    }
  }

  /// The mood, where it comes from, and the face as `data:` address if it is to be shown.
  private func subject() throws -> (MoodDistribution, MoodCard.Origin, String?) {
    if let mood = named.distribution { return (mood, .said, nil) }
    if let said = try words.reading() { return (said.distribution, .words, nil) }
    guard let photo else { return (.uniform, .said, nil) }
    let reader = try reading.reader(searchesFaces: faces.selection.needsFinder)
    let image: RGBImage
    do { image = try RGBImage(contentsOf: photo) } catch {
      throw PhotoArguments.failure(MoodVisionError.image(error), of: PhotoInput(path: photo))
    }
    let reading: MoodReading
    do { reading = try reader.read(Photo(image), faces.selection) } catch { throw Failure(error) }
    guard withPhoto else { return (reading.distribution, .face, nil) }
    let crop = reading.faces[0].crop
    let square = image.turned(reading.turned).cropped(
      x: crop.x, y: crop.y, checkedWidth: crop.width, height: crop.height)
    let side = min(Self.faceSide, max(square.width, square.height))
    let small = try square.resized(width: side, height: side)
    let file = Data(try small.jpegData()).base64EncodedString()
    return (reading.distribution, .face, "data:image/jpeg;base64," + file)
  }
}
