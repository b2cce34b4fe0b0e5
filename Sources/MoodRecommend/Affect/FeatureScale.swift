/// Mean and spread of each ``AudioFeature`` over a catalogue, by which features are made alike.
struct FeatureScale: Sendable {
  /// In the order of `AudioFeature.allCases`.
  private(set) var mean: [Float] = []
  /// The standard deviation; never below a thousandth.
  private(set) var deviation: [Float] = []

  /// Goes once over the songs' known values (Welford's update, in double precision).
  init(_ songs: some Sequence<Song>) {
    let features = AudioFeature.allCases
    var count = [Double](repeating: 0, count: features.count)
    var center = count
    var squares = count
    for song in songs {
      for feature in features {
        guard let value = feature.value(of: song).map(Double.init) else { continue }
        let index = feature.rawValue
        count[index] += 1
        let step = value - center[index]
        center[index] += step / count[index]
        squares[index] += step * (value - center[index])
      }
    }
    for index in features.indices {
      mean.append(Float(center[index]))
      deviation.append(Float(max(1e-3, (squares[index] / max(1, count[index])).squareRoot())))
    }
  }

  /// (value − mean) / deviation, kept within −3...3; `nil` where the song's value is unknown.
  func standardised(_ feature: AudioFeature, of song: Song) -> Float? {
    feature.value(of: song).map {
      max(-3, min(3, ($0 - mean[feature.rawValue]) / deviation[feature.rawValue]))
    }
  }
}
