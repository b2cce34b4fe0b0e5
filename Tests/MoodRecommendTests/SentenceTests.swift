import Foundation
import MoodRecommend
import Testing

/// Every sentence against the raw events, counted anew by code that shares nothing with the library.
struct SentenceTests {
  /// 60 songs of the built-in list, of few artists, so that claims come about.
  static let catalogue: Catalogue = {
    let songs = Catalogue.standard.songs
    let header = "name,artist,mood,id,popularity,valence,energy,tempo,genre"
    let rows = stride(from: 0, to: 300, by: 5).map { number in
      let song = songs[number]
      let cells = ["\(song.valence ?? 0)", "\(song.energy ?? 0)", "\(song.tempo ?? 0)"]
      return "s\(number),a\(number % 7),\(song.mood.rawValue),,\(song.popularity),"
        + cells.joined(separator: ",") + ",g\(number % 4)"
    }
    do { return try Catalogue(csv: ([header] + rows).joined(separator: "\n")) } catch {
      preconditionFailure("\(error)")
    }
  }()

  struct Event {
    let listener: Int
    let kind: Feedback.Kind
    let song: Song
    let mood: Mood
    var verdict: Bool? {
      switch kind {
      case .like, .rating(4), .rating(5): true
      case .dislike, .rating(1), .rating(2): false
      default: nil
      }
    }
  }

  /// z = (value − mean) / deviation over the catalogue, −3...3.
  static let standardised: [String: [String: Double]] = {
    var result: [String: [String: Double]] = [:]
    let columns: [(String, (Song) -> Float?)] = [
      ("valence", \.valence), ("energy", \.energy), ("tempo", \.tempo),
    ]
    for (name, value) in columns {
      let values = catalogue.songs.map { Double(value($0) ?? 0) }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
      for (song, value) in zip(catalogue.songs, values) {
        result[song.id, default: [:]][name] = max(
          -3, min(3, (value - mean) / variance.squareRoot()))
      }
    }
    return result
  }()

  static let words: [String: (feature: String, sign: Double)] = [
    "bright": ("valence", 1), "dark": ("valence", -1), "energetic": ("energy", 1),
    "quiet": ("energy", -1), "fast": ("tempo", 1), "slow": ("tempo", -1),
  ]

  static func has(_ word: String, _ song: Song) -> Bool {
    guard let (feature, sign) = words[word], let z = standardised[song.id]?[feature] else {
      return false
    }
    return z * sign > 0.25
  }

  /// Φ by Simpson's rule.
  static func normal(_ z: Double) -> Double {
    let (steps, low) = (400, -8.0)
    guard z > low else { return 0 }
    let h = (min(z, 8) - low) / Double(steps)
    func f(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }
    let sum = (0...steps).reduce(0.0) { sum, i in
      sum + f(low + Double(i) * h) * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2)
    }
    return sum * h / 3
  }

  static func beta(_ liked: Int, _ judged: Int) -> (mean: Double, variance: Double) {
    let (a, b) = (Double(liked) + 1, Double(judged - liked) + 1)
    return (a / (a + b), a * b / (pow(a + b, 2) * (a + b + 1)))
  }

  /// Whether "you like" (or "you avoid") holds of the songs that `isMeant` says.
  static func holds(
    _ isLiked: Bool, _ verdicts: [(song: Song, isLiked: Bool)], contrasted: Bool,
    _ isMeant: (Song) -> Bool
  ) -> Bool {
    let own = verdicts.filter { isMeant($0.song) }
    let others = verdicts.filter { !isMeant($0.song) }
    let right = own.count { $0.isLiked == isLiked }
    guard right >= 3 else { return false }
    let share = beta(right, own.count)
    guard normal((share.mean - 0.5) / share.variance.squareRoot()) >= 0.95 - 1e-6 else {
      return false
    }
    guard contrasted else { return true }
    let other = beta(others.count { $0.isLiked == isLiked }, others.count)
    let z = (share.mean - other.mean) / (share.variance + other.variance).squareRoot()
    return normal(z) >= 0.95 - 1e-6
  }

  /// What is wrong with a sentence; nil if nothing is.
  static func fault(
    _ sentence: String, _ song: Song, _ mood: MoodDistribution, _ events: [Event], listener: Int
  ) -> String? {
    let own = events.filter { $0.listener == listener }
    var last: [String: Event] = [:]
    for event in own where event.verdict != nil { last[event.song.id] = event }
    let verdicts = last.values.map { (song: $0.song, isLiked: $0.verdict == true) }
    /// Each other listener's mean reward per song, 0.75 and more being liking.
    func likers(_ id: String) -> (liked: Set<Int>, known: Set<Int>) {
      var sums: [Int: (Double, Double)] = [:]
      for event in events where event.listener != listener && event.song.id == id {
        let reward: Double =
          switch event.kind {
          case .like: 1
          case .play: 0.7
          case .skip: 0.45
          case .dislike: 0
          case .rating(let stars): Double(stars - 1) / 4
          case .notMyMood: .nan
          }
        let old = sums[event.listener] ?? (0, 0)
        sums[event.listener] = (old.0 + reward, old.1 + 1)
      }
      // Opinions are kept in twentieths.
      let liked = sums.filter { ($0.value.0 / $0.value.1 - 0.5) * 20 >= 4.5 - 1e-9 }
      return (Set(liked.keys), Set(sums.keys))
    }
    if let match = sentence.wholeMatch(of: /(popular|less known) \((\d+) of 100\)/) {
      let isRight =
        Int(match.2) == song.popularity && (match.1 == "popular") == (song.popularity >= 50)
      return isRight ? nil : "popularity"
    }
    if sentence == "something new" { return last[song.id] == nil ? nil : "not new" }
    if sentence == "smaller things together" { return nil }
    if let match = sentence.wholeMatch(of: /marked as (liked|disliked) before/) {
      return last[song.id]?.verdict == (match.1 == "liked") ? nil : "verdict"
    }
    let taste =
      /you (like|avoid) (\w+) songs(?: when you are (\w+))? \((\d+) of (\d+) (?:dis)?liked\)/
    if let match = sentence.wholeMatch(of: taste) {
      var counted = verdicts
      if let when = match.3 {
        let names = ["disgusted": "disgust", "fearful": "fear", "surprised": "surprise"]
        guard names[String(when)] ?? String(when) == mood.mood.rawValue else { return "mood" }
        counted = last.values.filter { $0.mood == mood.mood }
          .map { (song: $0.song, isLiked: $0.verdict == true) }
      }
      let isLiked = match.1 == "like"
      let word = String(match.2)
      guard has(word, song) else { return "the song is not \(word)" }
      let of = counted.filter { has(word, $0.song) }
      guard of.count == Int(match.5), of.count(where: { $0.isLiked == isLiked }) == Int(match.4)
      else { return "counts" }
      return holds(isLiked, counted, contrasted: true) { has(word, $0) } ? nil : "not sure"
    }
    let kindOf = /you (like|avoid) (this artist|g\d) \((\d+) of (\d+) songs (?:dis)?liked\)/
    if let match = sentence.wholeMatch(of: kindOf) {
      let isArtist = match.2 == "this artist"
      if !isArtist, song.genre != String(match.2) { return "genre" }
      func isMeant(_ other: Song) -> Bool {
        isArtist ? other.artist == song.artist : other.genre == song.genre
      }
      let of = verdicts.filter { isMeant($0.song) }
      let isLiked = match.1 == "like"
      guard of.count == Int(match.4), of.count(where: { $0.isLiked == isLiked }) == Int(match.3)
      else { return "counts" }
      return holds(isLiked, verdicts, contrasted: false, isMeant) ? nil : "not sure"
    }
    if let match = sentence.wholeMatch(of: /(\d+) of (\d+) other listeners? liked it/) {
      let (liked, known) = likers(song.id)
      return liked.count == Int(match.1) && known.count == Int(match.2) ? nil : "others"
    }
    let neighbours = /(\d+) other listeners? who liked (\w+) liked it too/
    if let match = sentence.wholeMatch(of: neighbours) {
      guard let through = catalogue.songs.first(where: { $0.name == String(match.2) }) else {
        return "no such song"
      }
      let both = likers(song.id).liked.intersection(likers(through.id).liked)
      return both.count == Int(match.1) ? nil : "\(both.count) neighbours"
    }
    guard
      let match = sentence.wholeMatch(
        of:
          /(?:(.+), (?:for|to lift|to calm|to enliven) |the nearest to |fits )(a.+ mood|a mood between \w+ and \w+)(?: that is left)?/
      )
    else { return "unknown" }
    let adjectives: [Mood: String] = [
      .disgust: "disgusted", .fear: "fearful", .surprise: "surprised",
    ]
    for (mood, share) in mood.sorted.prefix(1) where share > 0 {
      guard match.2.contains(adjectives[mood] ?? mood.rawValue) else { return "mood" }
    }
    for word in (match.1 ?? "").replacing(" and ", with: ", ").split(separator: ", ") {
      let word = String(word)
      let isCategory = ["happy", "calm", "sad", "energetic"].contains(word)
      guard isCategory || has(word, song) else { return "the song is not \(word)" }
    }
    return nil
  }

  /// The numbers in a sentence, without those of songs' and genres' made-up names.
  static func numbers(_ sentence: String) -> [Substring] {
    sentence.matches(of: /\b\d+\b/).map(\.output).filter { $0 != "1" }
  }

  /// How many listeners' histories are drawn; MOOD_HISTORIES asks for more.
  static let histories =
    ProcessInfo.processInfo.environment["MOOD_HISTORIES"].flatMap { Int($0) } ?? 1_000

  @Test func saysNothingFalseInDrawnHistories() throws {
    let songs = Array(Self.catalogue.songs)
    var random = SplitMix64(seed: 2_026)
    func draw(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
    var (sentences, claims) = (0, 0)
    // Ten listeners share a store.
    for _ in 0..<Self.histories / 10 {
      let recommender = Recommender(catalogue: Self.catalogue)
      var events: [Event] = []
      for listener in 0..<10 {
        // Some go by the tempo, some by the artist, some by nothing.
        let (style, fond) = (draw(3), draw(7))
        for step in 0..<draw(listener == 0 ? 40 : 9) {
          let song = songs[draw(songs.count)]
          let likes =
            style == 0
            ? Self.has("fast", song) : style == 1 ? song.artist == "a\(fond)" : draw(2) == 0
          let kinds: [Feedback.Kind] = [
            likes ? .like : .dislike, likes ? .rating(5) : .rating(2), .skip, .play, .rating(3),
            likes ? .like : .dislike,
          ]
          let event = Event(
            listener: listener, kind: kinds[draw(kinds.count)], song: song,
            mood: Mood.allCases[draw(3) == 0 ? draw(7) : 3])
          events.append(event)
          try recommender.learn(
            Feedback(
              listener: "\(listener)", kind: event.kind, song: song.id,
              mood: MoodDistribution(certain: event.mood), time: Double(step)))
        }
      }
      for listener in 0..<10 {
        let mood = MoodDistribution(certain: Mood.allCases[draw(3) == 0 ? draw(7) : 3])
        let options = RecommendationOptions(
          goal: Goal.allCases[draw(5)], seed: random.next(), listener: "\(listener)", now: 1e6)
        for ranked in try recommender.recommend(for: mood, options: options).songs {
          for reason in ranked.reasons {
            sentences += 1
            if reason.sentence.hasPrefix("you") { claims += 1 }
            let fault = Self.fault(
              reason.sentence, ranked.song, mood, events, listener: listener)
            #expect(fault == nil, "\(reason.sentence): \(fault ?? "")")
            // German says the same numbers.
            let german = reason.sentence(in: .german)
            #expect(Self.numbers(german) == Self.numbers(reason.sentence), "\(german)")
          }
        }
      }
    }
    #expect(
      sentences > 10 * Self.histories && claims > Self.histories / 35,
      "\(sentences) sentences, \(claims) claims")
    print("\(sentences) sentences, \(claims) claims of a liking")
  }
}
