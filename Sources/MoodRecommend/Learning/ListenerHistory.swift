import MoodValues

/// What a listener did so far, as the score's terms need it.
struct ListenerHistory: Sendable {
  /// Rewards minus ½, with those who gave them counted.
  struct Tally: Sendable {
    var count = 0
    var sum = 0.0
    /// Different songs that did well.
    var liked: Set<String> = []

    /// The mean, drawn to 0 as if `prior` neutral rewards had come before.
    func mean(prior: Double) -> Double { sum / (Double(count) + prior) }
  }

  private(set) var songs: [String: Tally] = [:]
  private(set) var artists: [String: Tally] = [:]
  private(set) var genres: [String: Tally] = [:]
  /// When a song was last heard.
  private(set) var lastHeard: [String: Double] = [:]
  private(set) var corrections: [(seen: MoodDistribution, right: Mood)] = []
  /// How many rewards were given.
  private(set) var count = 0

  /// Adds a piece of feedback; `song` is what the catalogue knows of it.
  mutating func add(_ feedback: Feedback, song: Song?) {
    if case .notMyMood(let right) = feedback.kind { corrections.append((feedback.mood, right)) }
    // The built-in songs had other ids once; a song that is known counts under the id of today.
    guard let id = song?.id ?? feedback.song, let reward = feedback.reward else { return }
    count += 1
    lastHeard[id] = max(feedback.time, lastHeard[id] ?? -.infinity)
    Self.add(reward, of: id, to: &songs[id, default: Tally()])
    guard let song else { return }
    Self.add(reward, of: id, to: &artists[song.artist, default: Tally()])
    if let genre = song.genre { Self.add(reward, of: id, to: &genres[genre, default: Tally()]) }
  }

  private static func add(_ reward: Double, of song: String, to tally: inout Tally) {
    tally.count += 1
    tally.sum += reward - 0.5
    if reward > 0.5 { tally.liked.insert(song) }
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
