/// Where feedback and what was learnt from it are kept.
///
/// The target FeedbackStore has one in SQLite; ``MemoryFeedback`` forgets when the program ends.
/// What a recommendation reads is the listener's own rows and a bounded number of others, however
/// many opinions there are.
public protocol FeedbackStoring: Sendable {
  /// Keeps a piece of feedback and adds what it teaches; both are durable on return, or neither.
  ///
  /// - Parameters:
  ///   - feedback: What was done or said.
  ///   - observation: The terms of the song's score then, and their reward; `nil` where the feedback
  ///     teaches nothing of songs.
  /// - Throws: ``FeedbackError`` if it could not be kept.
  func append(_ feedback: Feedback, observation: Observation?) throws(FeedbackError)

  /// Takes back a listener's last word on a song: a like, a dislike or stars, with all that it taught.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: ``FeedbackError`` if it could not be taken back; nothing of it is then.
  func retract(_ song: String, by listener: String) throws(FeedbackError) -> Bool

  /// A listener's feedback, oldest first.
  func feedback(of listener: String) throws(FeedbackError) -> [Feedback]

  /// The sums of a listener's observations, by mood.
  func regressionSums(of listener: String) throws(FeedbackError) -> MoodSums

  /// The sum of all listeners' observations.
  func pooledSums() throws(FeedbackError) -> RegressionSums

  /// The songs of a listener that count in pairs.
  func pairMembers(of listener: String) throws(FeedbackError) -> PairMembers

  /// What all listeners think of the songs that most of them know, the best known first.
  func bestKnown(_ limit: Int) throws(FeedbackError) -> [SongTotal]

  /// What all listeners think of some songs; songs that nobody knows are left out.
  func totals(of songs: [String]) throws(FeedbackError) -> [SongTotal]

  /// For each of some songs those that it shares most listeners with, at most `limit`.
  func pairs(with songs: [String], limit: Int) throws(FeedbackError) -> [[SongPair]]

  /// What every listener thinks of every song that he or she heard.
  ///
  /// - Complexity: O(n) for n opinions; no recommendation asks for them.
  func opinions() throws(FeedbackError) -> [Opinion]

  /// Every listener of whom something is kept, in order of name.
  func listeners() throws(FeedbackError) -> [String]

  /// Removes everything of a listener: observations, opinions, and what they brought to totals and
  /// pairs, which are then as if the listener had never been.
  ///
  /// - Returns: How many pieces of feedback there were.
  @discardableResult
  func forget(_ listener: String) throws(FeedbackError) -> Int
}
