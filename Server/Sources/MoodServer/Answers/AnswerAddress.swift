import MoodRecommend
import MoodText

/// All that an answer is: the moods that were read, what was asked of the music, and the songs.
///
/// It stands in the answer's address, `/mood?…`, and nowhere else: the server keeps no answer, so Back,
/// reload, a second tab and a restart of the server show the same one. The photo is not in it, and
/// neither are the words that somebody wrote, but what they were taken to say.
struct AnswerAddress: Sendable, Equatable {
  /// Who of several is meant.
  enum Who: Sendable, Equatable {
    /// One face, counted from 1.
    case face(Int)
    /// All of them.
    case all
  }

  /// The most faces, free places, skips and songs shown before that an address has.
  static let faceLimit = 12, skipLimit = 40, seenLimit = 1_000

  /// Where answers stand.
  static let path = "/mood"

  /// The faces' moods, the largest face first.
  var faces: [MoodShares] = []
  /// The faces, counted from 1, of which the network is not sure.
  var unsure: Set<Int> = []
  /// Whether the whole photo was looked at, and no face.
  var sawWhole = false
  /// Which face counts.
  var who = Who.face(1)
  /// What the words say.
  var words: MoodShares?
  /// The mood that was said by hand; it counts before faces and words.
  var said: Mood?
  /// What the music is to do.
  var goal = Goal.classic
  /// Where a journey leads, if one is asked for.
  var journey: JourneyGoal?
  /// How long it is.
  var minutes = 30
  /// The places, from 0, that were skipped so far.
  var skips: [Int] = []
  /// Which songs may come.
  var filter = SongFilter()
  /// How many songs at most.
  var count = 5
  /// The draw.
  var seed: UInt64?
  /// The songs in their places; `nil` is a free place.
  var songs: [SongCode?] = []
  /// Songs that were shown before, and do not come again.
  var seen: [SongCode] = []

  /// What faces and words say together, or the mood that was said.
  var mood: MoodDistribution {
    if let said { return MoodDistribution(certain: said) }
    guard let face else { return words?.distribution ?? .uniform }
    return words.map { MoodFusion(face: face, words: $0.distribution).distribution } ?? face
  }

  /// What the face says, or all of them together.
  var face: MoodDistribution? {
    guard !faces.isEmpty else { return nil }
    return switch who {
    case .face(let number): faces[min(number, faces.count) - 1].distribution
    case .all: MoodDistribution(mixing: faces.map(\.distribution))
    }
  }

  /// Whether the network is sure of the face that counts; of words and of what was said it is.
  var isSure: Bool {
    if said != nil || words != nil { return true }
    return switch who {
    case .face(let number): !unsure.contains(number)
    case .all: unsure.isEmpty
    }
  }

  /// What is asked of a recommender, with places for so many songs.
  func wishes(count: Int) -> SongWishes {
    SongWishes(goal: goal, filter: filter, count: count, seed: seed)
  }
}
