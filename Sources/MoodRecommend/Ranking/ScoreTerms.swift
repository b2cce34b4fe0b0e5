import MoodValues

/// The numbers of a song, a mood and a listener that the score is linear in.
///
/// The same 23 terms serve the fixed content score and the learnt one; only the weights differ.
enum ScoreTerms {
  /// 1 for every song.
  static let bias = 0
  /// ``MoodFit`` of the song's place.
  static let fit = 1
  /// Popularity, 0...1.
  static let popularity = 2
  /// The standardised features.
  static let taste = 3..<10
  /// Mood valence, then mood arousal, times each of ``moodFeatures``.
  static let moodTaste = 10..<18
  /// What the listener thought of the song, of its artist, of its genre; see ``ListenerHistory``.
  static let song = 18
  static let artist = 19
  static let genre = 20
  /// What the others thought of the song, and of songs that it goes with; see ``Neighbourhood``.
  static let others = 21
  static let neighbours = 22
  static let count = 23

  /// The features whose taste may depend on the mood.
  static let moodFeatures: [AudioFeature] = [.valence, .energy, .danceability, .acousticness]

  /// The weights of the content score, which are also what a learner believes at first.
  static let contentWeights: [Double] = {
    var weights = [Double](repeating: 0, count: count)
    weights[bias] = 0.2
    weights[fit] = 0.5
    weights[popularity] = 0.15
    weights[song] = 0.4
    weights[artist] = 0.3
    weights[genre] = 0.2
    weights[others] = 0.4
    weights[neighbours] = 0.4
    return weights
  }()

  /// How far, in standard deviations, a listener's weights may be from everybody's.
  ///
  /// Tastes vary most. That they may be learnt fast costs nobody the mood: ``FitGuard`` keeps to it.
  static let spread: [Double] = {
    var spread = [Double](repeating: 0.2, count: count)
    for term in [song, artist, genre, others, neighbours] { spread[term] = 0.15 }
    for term in moodTaste { spread[term] = 0.15 }
    return spread
  }()
}

/// Weights of the terms, arranged for going over all songs of an index.
///
/// For one mood the features' part collapses to one weight each.
struct ScoreModel {
  let weights: [Double]
  private let constant, fit, popularity: Float
  private let features: [(column: Int, weight: Float)]

  init(weights: [Double], mood: MoodPoint) {
    self.weights = weights
    constant = Float(weights[ScoreTerms.bias])
    fit = Float(weights[ScoreTerms.fit])
    popularity = Float(weights[ScoreTerms.popularity])
    var columns = AudioFeature.allCases.map { weights[ScoreTerms.taste.lowerBound + $0.rawValue] }
    for (index, feature) in ScoreTerms.moodFeatures.enumerated() {
      let first = ScoreTerms.moodTaste.lowerBound + index
      columns[feature.rawValue] +=
        weights[first] * Double(mood.valence)
        + weights[first + ScoreTerms.moodFeatures.count] * Double(mood.arousal)
    }
    features = columns.enumerated().filter { $0.element != 0 }.map {
      ($0.offset, Float($0.element))
    }
  }

  /// The score without what the listener and others did, for eight songs.
  func callAsFunction(
    _ index: SongIndex, block: Int, moodFit: SongIndex.Lanes
  ) -> SongIndex.Lanes {
    var score = moodFit * fit + index.popularity[block] * popularity + constant
    for feature in features { score += index.features[feature.column][block] * feature.weight }
    return score
  }
}
