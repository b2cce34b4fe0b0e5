/// Where feedback and what was learnt from it are kept.
///
/// The target FeedbackStore has one in SQLite; ``MemoryFeedback`` forgets when the program ends.
public protocol FeedbackStoring: Sendable {
  /// Keeps a piece of feedback and adds what it teaches; both are durable on return, or neither.
  ///
  /// - Parameters:
  ///   - feedback: What was done or said.
  ///   - observation: The terms of the song's score then, and their reward; `nil` where the feedback
  ///     teaches nothing of songs.
  /// - Throws: ``FeedbackError`` if it could not be kept.
  func append(_ feedback: Feedback, observation: Observation?) throws(FeedbackError)

  /// A listener's feedback, oldest first.
  func feedback(of listener: String) throws(FeedbackError) -> [Feedback]

  /// The sum of a listener's observations.
  func regressionSums(of listener: String) throws(FeedbackError) -> RegressionSums

  /// The sum of all listeners' observations.
  func pooledSums() throws(FeedbackError) -> RegressionSums

  /// What every listener thinks of every song that he or she heard.
  func opinions() throws(FeedbackError) -> [Opinion]

  /// Every listener of whom something is kept, in order of name.
  func listeners() throws(FeedbackError) -> [String]

  /// Removes everything of a listener, observations and opinions too.
  ///
  /// - Returns: How many pieces of feedback there were.
  @discardableResult
  func forget(_ listener: String) throws(FeedbackError) -> Int
}

/// What one listener thinks of one song, over all feedback on it.
public struct Opinion: Sendable, Equatable {
  /// Who.
  public let listener: String
  /// The song's id.
  public let song: String
  /// How many rewards were given.
  public var count: Int
  /// Their sum.
  public var sum: Double

  /// Creates an opinion.
  public init(listener: String, song: String, count: Int, sum: Double) {
    (self.listener, self.song, self.count, self.sum) = (listener, song, count, sum)
  }
}
