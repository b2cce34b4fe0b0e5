public import MoodValues

/// What the music is to do with the mood.
public enum Goal: String, Sendable, CaseIterable, Codable {
  /// As the report maps emotions to songs, see ``ReportPolicy``.
  case report
  /// Music like the mood.
  case match
  /// Better feelings: cheerful songs for a sad face, calm ones for an angry or a fearful one.
  case lift
  /// Rest, whatever the mood.
  case calm
  /// Drive, whatever the mood.
  case energise

  /// Where a song should lie for a face that shows `mood` for certain.
  ///
  /// A calming or energising song keeps a quarter of the mood's own valence, lifted by 0.25: the
  /// way to another mood starts near the present one (the iso principle of music therapy, Altshuler
  /// 1948).
  public func target(for mood: Mood) -> MoodPoint {
    let own = mood.place
    switch self {
    case .report: return ReportPolicy().category(for: mood).place
    case .match: return own
    case .lift:
      switch mood {
      case .angry, .fear: return MoodCategory.calm.place
      case .disgust, .sad, .neutral, .happy, .surprise: return MoodCategory.happy.place
      }
    case .calm: return MoodPoint(valence: own.valence / 4 + 0.25, arousal: -0.7)
    case .energise: return MoodPoint(valence: own.valence / 4 + 0.25, arousal: 0.8)
    }
  }
}
