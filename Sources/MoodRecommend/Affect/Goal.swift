public import MoodValues

/// What the music is to do with the mood.
public enum Goal: String, Sendable, CaseIterable, Codable {
  /// As ``ClassicPolicy`` maps emotions to songs.
  case classic
  /// Music like the mood.
  case match
  /// Better feelings: cheerful songs for a sad face, calm ones for an angry or a fearful one.
  case lift
  /// Rest, whatever the mood.
  case calm
  /// Drive, whatever the mood.
  case energise

  /// The goal of a name; `report`, the name that ``classic`` had before, is still known.
  public init?(name: String) { self.init(rawValue: name == "report" ? "classic" : name) }

  /// What goes with no feeling in particular: calm to medium, neither sad nor dark.
  private static let evenness = MoodPoint(valence: 0.3, arousal: -0.25)

  /// Where a song should lie for a face that shows `mood` for certain.
  ///
  /// A calming or energising song keeps a quarter of the mood's own valence, lifted by 0.25: the
  /// way to another mood starts near the present one (the iso principle of music therapy, Altshuler
  /// 1948).
  public func target(for mood: Mood) -> MoodPoint {
    let own = mood.point
    switch self {
    case .classic: return ClassicPolicy().category(for: mood).point
    case .match: return mood == .neutral ? Self.evenness : own
    case .lift:
      switch mood {
      case .angry, .fear: return MoodCategory.calm.point
      case .disgust, .sad, .neutral, .happy, .surprise: return MoodCategory.happy.point
      }
    case .calm: return MoodPoint(valence: own.valence / 4 + 0.25, arousal: -0.7)
    case .energise: return MoodPoint(valence: own.valence / 4 + 0.25, arousal: 0.8)
    }
  }
}
