import MoodValues

/// German clauses.
enum GermanReasons {
  static func sentence(_ fact: ReasonFact) -> String {
    switch fact {
    case .mood(let answer): return mood(answer)
    case .popular(let popularity):
      return "\(popularity < 50 ? "weniger bekannt" : "beliebt") (\(popularity) von 100)"
    case .taste(let trait, let isLiked, let mood, let liking):
      let place = mood.map { ", wenn du \(adjective($0)) bist" } ?? ""
      let count = isLiked ? liking.liked : liking.judged - liking.liked
      return isLiked
        ? "du magst \(noun(trait))\(place) (\(count) von \(liking.judged) gemocht)"
        : "du meidest \(noun(trait))\(place) (\(count) von \(liking.judged) nicht gemocht)"
    case .song(let isLiked): return isLiked ? "schon einmal gemocht" : "schon einmal abgelehnt"
    case .artist(let isLiked, let liking):
      return isLiked
        ? "du magst diese Musiker (\(liking.liked) von \(liking.judged) Liedern gemocht)"
        : "du meidest diese Musiker (\(liking.judged - liking.liked) von \(liking.judged) abgelehnt)"
    case .genre(let genre, let isLiked, let liking):
      return isLiked
        ? "du magst \(genre) (\(liking.liked) von \(liking.judged) Liedern gemocht)"
        : "du meidest \(genre) (\(liking.judged - liking.liked) von \(liking.judged) abgelehnt)"
    case .others(let liked, let count): return "\(liked) von \(count) anderen mögen es"
    case .neighbours(let liked, let song):
      return "\(liked) andere, die \(song) mögen, mögen es auch"
    case .exploration: return "etwas Neues"
    case .rest: return "kleinere Dinge zusammen"
    case .classic(let category, let mood):
      return "ein beliebtes Lied (\(word(category))), die klassische Antwort auf \(adjective(mood))"
    }
  }

  private static func mood(_ answer: MoodAnswer) -> String {
    var words = answer.category.map { [word($0)] } ?? []
    words += answer.traits.map(word).filter { !words.contains($0) }
    let sung = answer.cheerfulWords.map { " mit \($0 ? "heiteren" : "traurigen") Worten" } ?? ""
    let mood =
      answer.second.map {
        "eine Stimmung zwischen \(adjective(answer.mood)) und \(adjective($0))"
      } ?? phrase(answer.mood)
    guard answer.fits else { return "das Nächste für \(mood), das übrig ist" }
    let sound = EnglishReasons.joined(words, "und")
    let purpose =
      switch answer.effect {
      case .match: "für"
      case .lift: "gegen"
      case .calm: "beruhigend für"
      case .enliven: "belebend für"
      }
    return words.isEmpty ? "passt für \(mood)\(sung)" : "\(sound)\(sung), \(purpose) \(mood)"
  }

  static func phrase(_ mood: Mood) -> String { "die Stimmung „\(adjective(mood))“" }

  private static func word(_ category: MoodCategory) -> String {
    switch category {
    case .happy: "fröhlich"
    case .calm: "ruhig"
    case .energetic: "kraftvoll"
    case .sad: "traurig"
    }
  }

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

  private static func noun(_ trait: Trait) -> String { "Lieder, die \(word(trait)) sind" }

  private static func adjective(_ mood: Mood) -> String {
    switch mood {
    case .angry: "wütend"
    case .disgust: "angewidert"
    case .fear: "ängstlich"
    case .happy: "fröhlich"
    case .neutral: "neutral"
    case .sad: "traurig"
    case .surprise: "überrascht"
    }
  }
}
