import Foundation
import MoodRecommend

/// Normal and uniform numbers from a seed.
struct Chance {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func unit() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
  mutating func below(_ count: Int) -> Int { Int(unit() * Double(count)) }
  mutating func normal() -> Double {
    (-2 * log(max(unit(), 1e-300))).squareRoot() * cos(2 * .pi * unit())
  }
  mutating func normals(_ count: Int, _ deviation: Double) -> [Double] {
    (0..<count).map { _ in normal() * deviation }
  }
}

/// The songs as a simulated listener hears them: standardised features, 0 where unknown.
struct Sounds {
  let songs: [Song]
  let features: [[Double]]
  let genres: [Int]
  let genreCount: Int

  init(_ catalogue: Catalogue) {
    songs = Array(catalogue.songs)
    var columns: [[Double]] = []
    for feature in AudioFeature.allCases {
      let values = songs.map { feature.value(of: $0).map(Double.init) }
      let known = values.compactMap { $0 }
      let mean = known.reduce(0, +) / Double(max(1, known.count))
      let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = max(1e-6, (squares / Double(max(1, known.count))).squareRoot())
      columns.append(values.map { $0.map { ($0 - mean) / deviation } ?? 0 })
    }
    features = songs.indices.map { song in columns.map { $0[song] } }
    let names = Set(songs.map { $0.genre ?? "" }).sorted()
    genres = songs.map { names.firstIndex(of: $0.genre ?? "") ?? 0 }
    genreCount = names.count
  }
}

/// Someone with a taste that the recommender cannot see: a like has probability
/// 1 / (1 + e^−u), u = a·x + v·(c·x) + g(genre) − 0.5 for a song's features x and the mood's valence v.
///
/// In the population that goes by the mood, u = ½·(a·x + v·(c·x) + g) + k·(n − ½) for the nearness
/// n = 1 / (1 + 2·d²) of the song's own valence and energy, as numbers −1...1, to where the classic map
/// sends the mood's first emotion.
struct SimulatedListener {
  private let taste, moodTaste, genres: [Double]
  /// How much closeness to what the mood asks for counts; then tastes count half.
  private let closeness: Double

  /// Draws a listener of a group; a group shares half of the variance of its members' tastes.
  init(group: Int, sounds: Sounds, seed: UInt64, closeness: Double = 0) {
    self.closeness = closeness
    var ours = Chance(seed: 1_000 + UInt64(group))
    var own = Chance(seed: seed)
    let count = AudioFeature.allCases.count
    func mixed(_ deviation: Double, _ count: Int) -> [Double] {
      let (shared, single) = (
        ours.normals(count, deviation / 2.0.squareRoot()),
        own.normals(count, deviation / 2.0.squareRoot())
      )
      return zip(shared, single).map { $0 + $1 }
    }
    taste = mixed(0.8, count)
    moodTaste = mixed(0.4, count)
    genres = mixed(0.5, sounds.genreCount)
  }

  /// How probably the listener likes each song in a mood.
  func likes(_ mood: MoodDistribution, _ sounds: Sounds) -> [Double] {
    let valence = Double(mood.point.valence)
    func nearness(_ mood: MoodDistribution, _ song: Song) -> Double {
      let target = ClassicPolicy().category(for: mood.mood).point
      let x = Double((song.valence ?? 0.5) * 2 - 1 - target.valence)
      let y = Double((song.energy ?? 0.5) * 2 - 1 - target.arousal)
      return 1 / (1 + 2 * (x * x + y * y))
    }
    return sounds.features.indices.map { song in
      let x = sounds.features[song]
      var u = genres[sounds.genres[song]] - 0.5
      for feature in x.indices { u += (taste[feature] + valence * moodTaste[feature]) * x[feature] }
      if closeness > 0 {
        u = (u + 0.5) / 2 + closeness * (nearness(mood, sounds.songs[song]) - 0.5)
      }
      return 1 / (1 + exp(-u))
    }
  }
}

extension Chance {
  /// A mood as a network gives it: one emotion has most of it, the rest is spread.
  mutating func mood() -> MoodDistribution {
    var shares = (0..<Mood.allCases.count).map { _ in 0.3 * unit() * unit() }
    shares[below(shares.count)] += 0.5 + unit()
    let sum = shares.reduce(0, +)
    return (try? MoodDistribution(probabilities: shares.map { Float($0 / sum) })) ?? .uniform
  }
}
