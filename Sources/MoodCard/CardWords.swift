public import MoodRecommend

/// What a card says besides songs.
public enum CardWords {
  /// The mood as a word that stands alone.
  public static func word(_ mood: Mood, in language: AnswerLanguage) -> String {
    switch (mood, language) {
    case (.angry, .english): "Angry"
    case (.disgust, .english): "Disgusted"
    case (.fear, .english): "Afraid"
    case (.happy, .english): "Happy"
    case (.neutral, .english): "Neutral"
    case (.sad, .english): "Sad"
    case (.surprise, .english): "Surprised"
    case (.angry, .german): "Wütend"
    case (.disgust, .german): "Angewidert"
    case (.fear, .german): "Ängstlich"
    case (.happy, .german): "Fröhlich"
    case (.neutral, .german): "Neutral"
    case (.sad, .german): "Traurig"
    case (.surprise, .german): "Überrascht"
    }
  }

  /// From where to where a journey leads, and in how many minutes: a card's heading.
  public static func journey(
    from mood: Mood, to goal: JourneyGoal, minutes: Int, in language: AnswerLanguage
  ) -> String {
    let start = word(mood, in: language).lowercased()
    let end =
      switch (goal, language) {
      case (.calm, .english): "calm"
      case (.happy, .english): "happy"
      case (.energised, .english): "full of energy"
      case (.even, .english): "composed"
      case (.calm, .german): "ruhig"
      case (.happy, .german): "fröhlich"
      case (.energised, .german): "voller Energie"
      case (.even, .german): "ausgeglichen"
      }
    return switch language {
    case .english: "From \(start) to \(end) in \(minutes) minutes"
    case .german: "Von \(start) zu \(end) in \(minutes) Minuten"
    }
  }

  /// That there are more songs than are shown.
  static func more(_ count: Int, _ language: AnswerLanguage) -> String {
    switch language {
    case .english: "and \(count) more"
    case .german: "und \(count) weitere"
    }
  }

  /// Where the mood comes from.
  static func origin(_ origin: MoodCard.Origin, _ language: AnswerLanguage) -> String {
    switch (origin, language) {
    case (.face, .english): "a program’s guess from a face"
    case (.words, .english): "a program’s guess from words"
    case (.said, .english): "said by hand"
    case (.face, .german): "von einem Programm aus einem Gesicht geraten"
    case (.words, .german): "von einem Programm aus Worten geraten"
    case (.said, .german): "selbst gewählt"
    }
  }

  /// The drawing's title, which is read to who cannot see it.
  static func title(_ word: String, _ count: Int, _ language: AnswerLanguage) -> String {
    switch language {
    case .english: "\(word) – a mood card with \(count) song\(count == 1 ? "" : "s")"
    case .german: "\(word) – eine Stimmungskarte mit \(count) Lied\(count == 1 ? "" : "ern")"
    }
  }
}
