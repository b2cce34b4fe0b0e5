public import MoodValues

/// Where a journey leads.
public enum JourneyGoal: String, Sendable, CaseIterable, Codable {
  /// Rest.
  case calm
  /// Cheer.
  case happy
  /// Drive.
  case energised
  /// Composure: neither high nor low.
  case even

  /// The goal of a name; `energized` and `lively` are known too.
  public init?(name: String) {
    switch name.lowercased() {
    case "energized", "lively": self = .energised
    default: self.init(rawValue: name.lowercased())
    }
  }

  /// Where its songs lie.
  public var place: JourneyPlace {
    switch self {
    case .calm: JourneyPlace(valence: 0.2, arousal: -0.6, tempo: 80)
    case .happy: JourneyPlace(valence: 0.65, arousal: 0.35, tempo: 118)
    case .energised: JourneyPlace(valence: 0.35, arousal: 0.7, tempo: 135)
    case .even: JourneyPlace(valence: 0.25, arousal: -0.1, tempo: 100)
    }
  }
}

/// A place on a journey: the plane of moods, and the beats a minute.
public struct JourneyPlace: Sendable, Equatable {
  /// How pleasant, −1...1.
  public let valence: Float
  /// How stirred, −1...1.
  public let arousal: Float
  /// Beats a minute, above 0.
  public let tempo: Float

  /// Creates a place.
  public init(valence: Float, arousal: Float, tempo: Float) {
    (self.valence, self.arousal, self.tempo) = (valence, arousal, max(1, tempo))
  }

  /// The place a part of the way to another, 0...1; tempo goes by ratios.
  package func toward(_ other: JourneyPlace, _ part: Float) -> JourneyPlace {
    JourneyPlace(
      valence: valence + part * (other.valence - valence),
      arousal: arousal + part * (other.arousal - arousal),
      tempo: JourneyPlace.tempo(beat + part * (other.beat - beat)))
  }

  /// The distance √(Δvalence² + Δarousal² + Δbeat²), where an octave of tempo counts 0.4.
  public func distance(to other: JourneyPlace) -> Float {
    let (x, y, z) = (valence - other.valence, arousal - other.arousal, beat - other.beat)
    return (x * x + y * y + z * z).squareRoot()
  }
}

extension MoodDistribution {
  /// Where music like the mood lies: the mean of the places that ``Goal/match`` has for its
  /// emotions, with a tempo that goes with it.
  public var journeyPlace: JourneyPlace {
    var (valence, arousal, tempo): (Float, Float, Float) = (0, 0, 0)
    for mood in Mood.allCases {
      let place = Goal.match.target(for: mood)
      valence += self[mood] * place.valence
      arousal += self[mood] * place.arousal
      tempo += self[mood] * mood.musicTempo
    }
    return JourneyPlace(valence: valence, arousal: arousal, tempo: tempo)
  }
}

extension Mood {
  /// The tempo of music like it, by the associations that Gabrielsson & Lindström 2010, "The role of
  /// structure in the musical expression of emotions", report: fast for joy, anger and fear, slow
  /// for sorrow. The numbers are this package's choice.
  fileprivate var musicTempo: Float {
    switch self {
    case .angry: 135
    case .disgust: 110
    case .fear: 122
    case .happy: 120
    case .neutral: 100
    case .sad: 82
    case .surprise: 126
    }
  }
}
