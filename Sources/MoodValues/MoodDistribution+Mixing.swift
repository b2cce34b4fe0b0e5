extension MoodDistribution {
  /// The mean of some distributions: the mood of a group.
  ///
  /// The mean of none holds every mood for equally likely.
  public init(mixing distributions: [MoodDistribution]) {
    guard !distributions.isEmpty else {
      self = .uniform
      return
    }
    let count = Float(distributions.count)
    self.init(
      unchecked: Mood.allCases.map { mood in
        min(1, distributions.reduce(0) { $0 + $1[mood] } / count)
      })
  }
}
