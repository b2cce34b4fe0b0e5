import MoodValues

/// English clauses.
enum EnglishReasons {
  static func sentence(_ fact: ReasonFact) -> String {
    switch fact {
    case .mood(let answer): return mood(answer)
    case .popular(let popularity):
      return "\(popularity < 50 ? "less known" : "popular") (\(popularity) of 100)"
    case .taste(let trait, let isLiked, let mood, let liking):
      let place = mood.map { " when you are \($0.adjective(in: .english))" } ?? ""
      let count = isLiked ? liking.liked : liking.judged - liking.liked
      return isLiked
        ? "you like \(word(trait)) songs\(place) (\(count) of \(liking.judged) liked)"
        : "you avoid \(word(trait)) songs\(place) (\(count) of \(liking.judged) disliked)"
    case .song(let isLiked):
      return isLiked ? "marked as liked before" : "marked as disliked before"
    case .artist(let isLiked, let liking):
      return isLiked
        ? "you like this artist (\(liking.liked) of \(liking.judged) songs liked)"
        : "you avoid this artist (\(liking.judged - liking.liked) of \(liking.judged) songs disliked)"
    case .genre(let genre, let isLiked, let liking):
      return isLiked
        ? "you like \(genre) (\(liking.liked) of \(liking.judged) songs liked)"
        : "you avoid \(genre) (\(liking.judged - liking.liked) of \(liking.judged) songs disliked)"
    case .others(let liked, let count):
      return "\(liked) of \(count) other listener\(count == 1 ? "" : "s") liked it"
    case .neighbours(let liked, let song):
      return "\(liked) other listener\(liked == 1 ? "" : "s") who liked \(song) liked it too"
    case .exploration: return "something new"
    case .rest: return "smaller things together"
    case .classic(let category, let mood):
      return "a popular \(category.rawValue) song, the classic answer to \(mood.rawValue)"
    }
  }

  private static func mood(_ answer: MoodAnswer) -> String {
    var words = answer.category.map { [$0.rawValue.lowercased()] } ?? []
    words += answer.traits.map(word).filter { !words.contains($0) }
    let sound = ReasonWords.joined(words, "and")
    let sung = answer.cheerfulWords.map { " with \($0 ? "cheerful" : "sorrowful") words" } ?? ""
    let mood = phrase(answer)
    guard answer.fits else { return "the nearest to \(mood) that is left" }
    let purpose =
      switch answer.effect {
      case .match: "for"
      case .lift: "to lift"
      case .calm: "to calm"
      case .enliven: "to enliven"
      }
    return words.isEmpty ? "fits \(mood)\(sung)" : "\(sound)\(sung), \(purpose) \(mood)"
  }

  private static func phrase(_ answer: MoodAnswer) -> String {
    guard let second = answer.second else { return phrase(answer.mood) }
    return "a mood between \(answer.mood.adjective(in: .english)) and "
      + second.adjective(in: .english)
  }

  static func phrase(_ mood: Mood) -> String {
    "\(mood == .angry ? "an" : "a") \(mood.adjective(in: .english)) mood"
  }

  private static func word(_ trait: Trait) -> String {
    let words = trait.feature.words
    return trait.isHigh ? words.high : words.low
  }
}
