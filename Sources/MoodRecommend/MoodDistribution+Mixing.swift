extension MoodDistribution {
  /// The mean of some distributions: the mood of a group.
  ///
  /// - Precondition: There is at least one.
  public init(mixing distributions: [MoodDistribution]) {
    precondition(!distributions.isEmpty, "nobody's mood")
    let count = Float(distributions.count)
    self.init(
      probabilities: Mood.allCases.map { mood in
        min(1, distributions.reduce(0) { $0 + $1[mood] } / count)
      })
  }
}
