import Foundation
import MoodRecommend

/// Listeners with hidden tastes meet the recommender and the baselines; seeded.
///
///     swift run -c release --package-path Benchmarks Simulation regret [catalogue] [picture.svg]
///     swift run -c release --package-path Benchmarks Simulation mood-regret [catalogue] [picture.svg]
///     swift run -c release --package-path Benchmarks Simulation first-minutes [catalogue]
///     swift run -c release --package-path Benchmarks Simulation journeys [catalogue]
///     swift run -c release --package-path Benchmarks Simulation moods [catalogue]
///     swift run -c release --package-path Benchmarks Simulation cold-start [catalogue] [picture.svg]
@main
enum Simulation {
  static let groups = 8

  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    let lists = words.dropFirst().filter { !$0.hasSuffix(".svg") }
    let catalogue = try lists.first.map { try Catalogue(contentsOf: $0) } ?? .standard
    if words.first == "first-minutes" {
      return print(try FirstMinutes(catalogue, seeds: 200).text)
    }
    if words.first == "moods" { return print(try MoodTable.text(catalogue)) }
    if words.first == "journeys" { return try Journeys.run(catalogue, prints: true) }
    let chart: Chart
    switch words.first {
    case "regret": chart = try regret(catalogue)
    case "mood-regret": chart = try regret(catalogue, closeness: 4)
    case "cold-start": chart = try coldStart(catalogue)
    default:
      print(
        "usage: Simulation regret|mood-regret|cold-start|first-minutes|journeys|moods [catalogue] [picture.svg]"
      )
      exit(64)
    }
    for (name, values) in chart.curves {
      let at = [20, 50, 100, 200, 500].filter { $0 <= values.count }
      print(
        name, at.map { "\($0): \((values[$0 - 1] * 100).rounded() / 100)" }.joined(separator: "  "))
    }
    if let path = words.first(where: { $0.hasSuffix(".svg") }) {
      try Data(chart.svg.utf8).write(to: URL(filePath: path))
    }
  }

  /// Cumulative regret of one listener: Σ best probability of a like − that of the song chosen.
  static func play(
    _ chooser: inout some SongChooser, _ listener: SimulatedListener, _ sounds: Sounds, steps: Int,
    seed: UInt64
  ) throws -> [Double] {
    // Moods, likes and the chooser's own draws come from three streams, so that every chooser
    // meets the same moods and the same luck.
    var (moods, luck, draws) = (
      Chance(seed: seed), Chance(seed: seed &+ 1 << 32), Chance(seed: seed &+ 1 << 33)
    )
    var (sum, curve) = (0.0, [Double]())
    for _ in 0..<steps {
      let mood = moods.mood()
      let likes = listener.likes(mood, sounds)
      let song = try chooser.choose(mood, &draws)
      try chooser.learn(song, mood, liked: luck.unit() < likes[song])
      sum += (likes.max() ?? 0) - likes[song]
      curve.append(sum)
    }
    return curve
  }

  /// 40 listeners, each alone, 500 songs each.
  static func regret(_ catalogue: Catalogue, closeness: Double = 0) throws -> Chart {
    let (listeners, steps) = (40, 500)
    let sounds = Sounds(catalogue)
    var sums: [String: [Double]] = [:]
    let names = [
      "recommender", "random", "most popular", "report's policy", "epsilon-greedy (songs)",
      "epsilon-greedy (features)",
    ]
    for number in 0..<listeners {
      let seed = UInt64(number) * 7_919 + 17
      let listener = SimulatedListener(
        group: number % groups, sounds: sounds, seed: seed, closeness: closeness)
      func add(_ name: String, _ chooser: some SongChooser) throws {
        var chooser = chooser
        let curve = try play(&chooser, listener, sounds, steps: steps, seed: seed)
        let old = sums[name] ?? [Double](repeating: 0, count: steps)
        sums[name] = zip(old, curve).map { $0 + $1 / Double(listeners) }
      }
      let recommender = Recommender(catalogue: catalogue)
      try add(names[0], Learner(recommender, catalogue, listener: "l", seed: seed))
      try add(names[1], RandomChooser(count: sounds.songs.count))
      try add(names[2], PopularChooser(sounds.songs))
      try add(names[3], ReportChooser(catalogue, seed: seed))
      try add(names[4], EpsilonGreedy(count: sounds.songs.count))
      try add(names[5], LinearEpsilonGreedy(sounds))
    }
    return Chart(
      title: "Regret of \(listeners) simulated listeners, mean", across: "songs heard",
      up: "likes missed", curves: names.map { ($0, sums[$0] ?? []) })
  }

  /// 200 listeners of whom the last 40 are new: with what the 160 taught, and without.
  static func coldStart(_ catalogue: Catalogue) throws -> Chart {
    let (known, new, heard, steps) = (160, 40, 40, 50)
    let sounds = Sounds(catalogue)
    let recommender = Recommender(catalogue: catalogue)
    for number in 0..<known {
      let seed = UInt64(number) * 7_919 + 17
      let listener = SimulatedListener(group: number % groups, sounds: sounds, seed: seed)
      var learner = Learner(recommender, catalogue, listener: "known \(number)", seed: seed)
      _ = try play(&learner, listener, sounds, steps: heard, seed: seed)
    }
    var (with, without) = (
      [Double](repeating: 0, count: steps), [Double](repeating: 0, count: steps)
    )
    for number in 0..<new {
      let seed = UInt64(number) * 104_729 + 5
      let listener = SimulatedListener(group: number % groups, sounds: sounds, seed: seed)
      for isAlone in [false, true] {
        let name = "new \(number)"
        let one = isAlone ? Recommender(catalogue: catalogue) : recommender
        var learner = Learner(one, catalogue, listener: name, seed: seed)
        let curve = try play(&learner, listener, sounds, steps: steps, seed: seed)
        if isAlone {
          without = zip(without, curve).map { $0 + $1 / Double(new) }
        } else {
          with = zip(with, curve).map { $0 + $1 / Double(new) }
          // The next one is new to a group of 160, not of more.
          try recommender.feedback.forget(name)
        }
      }
    }
    return Chart(
      title: "Regret of \(new) new listeners among 200, mean", across: "songs heard",
      up: "likes missed", curves: [("with the others", with), ("alone", without)])
  }
}
