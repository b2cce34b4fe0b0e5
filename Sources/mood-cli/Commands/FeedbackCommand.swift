import ArgumentParser
import CommandSupport
import Foundation
import MoodRecommend

/// Keeps what a listener thinks of a song, or of the mood that was read off a face.
struct FeedbackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feedback",
    abstract: "Say what you think of a song, so that recommendations become yours.",
    discussion: """
      SONG is the id that `recommend --json` and `catalogue list` show, or a Spotify address of the \
      song. It is kept on this machine alone; `forget` removes it.

      EXAMPLES
        mood-cli feedback queen-we-will-rock-you --like --mood sad
        mood-cli feedback queen-we-will-rock-you --rating 4
        mood-cli feedback queen-we-will-rock-you --undo
        mood-cli feedback --not-my-mood sad --mood neutral
      """)

  @Argument(help: ArgumentHelp("The song's id.", valueName: "song")) var song: String?
  @Flag(help: "What you did: --like, --dislike, --skip or --play.") var action: FeedbackAction?
  @Option(help: "1 to 5 stars.") var rating: Int?
  @Option(help: "The face's mood was read wrongly; this one is yours.") var notMyMood: Mood?
  @Flag(help: "Take back your last like, dislike or stars of the song.") var undo = false
  @OptionGroup var named: MoodArguments
  @OptionGroup var songs: CatalogueArgument
  @OptionGroup var data: DataArguments
  @OptionGroup var who: ListenerArgument
  @Flag(help: "Print a JSON object.") var json = false

  func validate() throws {
    let given = [action != nil, rating != nil, notMyMood != nil, undo].count { $0 }
    guard given == 1 else {
      throw ValidationError(
        "Give one of --like, --dislike, --skip, --play, --rating, --undo and --not-my-mood.")
    }
    if undo, json { throw ValidationError("--undo prints no JSON.") }
    if let rating, !(1...5).contains(rating) { throw ValidationError("--rating is from 1 to 5.") }
    guard (song == nil) == (notMyMood != nil) else {
      throw ValidationError(
        notMyMood == nil ? "Name the song." : "--not-my-mood is about the face, not a song.")
    }
    if notMyMood != nil, named.distribution == nil {
      throw ValidationError(
        "--not-my-mood needs what was read, by --mood or --probabilities.")
    }
  }

  func run() throws {
    try reportingFailures {
      let catalogue = try songs.read(data)
      let id = song.map { String($0.split(separator: "/").last?.split(separator: "?").first ?? "") }
      let chosen = id.flatMap { catalogue[id: $0] }
      if let song, chosen == nil {
        throw Failure(
          "unknown_song", "the catalogue has no song \(song); mood-cli catalogue list shows the ids"
        )
      }
      if undo, let chosen {
        let recommender = Recommender(catalogue: catalogue, feedback: try data.store())
        guard try recommender.retract(chosen.id, by: who.listener) else {
          throw Failure("nothing_to_undo", "\(who.listener) said nothing of \(chosen.id)")
        }
        try StandardOutput.writeLine("Taken back for \(who.listener).")
        return
      }
      let name = action?.rawValue ?? (rating == nil ? "not_my_mood" : "rating")
      let kind = Feedback.Kind(name: name, rating: rating, meant: notMyMood)
      let feedback = kind.flatMap { kind in
        Feedback(
          checking: who.listener, kind: kind, song: chosen?.id,
          mood: named.distribution ?? .uniform, time: Date().timeIntervalSince1970)
      }
      guard let feedback else { throw Failure("bad_feedback", "that makes no feedback") }
      try Recommender(catalogue: catalogue, feedback: data.store()).learn(feedback)
      if json {
        try StandardOutput.writeLine(jsonLine(FeedbackLine(feedback)))
      } else {
        try StandardOutput.writeLine("Kept for \(who.listener).")
      }
    }
  }
}

/// What a listener did.
enum FeedbackAction: String, EnumerableFlag {
  case like, dislike, skip, play
}
