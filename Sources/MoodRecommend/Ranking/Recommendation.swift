public import MoodValues

/// Songs for a mood, best first, with the mood as it was understood.
public struct Recommendation: Sendable, Equatable {
  /// The distribution that was answered: the face's, corrected as the listener taught.
  public let mood: MoodDistribution
  /// Where it lies in the plane of valence and arousal.
  public let point: MoodPoint
  /// How songs were scored.
  public let policy: Policy
  /// The songs, best first.
  public let songs: [RankedSong]
  /// What had to be relaxed, if anything.
  public let notes: [RecommendationNote]
}

/// A song of a ``Recommendation``.
public struct RankedSong: Sendable, Equatable {
  /// The song.
  public let song: Song
  /// What it was ranked by: the sum of the reasons' contributions and a constant.
  public let score: Float
  /// How near its place is to what the mood asks for, 0...1: the mixture of kernels that the score's
  /// mood part rests on, 1 at the target of a certain mood. The classic policy has 0.
  public let nearness: Float
  /// Whether it is there to learn from: at most one song in five is.
  public let isExploration: Bool
  /// Why it was chosen, the weightiest reason first.
  public let reasons: [Reason]

  /// The reasons that spoke for it in one English sentence, three at most.
  public var explanation: String { explanation(in: .english) }

  /// The reasons that spoke for it in one sentence, three at most, then whether it is something new.
  public func explanation(in language: AnswerLanguage) -> String {
    let told = reasons.filter { $0.contribution > 0 && $0.kind != .rest && $0.kind != .exploration }
    let new = reasons.first { $0.kind == .exploration }
    return (told.prefix(3) + [new].compactMap(\.self))
      .map { $0.sentence(in: language) }.joined(separator: "; ")
  }
}

/// What a list could not keep to.
public enum RecommendationNote: Sendable, Equatable {
  /// Of the songs that pass the filter so many fit the mood, too few; the others are the nearest.
  case fewFit(Int, of: Int, mood: Mood)
  /// Fewer songs pass than were asked for.
  case fewSongs(Int, wanted: Int)
  /// An artist comes more than once, since too few others pass.
  case artistsRepeat

  /// A stable name for programs.
  public var name: String {
    switch self {
    case .fewFit: "few_fit"
    case .fewSongs: "few_songs"
    case .artistsRepeat: "artists_repeat"
    }
  }

  /// The note in one sentence.
  public func sentence(in language: AnswerLanguage = .english) -> String {
    switch (self, language) {
    case (.fewFit(0, _, let mood), .english):
      "Nothing that you allow fits \(EnglishReasons.phrase(mood)); these songs come nearest."
    case (.fewFit(let fit, let count, let mood), .english):
      "Only \(fit) of these \(count) songs \(fit == 1 ? "fits" : "fit") \(EnglishReasons.phrase(mood)); the others come "
        + "nearest of what you allow."
    case (.fewSongs(let count, let wanted), .english):
      "You allow only \(count) song\(count == 1 ? "" : "s"), not \(wanted)."
    case (.artistsRepeat, .english): "An artist comes more than once, as there are few others."
    case (.fewFit(0, _, let mood), .german):
      "Nichts, was du zulässt, passt zu \(GermanReasons.dative(mood)); diese Lieder kommen am nächsten."
    case (.fewFit(let fit, let count, let mood), .german):
      "Nur \(fit) dieser \(count) Lieder \(fit == 1 ? "passt" : "passen") zu "
        + "\(GermanReasons.dative(mood)); die anderen kommen unter denen, die du zulässt, am nächsten."
    case (.fewSongs(let count, let wanted), .german):
      "Du lässt nur \(count) \(count == 1 ? "Lied" : "Lieder") zu, nicht \(wanted)."
    case (.artistsRepeat, .german):
      "Manche Künstler kommen mehr als einmal vor, weil es wenige andere gibt."
    }
  }
}
