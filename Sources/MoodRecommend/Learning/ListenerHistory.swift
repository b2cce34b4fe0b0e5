import MoodValues

/// What a listener did so far, as the score's terms and the reasons need it.
struct ListenerHistory: Sendable {
  /// Rewards minus ½ (a skip's lowered where most songs are skipped), with their number.
  struct Tally: Sendable {
    var count = 0
    var sum = 0.0

    /// The mean, drawn to 0 as if `prior` neutral rewards had come before.
    func mean(prior: Double) -> Double { sum / (Double(count) + prior) }
  }

  /// The listener's last word on a song.
  struct Verdict: Sendable {
    let isLiked: Bool
    /// The mood that was read then.
    let mood: Mood
    let artist: String
    let genre: String?
  }

  private(set) var songs: [String: Tally] = [:]
  private(set) var artists: [String: Tally] = [:]
  private(set) var genres: [String: Tally] = [:]
  /// By song id; of songs that the catalogue has.
  private(set) var verdicts: [String: Verdict] = [:]
  /// When a song was last heard.
  private(set) var lastHeard: [String: Double] = [:]
  private(set) var corrections: [(seen: MoodDistribution, right: Mood)] = []
  /// How many rewards were given.
  private(set) var count = 0
  /// How many times a song was liked.
  private(set) var likes = 0
  private var skips = 0

  /// Adds a piece of feedback; `song` is what the catalogue knows of it.
  mutating func add(_ feedback: Feedback, song: Song?) {
    if case .notMyMood(let right) = feedback.kind { corrections.append((feedback.mood, right)) }
    // The built-in songs had other ids once; a song that is known counts under the id of today.
    guard let id = song?.id ?? feedback.song, let reward = feedback.reward else { return }
    let value = (reward - 0.5) * trust(in: feedback)
    count += 1
    if case .skip = feedback.kind { skips += 1 }
    if feedback.verdict == true { likes += 1 }
    lastHeard[id] = max(feedback.time, lastHeard[id] ?? -.infinity)
    Self.add(value, to: &songs[id, default: Tally()])
    guard let song else { return }
    if let isLiked = feedback.verdict {
      verdicts[id] = Verdict(
        isLiked: isLiked, mood: feedback.mood.mood, artist: song.artist, genre: song.genre)
    }
    Self.add(value, to: &artists[song.artist, default: Tally()])
    if let genre = song.genre { Self.add(value, to: &genres[genre, default: Tally()]) }
  }

  /// What the next piece of feedback counts, beside what its kind counts: a skip counts less the
  /// more of the songs so far were skipped, since then the mood or the hour was wrong, not the song.
  ///
  /// 2·(1 − s), at most 1, for the share s = (skips + 1) / (all + 2) with this one and a neutral one.
  func trust(in feedback: Feedback) -> Double {
    guard case .skip = feedback.kind else { return 1 }
    return min(1, 2 * (1 - Double(skips + 1) / Double(count + 2)))
  }

  private static func add(_ value: Double, to tally: inout Tally) {
    tally.count += 1
    tally.sum += value
  }

  /// The songs that were heard less than `coolDown` seconds ago.
  func resting(at now: Double, coolDown: Double) -> Set<String> {
    Set(lastHeard.filter { $0.value > now - coolDown && $0.value <= now }.keys)
  }

  /// The terms that the history gives a song: song, artist, genre.
  func terms(of song: Song) -> (song: Double, artist: Double, genre: Double) {
    (
      songs[song.id]?.mean(prior: 1) ?? 0, artists[song.artist]?.mean(prior: 2) ?? 0,
      song.genre.flatMap { genres[$0]?.mean(prior: 4) } ?? 0
    )
  }
}
