/// Item–item collaborative filtering: songs go together if the same listeners think alike of them.
///
/// Sarwar, Karypis, Konstan & Riedl 2001, "Item-based collaborative filtering recommendation
/// algorithms", <https://doi.org/10.1145/371920.372071>: with d(u,i) a listener's mean reward for a
/// song minus that listener's mean (adjusted cosine), s(i,j) = Σ d(u,i)·d(u,j) / √(Σ d(u,i)² ·
/// Σ d(u,j)²), here times n/(n + 5) for n listeners who know both. The prediction is
/// Σ s(i,j)·d(u,j) / (Σ |s(i,j)| + 1) over the listener's songs j. Sums leave the listener out, so
/// that a prediction never rests on what it is to predict.
struct Neighbourhood: Sendable {
  private var listeners: [String: Int] = [:]
  /// For each listener the songs with deviations.
  private var judged: [[(song: Int, deviation: Float)]] = []
  /// For each song the listeners with deviations.
  private var judges: [[(listener: Int, deviation: Float)]] = []
  private var numbers: [String: Int] = [:]
  private(set) var songs: [String] = []
  private var squares: [Float] = []

  /// Builds the neighbourhood.
  ///
  /// - Complexity: O(n) for n opinions.
  init(_ opinions: [Opinion]) {
    var totals: [(sum: Double, count: Int)] = []
    for opinion in opinions {
      let listener = listeners[opinion.listener] ?? judged.count
      if listener == judged.count {
        listeners[opinion.listener] = listener
        judged.append([])
        totals.append((0, 0))
      }
      totals[listener].sum += opinion.sum / Double(opinion.count)
      totals[listener].count += 1
    }
    for opinion in opinions {
      guard let listener = listeners[opinion.listener] else { continue }
      // Two neutral rewards come before a listener's own.
      let mean = (totals[listener].sum + 1) / Double(totals[listener].count + 2)
      let deviation = Float(opinion.sum / Double(opinion.count) - mean)
      let song = numbers[opinion.song] ?? songs.count
      if song == songs.count {
        numbers[opinion.song] = song
        songs.append(opinion.song)
        judges.append([])
        squares.append(0)
      }
      judges[song].append((listener, deviation))
      judged[listener].append((song, deviation))
      squares[song] += deviation * deviation
    }
  }

  /// What the other listeners think of each song, and what songs that go with it suggest.
  struct Suggestion: Sendable {
    /// Mean deviation over the others, as if three neutral ones had come before.
    var others = 0.0
    /// How many others know the song.
    var count = 0
    /// The collaborative prediction.
    var neighbours = 0.0
  }

  /// The suggestions for a listener, by song id; songs that no other listener knows have none.
  ///
  /// `only` is the one song of interest, where there is but one.
  ///
  /// - Complexity: O(Σ over the listener's songs j, over the judges of j, of their songs).
  func suggestions(for name: String, only: String? = nil) -> [String: Suggestion] {
    let listener = listeners[name] ?? -1
    let own = listener < 0 ? [] : judged[listener]
    let wanted = only.map { numbers[$0] ?? -1 }
    var mine = [Float](repeating: 0, count: songs.count)
    for (song, deviation) in own { mine[song] = deviation }
    var (value, weight) = (mine.map { _ in Float(0) }, mine.map { _ in Float(0) })
    var sums = Products(count: songs.count)
    for (song, deviation) in own where song != wanted {
      let norm = sums.collect(judges[song], judged, without: listener, wanted: wanted)
      for other in sums.touched where other != song {
        let scale = (norm * (squares[other] - mine[other] * mine[other])).squareRoot()
        guard scale > 1e-6 else { continue }
        let count = sums.counts[other]
        let similarity = sums.dots[other] / scale * count / (count + 5)
        value[other] += similarity * deviation
        weight[other] += abs(similarity)
      }
    }
    var result: [String: Suggestion] = [:]
    for song in songs.indices where wanted == nil || wanted == song {
      let others = judges[song].filter { $0.listener != listener }
      guard !others.isEmpty else { continue }
      let sum = others.reduce(0) { $0 + Double($1.deviation) }
      var suggestion = Suggestion(others: sum / (Double(others.count) + 3), count: others.count)
      suggestion.neighbours = Double(value[song] / (weight[song] + 1))
      result[songs[song]] = suggestion
    }
    return result
  }

  /// Σ d(u,i)·d(u,j) of one song j with every song i that shares a listener with it.
  private struct Products {
    private(set) var dots, counts: [Float]
    /// The songs whose sums are set.
    private(set) var touched: [Int] = []

    init(count: Int) {
      dots = [Float](repeating: 0, count: count)
      counts = dots
    }

    /// Starts anew for the song that `judges` know; returns Σ d(u,j)².
    mutating func collect(
      _ judges: [(listener: Int, deviation: Float)],
      _ judged: [[(song: Int, deviation: Float)]], without listener: Int, wanted: Int?
    ) -> Float {
      for song in touched { (dots[song], counts[song]) = (0, 0) }
      touched.removeAll(keepingCapacity: true)
      var norm: Float = 0
      for (judge, deviation) in judges where judge != listener {
        norm += deviation * deviation
        for (song, theirs) in judged[judge] where wanted == nil || wanted == song {
          if counts[song] == 0 { touched.append(song) }
          dots[song] += theirs * deviation
          counts[song] += 1
        }
      }
      return norm
    }
  }
}
