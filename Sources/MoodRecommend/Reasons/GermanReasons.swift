import MoodValues

/// German clauses.
enum GermanReasons {
  static func sentence(_ fact: ReasonFact) -> String {
    switch fact {
    case .mood(let answer): return mood(answer)
    case .popular(let popularity):
      return "\(popularity < 50 ? "weniger bekannt" : "beliebt") (\(popularity) von 100)"
    case .taste(let trait, let isLiked, let mood, let liking):
      let place = mood.map { ", wenn du \($0.adjective(in: .german)) bist" } ?? ""
      let count = isLiked ? liking.liked : liking.judged - liking.liked
      let songs = songs(trait)
      return isLiked
        ? "du magst \(songs)\(place) (\(count) von \(liking.judged) gefielen dir)"
        : "du meidest \(songs)\(place) (\(count) von \(liking.judged) gefielen dir nicht)"
    case .song(let isLiked):
      return isLiked ? "gefiel dir schon einmal" : "gefiel dir schon einmal nicht"
    case .artist(let isLiked, let liking): return kind("diese Künstler", isLiked, liking)
    case .genre(let genre, let isLiked, let liking): return kind(genre, isLiked, liking)
    case .others(let liked, let count): return "gefiel \(liked) von \(count) anderen"
    case .neighbours(let liked, let song):
      return liked == 1
        ? "gefiel auch jemandem, dem „\(song)“ gefiel"
        : "gefiel auch \(liked) anderen, denen „\(song)“ gefiel"
    case .exploration: return "etwas Neues"
    case .rest: return "kleinere Dinge zusammen"
    case .classic(let category, let mood):
      return "ein beliebtes \(category.word(in: .german))es Lied, die klassische Antwort auf "
        + phrase(mood)
    }
  }

  private static func kind(_ name: String, _ isLiked: Bool, _ liking: Liking) -> String {
    isLiked
      ? "du magst \(name) (\(liking.liked) von \(liking.judged) Liedern gefielen dir)"
      : "du meidest \(name) (\(liking.judged - liking.liked) von \(liking.judged) Liedern gefielen "
        + "dir nicht)"
  }

  private static func mood(_ answer: MoodAnswer) -> String {
    var words = answer.category.map { [$0.word(in: .german)] } ?? []
    words += answer.traits.map(word).filter { !words.contains($0) }
    let sung = answer.cheerfulWords.map { " mit \($0 ? "heiteren" : "traurigen") Worten" } ?? ""
    let mood = phrase(answer)
    guard answer.fits else { return "was von allem, das übrig ist, \(mood) am nächsten kommt" }
    let sound = ReasonWords.joined(words, "und")
    let purpose =
      switch answer.effect {
      case .match: "für"
      case .lift: "gegen"
      case .calm: "beruhigend für"
      case .enliven: "belebend für"
      }
    return words.isEmpty ? "passend für \(mood)\(sung)" : "\(sound)\(sung), \(purpose) \(mood)"
  }

  private static func phrase(_ answer: MoodAnswer) -> String {
    guard let second = answer.second else { return phrase(answer.mood) }
    return "eine Stimmung zwischen \(answer.mood.adjective(in: .german)) und "
      + second.adjective(in: .german)
  }

  /// A mood as an object; the accusative's form.
  static func phrase(_ mood: Mood) -> String { "eine \(mood.adjective(in: .german))e Stimmung" }

  /// The same as a dative.
  static func dative(_ mood: Mood) -> String { "einer \(mood.adjective(in: .german))en Stimmung" }

  private static func word(_ trait: Trait) -> String {
    let words: (high: String, low: String) =
      switch trait.feature {
      case .valence: ("hell", "dunkel")
      case .energy: ("kraftvoll", "still")
      case .danceability: ("tanzbar", "nicht zum Tanzen")
      case .acousticness: ("akustisch", "elektrisch")
      case .instrumentalness: ("ohne Gesang", "gesungen")
      case .loudness: ("laut", "leise")
      case .tempo: ("schnell", "langsam")
      }
    return trait.isHigh ? words.high : words.low
  }

  /// Songs with a trait, as an object.
  private static func songs(_ trait: Trait) -> String {
    switch (trait.feature, trait.isHigh) {
    case (.valence, false): "dunkle Lieder"
    case (.danceability, false): "Lieder, die nicht zum Tanzen sind"
    case (.instrumentalness, true): "Lieder ohne Gesang"
    case (.instrumentalness, false): "Lieder mit Gesang"
    case (.loudness, false): "leise Lieder"
    default: "\(word(trait))e Lieder"
    }
  }
}
