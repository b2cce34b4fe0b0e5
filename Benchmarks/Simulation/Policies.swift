import MoodRecommend

/// Something that chooses a song and sees whether it was liked.
protocol SongChooser {
  mutating func choose(_ mood: MoodDistribution, _ chance: inout Chance) throws -> Int
  mutating func learn(_ song: Int, _ mood: MoodDistribution, liked: Bool) throws
}

extension SongChooser {
  mutating func learn(_ song: Int, _ mood: MoodDistribution, liked: Bool) {}
}

/// Any song.
struct RandomChooser: SongChooser {
  let count: Int
  func choose(_ mood: MoodDistribution, _ chance: inout Chance) -> Int { chance.below(count) }
}

/// Always the most popular song.
struct PopularChooser: SongChooser {
  let best: Int
  init(_ songs: [Song]) {
    best = songs.indices.max { songs[$0].popularity < songs[$1].popularity } ?? 0
  }
  func choose(_ mood: MoodDistribution, _ chance: inout Chance) -> Int { best }
}

/// The report's draw.
struct ReportChooser: SongChooser {
  let catalogue: Catalogue
  private var generator: SplitMix64
  init(_ catalogue: Catalogue, seed: UInt64) {
    (self.catalogue, generator) = (catalogue, SplitMix64(seed: seed))
  }
  mutating func choose(_ mood: MoodDistribution, _ chance: inout Chance) -> Int {
    let songs = ClassicPolicy().songs(for: mood.mood, in: catalogue, count: 1, using: &generator)
    return songs.first.flatMap { catalogue.position(ofID: $0.id) } ?? 0
  }
}

/// Nine times in ten the song with the best mean so far, else any; a song unheard counts ½.
struct EpsilonGreedy: SongChooser {
  private var sums, counts: [Double]
  init(count: Int) {
    sums = [Double](repeating: 0.5, count: count)
    counts = [Double](repeating: 1, count: count)
  }
  func choose(_ mood: MoodDistribution, _ chance: inout Chance) -> Int {
    if chance.unit() < 0.1 { return chance.below(sums.count) }
    let start = chance.below(sums.count)
    var best = start
    for step in sums.indices {
      let song = (start + step) % sums.count
      if sums[song] / counts[song] > sums[best] / counts[best] { best = song }
    }
    return best
  }
  mutating func learn(_ song: Int, _ mood: MoodDistribution, liked: Bool) {
    sums[song] += liked ? 1 : 0
    counts[song] += 1
  }
}

/// Nine times in ten the best song by ridge regression on the features, else any: the baseline
/// that learns as the recommender does, without its prior, its mood terms and its way of exploring.
struct LinearEpsilonGreedy: SongChooser {
  private let inputs: [[Double]]
  private var products: [[Double]]
  private var sums, weights: [Double]

  init(_ sounds: Sounds) {
    inputs = sounds.features.map { $0 + [1] }
    let width = inputs[0].count
    products = (0..<width).map { row in (0..<width).map { $0 == row ? 1 : 0 } }
    sums = [Double](repeating: 0, count: width)
    weights = sums
  }
  func choose(_ mood: MoodDistribution, _ chance: inout Chance) -> Int {
    if chance.unit() < 0.1 { return chance.below(inputs.count) }
    func value(_ song: Int) -> Double { zip(inputs[song], weights).reduce(0) { $0 + $1.0 * $1.1 } }
    let start = chance.below(inputs.count)
    return inputs.indices.map { ($0 + start) % inputs.count }.max { value($0) < value($1) } ?? 0
  }
  mutating func learn(_ song: Int, _ mood: MoodDistribution, liked: Bool) {
    let x = inputs[song]
    for row in x.indices {
      for column in x.indices { products[row][column] += x[row] * x[column] }
      sums[row] += liked ? x[row] : 0
    }
    weights = solve(products, sums)
  }

  /// Gauss's elimination; the matrix is positive definite.
  private func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var (a, b) = (matrix, right)
    for pivot in b.indices {
      for row in (pivot + 1)..<max(pivot + 1, b.count) {
        let factor = a[row][pivot] / a[pivot][pivot]
        for column in pivot..<b.count { a[row][column] -= factor * a[pivot][column] }
        b[row] -= factor * b[pivot]
      }
    }
    for row in b.indices.reversed() {
      for column in (row + 1)..<max(row + 1, b.count) { b[row] -= a[row][column] * b[column] }
      b[row] /= a[row][row]
    }
    return b
  }
}

/// This package's recommender.
struct Learner: SongChooser {
  let recommender: Recommender
  let catalogue: Catalogue
  let listener: String
  private var time = 0.0
  private var seed: UInt64

  init(_ recommender: Recommender, _ catalogue: Catalogue, listener: String, seed: UInt64) {
    (self.recommender, self.catalogue) = (recommender, catalogue)
    (self.listener, self.seed) = (listener, seed)
  }
  mutating func choose(_ mood: MoodDistribution, _ chance: inout Chance) throws -> Int {
    seed &+= 1
    let options = RecommendationOptions(
      policy: .personal, count: 1, seed: seed, listener: listener, coolDown: 0, now: time)
    let songs = try recommender.recommend(for: mood, options: options).songs
    return songs.first.flatMap { catalogue.position(ofID: $0.song.id) } ?? 0
  }
  mutating func learn(_ song: Int, _ mood: MoodDistribution, liked: Bool) throws {
    time += 1
    try recommender.learn(
      Feedback(
        listener: listener, kind: liked ? .like : .dislike, song: catalogue.songs[song].id,
        mood: mood, time: time))
  }
}
