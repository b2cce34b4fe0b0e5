public import MoodValues

extension ReasonFact {
  /// The fact in one clause, without a capital at its start or a full stop.
  public func sentence(in language: AnswerLanguage) -> String {
    switch language {
    case .english: EnglishReasons.sentence(self)
    case .german: GermanReasons.sentence(self)
    }
  }
}

enum ReasonWords {
  /// Words with commas, and `and` before the last.
  static func joined(_ words: [String], _ and: String) -> String {
    words.count > 1
      ? words.dropLast().joined(separator: ", ") + " \(and) " + (words.last ?? "")
      : words.first ?? ""
  }
}

extension MoodCategory {
  /// The category as an adjective, such as "calm" or „ruhig“.
  public func word(in language: AnswerLanguage) -> String {
    switch (language, self) {
    case (.english, _): rawValue.lowercased()
    case (.german, .happy): "fröhlich"
    case (.german, .calm): "ruhig"
    case (.german, .energetic): "kraftvoll"
    case (.german, .sad): "traurig"
    }
  }
}

extension Goal {
  /// The goal as a choice: what the music should do.
  public func name(in language: AnswerLanguage) -> String {
    switch (language, self) {
    case (.english, .classic): "answer the mood as the classic map does"
    case (.english, .match): "be like the mood"
    case (.english, .lift): "lift the mood"
    case (.english, .calm): "calm"
    case (.english, .energise): "energise"
    case (.german, .classic): "der Stimmung klassisch antworten"
    case (.german, .match): "wie die Stimmung sein"
    case (.german, .lift): "die Stimmung heben"
    case (.german, .calm): "beruhigen"
    case (.german, .energise): "Schwung geben"
    }
  }
}

extension JourneyGoal {
  /// How one is to feel at the end, as an adjective.
  public func name(in language: AnswerLanguage) -> String {
    switch (language, self) {
    case (.english, .calm): "calm"
    case (.english, .happy): "happy"
    case (.english, .energised): "energised"
    case (.english, .even): "even-tempered"
    case (.german, .calm): "ruhig"
    case (.german, .happy): "fröhlich"
    case (.german, .energised): "voller Schwung"
    case (.german, .even): "ausgeglichen"
    }
  }
}

extension JourneyStrategy {
  /// The strategy as a choice.
  public func name(in language: AnswerLanguage) -> String {
    switch (language, self) {
    case (.english, .straight): "evenly"
    case (.english, .gradual): "slowly at first"
    case (.german, .straight): "gleichmäßig"
    case (.german, .gradual): "anfangs langsam"
    }
  }
}
