import Benchmark
import Foundation
import MoodRecommend

/// A made-up list of songs, as a CSV file would have it, about 150 bytes a song.
func madeUpList(_ count: Int) -> [UInt8] {
  var random = SplitMix64(seed: 1)
  func unit() -> Float { Float(random.next() >> 40) * 0x1p-24 }
  var text = Array(
    "name,album,artist,id,mood,popularity,valence,energy,tempo,danceability,acousticness,loudness,genre\n"
      .utf8)
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
  for number in 0..<count {
    let id = String((0..<22).map { _ in letters[Int(random.next() % 62)] })
    let mood = MoodCategory.allCases[number % 4].rawValue
    text.append(
      contentsOf:
        "Song number \(number),Album \(number / 9),Artist \(number % 50_021),\(id),\(mood),\(random.next() % 101),\(unit()),\(unit()),\(60 + 120 * unit()),\(unit()),\(unit()),\(-30 * unit()),genre \(number % 97)\n"
        .utf8)
  }
  return text
}

/// The process's resident memory in bytes, from Linux's /proc.
func residentBytes() -> Int {
  let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
  return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
}

/// Reading and ranking songs.
let benchmarks: @Sendable () -> Void = {
  let mood = MoodDistribution(probabilities: [0.1, 0.05, 0.05, 0.3, 0.2, 0.25, 0.05])
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock], warmupIterations: 2, maxDuration: .seconds(3))

  let report = (try? Catalogue(csv: madeUpList(686))).map { Recommender(catalogue: $0) }
  Benchmark("rank 686 songs", configuration: configuration) { _ in
    blackHole(try report?.recommend(for: mood, options: .init(policy: .content, seed: 1)))
  }

  Benchmark(
    "read 1,000,000 songs",
    configuration: .init(
      metrics: [.wallClock, .peakMemoryResident], warmupIterations: 0, maxDuration: .seconds(30),
      maxIterations: 2)
  ) { benchmark in
    let list = madeUpList(1_000_000)
    benchmark.startMeasurement()
    blackHole(try Catalogue(csv: list))
    benchmark.stopMeasurement()
  }

  Benchmark("rank 1,000,000 songs", configuration: configuration) { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(
        try million.recommender.recommend(for: mood, options: .init(policy: .content, seed: 1)))
    }
  }
  Benchmark("rank 1,000,000 songs for a listener", configuration: configuration) { benchmark in
    blackHole(
      try million.recommender.recommend(
        for: mood, options: .init(policy: .personal, seed: 1, listener: "l", now: 1)))
  }
}

/// A million songs, read once; says what they take.
let million: (recommender: Recommender, bytes: Int) = {
  let before = residentBytes()
  guard let catalogue = try? Catalogue(csv: madeUpList(1_000_000)) else {
    preconditionFailure("the made-up list is sound")
  }
  let recommender = Recommender(catalogue: catalogue)
  for number in 0..<200 {
    let song = catalogue.songs[number * 4_999].id
    try? recommender.learn(
      Feedback(
        listener: "l", kind: number % 3 == 0 ? .dislike : .like, song: song, mood: .uniform, time: 0
      ))
  }
  let bytes = residentBytes() - before
  print("1,000,000 songs take \(bytes / 1_000_000) bytes a song, texts and index")
  return (recommender, bytes)
}()
