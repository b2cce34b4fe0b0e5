extension Recommender {
  /// Prepares the built-in song list for ranking.
  ///
  /// - Parameter feedback: What listeners said; kept as long as the program runs unless a store of
  ///   the product FeedbackStore is given.
  public init(feedback: any FeedbackStoring = MemoryFeedback()) {
    self.init(catalogue: Catalogue.standard, feedback: feedback)
  }
}
