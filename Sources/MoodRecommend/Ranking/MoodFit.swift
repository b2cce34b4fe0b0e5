import MoodValues

/// How well places in the plane answer a whole mood: the content part of a song's score.
///
/// fit(x) = Σ_m p(m) / (1 + |x − t(m)|² / h²), where t(m) is the goal's target for emotion m and
/// h = 0.5: a mixture of Cauchy kernels. A face between joy and sorrow thus gets cheerful and
/// sorrowful songs, where the kernel of the mean alone would ask for indifferent ones. A song's fit
/// is then multiplied by ½ + ½ · confidence: what is not known of a song costs it.
struct MoodFit: Sendable {
  /// 1 / h².
  private static let sharpness: Float = 4

  /// Different targets with their probabilities.
  private let targets: [(weight: Float, valence: Float, arousal: Float)]
  /// The targets' mean.
  let target: MoodPoint

  init(_ mood: MoodDistribution, goal: Goal) {
    var targets: [(weight: Float, valence: Float, arousal: Float)] = []
    for emotion in Mood.allCases where mood[emotion] > 0 {
      let place = goal.target(for: emotion)
      if let same = targets.firstIndex(where: {
        $0.valence == place.valence && $0.arousal == place.arousal
      }) {
        targets[same].weight += mood[emotion]
      } else {
        targets.append((mood[emotion], place.valence, place.arousal))
      }
    }
    self.targets = targets
    target = MoodPoint(
      valence: targets.reduce(0) { $0 + $1.weight * $1.valence },
      arousal: targets.reduce(0) { $0 + $1.weight * $1.arousal })
  }

  /// How near eight songs are, each 0...1: Σ_m p(m) / (1 + |x − t(m)|²), 1 at the target of a
  /// certain mood and 0.9 a third of a unit away; what a list keeps to.
  func nearness(_ valence: SongIndex.Lanes, _ arousal: SongIndex.Lanes) -> SongIndex.Lanes {
    kernels(valence, arousal, 1)
  }

  private func kernels(
    _ valence: SongIndex.Lanes, _ arousal: SongIndex.Lanes, _ sharpness: Float
  ) -> SongIndex.Lanes {
    var fit = SongIndex.Lanes(repeating: 0)
    for target in targets {
      let (x, y) = (valence - target.valence, arousal - target.arousal)
      fit += target.weight / (1 + (x * x + y * y) * sharpness)
    }
    return fit
  }

  /// The fit of eight songs, each 0...1.
  func callAsFunction(
    _ valence: SongIndex.Lanes, _ arousal: SongIndex.Lanes, _ trust: SongIndex.Lanes
  ) -> SongIndex.Lanes {
    kernels(valence, arousal, Self.sharpness) * trust
  }

  /// How near a place is, 0...1.
  func nearness(_ place: MoodPoint) -> Float {
    nearness(.init(repeating: place.valence), .init(repeating: place.arousal))[0]
  }

  /// Whether songs of a category are meant: where one of the targets lies that has a quarter of the
  /// probability or more.
  func means(_ category: MoodCategory) -> Bool {
    targets.contains {
      $0.weight >= 0.25
        && MoodPoint(valence: $0.valence, arousal: $0.arousal).category == category
    }
  }
}
