private import Synchronization

/// Feedback that lasts as long as the program: for tests, simulations, and listeners who want none
/// of it kept.
public final class MemoryFeedback: FeedbackStoring {
  private struct Opened {
    var feedback: [String: [Feedback]] = [:]
    var sums: [String: RegressionSums] = [:]
    var pooled = RegressionSums()
    var opinions: [String: [String: Opinion]] = [:]
  }

  private let contents = Mutex(Opened())

  /// Creates an empty store.
  public init() {}

  /// Keeps a piece of feedback and adds what it teaches.
  public func append(_ feedback: Feedback, observation: Observation?) throws(FeedbackError) {
    contents.withLock { contents in
      let name = feedback.listener
      contents.feedback[name, default: []].append(feedback)
      if let observation {
        contents.sums[name, default: RegressionSums()].add(observation)
        contents.pooled.add(observation)
      }
      guard let song = feedback.song, let reward = feedback.reward else { return }
      let none = Opinion(listener: name, song: song, count: 0, sum: 0)
      contents.opinions[name, default: [:]][song, default: none].count += 1
      contents.opinions[name, default: [:]][song, default: none].sum += reward
    }
  }

  /// A listener's feedback, oldest first.
  public func feedback(of listener: String) throws(FeedbackError) -> [Feedback] {
    contents.withLock { $0.feedback[listener] ?? [] }
  }

  /// The sum of a listener's observations.
  public func regressionSums(of listener: String) throws(FeedbackError) -> RegressionSums {
    contents.withLock { $0.sums[listener] ?? RegressionSums() }
  }

  /// The sum of all listeners' observations.
  public func pooledSums() throws(FeedbackError) -> RegressionSums {
    contents.withLock { $0.pooled }
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
    contents.withLock { contents in
      contents.opinions[listener] = nil
      if let sums = contents.sums.removeValue(forKey: listener) {
        contents.pooled.subtract(sums)
      }
      return contents.feedback.removeValue(forKey: listener)?.count ?? 0
    }
  }
}
