public import MoodValues

extension MoodPoint {
  /// The category whose place is nearest; of equals, the one declared first.
  public var category: MoodCategory {
    MoodCategory.allCases.min { squaredDistance(to: $0.point) < squaredDistance(to: $1.point) }
      ?? .calm
  }
}

extension MoodCategory {
  /// Where songs of the category lie, in the quadrants of Thayer 1989, "The biopsychology of mood
  /// and arousal": the directions are the book's, the lengths this package's choice.
  public var point: MoodPoint {
    switch self {
    case .happy: MoodPoint(valence: 0.7, arousal: 0.4)
    case .calm: MoodPoint(valence: 0.2, arousal: -0.7)
    case .energetic: MoodPoint(valence: 0.1, arousal: 0.8)
    case .sad: MoodPoint(valence: -0.6, arousal: -0.3)
    }
  }
}
