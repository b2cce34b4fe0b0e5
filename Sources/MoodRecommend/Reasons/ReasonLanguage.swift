import MoodValues

/// A language that reasons are written in.
public enum ReasonLanguage: String, Sendable, CaseIterable, Codable {
  /// English.
  case english = "en"
  /// German.
  case german = "de"
}

extension ReasonFact {
  /// The fact in one clause.
  public func sentence(in language: ReasonLanguage) -> String {
    switch language {
    case .english: EnglishReasons.sentence(self)
    case .german: GermanReasons.sentence(self)
    }
  }
}

/// English clauses.
enum EnglishReasons {
  static func sentence(_ fact: ReasonFact) -> String {
    switch fact {
    case .mood(let answer): return mood(answer)
    case .popular(let popularity):
      return "\(popularity < 50 ? "less known" : "popular") (\(popularity) of 100)"
    case .taste(let trait, let isLiked, let mood, let liking):
      let place = mood.map { " when you are \(adjective($0))" } ?? ""
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
    var words = answer.category.map { [word($0)] } ?? []
    words += answer.traits.map(word).filter { !words.contains($0) }
    let sound = joined(words, "and")
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

  static func phrase(_ answer: MoodAnswer) -> String {
    if let second = answer.second {
      return "a mood between \(adjective(answer.mood)) and \(adjective(second))"
    }
    return phrase(answer.mood)
  }

  static func phrase(_ mood: Mood) -> String {
    "\(mood == .angry ? "an" : "a") \(adjective(mood)) mood"
  }

  static func word(_ category: MoodCategory) -> String { category.rawValue.lowercased() }

  static func word(_ trait: Trait) -> String {
    let words = trait.feature.words
    return trait.isHigh ? words.high : words.low
  }

  static func adjective(_ mood: Mood) -> String {
    switch mood {
    case .disgust: "disgusted"
    case .fear: "fearful"
    case .surprise: "surprised"
    case .angry, .happy, .neutral, .sad: mood.rawValue
    }
  }

  static func joined(_ words: [String], _ and: String) -> String {
    words.count > 1
      ? words.dropLast().joined(separator: ", ") + " \(and) " + (words.last ?? "")
      : words.first ?? ""
  }
}
