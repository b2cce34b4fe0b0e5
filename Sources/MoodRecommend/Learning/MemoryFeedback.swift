private import Synchronization

/// Feedback that lasts as long as the program: for tests, simulations, and listeners who want none
/// of it kept.
public final class MemoryFeedback: FeedbackStoring {
  private struct Opened {
    var feedback: [String: [(given: Feedback, observation: Observation?)]] = [:]
    var sums: [String: MoodSums] = [:]
    var pooled = RegressionSums()
    var opinions: [String: [String: Opinion]] = [:]
    var members: [String: PairMembers] = [:]
    var songs = SongTable()

    mutating func add(_ reward: Double, for song: String, by listener: String) {
      let old = opinions[listener]?[song]
      var new = old ?? Opinion(listener: listener, song: song, count: 0, sum: 0)
      new.count += 1
      new.sum += reward
      opinions[listener, default: [:]][song] = new
      songs.change(song, from: old?.level, to: new.level)
      var own = members.removeValue(forKey: listener) ?? PairMembers()
      own.set(song, to: new.level) { songs.change($0, $1, $2, $3, sign: $4) }
      members[listener] = own
    }

    mutating func retract(_ song: String, by listener: String) -> Bool {
      let last = feedback[listener]?.lastIndex { $0.given.song == song && $0.given.verdict != nil }
      guard let last, let (given, observation) = feedback[listener]?.remove(at: last) else {
        return false
      }
      if let observation {
        sums[listener]?.subtract(observation)
        pooled.subtract(RegressionSums([observation]))
      }
      guard let reward = given.reward, let old = opinions[listener]?[song] else { return true }
      var new = old
      new.count -= 1
      new.sum -= reward
      opinions[listener]?[song] = new.count > 0 ? new : nil
      songs.change(song, from: old.level, to: new.count > 0 ? new.level : nil)
      var own = members.removeValue(forKey: listener) ?? PairMembers()
      if new.count > 0 {
        own.set(song, to: new.level) { songs.change($0, $1, $2, $3, sign: $4) }
      } else {
        own.remove(song) { songs.change($0, $1, $2, $3, sign: $4) }
      }
      members[listener] = own
      return true
    }

    mutating func forget(_ listener: String) -> Int {
      var own = members.removeValue(forKey: listener) ?? PairMembers()
      own.removeAll { songs.change($0, $1, $2, $3, sign: $4) }
      for opinion in (opinions.removeValue(forKey: listener) ?? [:]).values {
        songs.change(opinion.song, from: opinion.level, to: nil)
      }
      if let taught = sums.removeValue(forKey: listener) { pooled.subtract(taught.total) }
      return feedback.removeValue(forKey: listener)?.count ?? 0
    }
  }

  private let contents = Mutex(Opened())

  /// Creates an empty store.
  public init() {}

  /// Keeps a piece of feedback and adds what it teaches.
  public func append(_ feedback: Feedback, observation: Observation?) throws(FeedbackError) {
    contents.withLock { contents in
      let name = feedback.listener
      contents.feedback[name, default: []].append((feedback, observation))
      if let observation {
        contents.sums[name, default: MoodSums()].add(observation)
        contents.pooled.add(observation)
      }
      guard let song = feedback.song, let reward = feedback.reward else { return }
      contents.add(reward, for: song, by: name)
    }
  }

  /// Takes back a listener's last word on a song, with all that it taught.
  ///
  /// - Returns: Whether there was one.
  public func retract(_ song: String, by listener: String) throws(FeedbackError) -> Bool {
    contents.withLock { $0.retract(song, by: listener) }
  }

  /// A listener's feedback, oldest first.
  public func feedback(of listener: String) throws(FeedbackError) -> [Feedback] {
    contents.withLock { ($0.feedback[listener] ?? []).map(\.given) }
  }

  /// The sums of a listener's observations, by mood.
  public func regressionSums(of listener: String) throws(FeedbackError) -> MoodSums {
    contents.withLock { $0.sums[listener] ?? MoodSums() }
  }

  /// The sum of all listeners' observations.
  public func pooledSums() throws(FeedbackError) -> RegressionSums {
    contents.withLock { $0.pooled }
  }

  /// The songs of a listener that count in pairs.
  public func pairMembers(of listener: String) throws(FeedbackError) -> PairMembers {
    contents.withLock { $0.members[listener] ?? PairMembers() }
  }

  /// What all listeners think of the songs that most of them know, the best known first.
  public func bestKnown(_ limit: Int) throws(FeedbackError) -> [SongTotal] {
    contents.withLock { $0.songs.best(limit) }
  }

  /// What all listeners think of some songs; songs that nobody knows are left out.
  public func totals(of songs: [String]) throws(FeedbackError) -> [SongTotal] {
    contents.withLock { contents in songs.compactMap { contents.songs.total(of: $0) } }
  }

  /// For each of some songs those that it shares most listeners with.
  public func pairs(with songs: [String], limit: Int) throws(FeedbackError) -> [[SongPair]] {
    contents.withLock { contents in songs.map { contents.songs.pairs(with: $0, limit: limit) } }
  }

  /// What every listener thinks of every song, in order of listener and song.
  public func opinions() throws(FeedbackError) -> [Opinion] {
    contents.withLock { contents in
      contents.opinions.values.flatMap(\.values)
        .sorted { ($0.listener, $0.song) < ($1.listener, $1.song) }
    }
  }

  /// Every listener of whom something is kept, in order of name.
  public func listeners() throws(FeedbackError) -> [String] {
    contents.withLock { $0.feedback.keys.sorted() }
  }

  /// Removes everything of a listener.
  ///
  /// - Returns: How many pieces of feedback there were.
  @discardableResult
  public func forget(_ listener: String) throws(FeedbackError) -> Int {
    contents.withLock { $0.forget(listener) }
  }
}
