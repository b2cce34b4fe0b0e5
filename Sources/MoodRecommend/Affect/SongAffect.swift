import MoodValues

/// Where a song lies in the plane of valence and arousal, and how much is known about that.
struct SongAffect: Sendable, Equatable {
  /// How far a standardised feature of one moves a song.
  private static let step: Float = 0.6
  /// How much the mood that a catalogue files a song under counts beside its features.
  private static let labelWeight: Float = 0.5
  /// How much the words count beside the sound, of which valence alone counts 1.
  private static let lyricWeight: Float = 0.4

  let valence, arousal: Float
  /// How much of what could be known is known, 0 (nothing) ... 1 (label and every feature).
  let confidence: Float

  /// Weighs the song's standardised features by their loadings, then its category's place.
  ///
  /// On each axis v = Σ w·z / Σ|w| over the known features and c = Σ|w| over those divided by the
  /// sum over all; the place is (κ·k + c·0.6·v) / (κ + c) for the category's place k and κ = 0.5,
  /// or 0.25 where the category was itself worked out from the features.
  /// Known lyrics are a feature of the valence axis, w = 0.4 and z = 4·l − 2 for their valence l.
  /// `standardised` is in the order of `AudioFeature.allCases`, NaN where unknown.
  init(
    standardised: [Float], lyricValence: Float?, category: MoodCategory, isLabelled: Bool
  ) {
    let label = isLabelled ? Self.labelWeight : Self.labelWeight / 2
    func axis(
      _ loading: (AudioFeature) -> Float, _ center: Float, words: Float? = nil
    ) -> (place: Float, known: Float) {
      var known: Float = words == nil ? 0 : Self.lyricWeight
      var all = known
      var sum = known * ((words ?? 0.5) * 4 - 2)
      for feature in AudioFeature.allCases {
        let weight = loading(feature)
        all += abs(weight)
        guard standardised[feature.rawValue].isFinite else { continue }
        sum += weight * standardised[feature.rawValue]
        known += abs(weight)
      }
      let heard = known > 0 ? max(-1, min(1, Self.step * sum / known)) : 0
      let certainty = known / all
      return ((label * center + certainty * heard) / (label + certainty), certainty)
    }
    let pleasant = axis(
      { $0.loading.valence }, category.point.valence, words: lyricValence)
    let stirred = axis({ $0.loading.arousal }, category.point.arousal)
    (valence, arousal) = (pleasant.place, stirred.place)
    confidence = (label + (pleasant.known + stirred.known) / 2) / (Self.labelWeight + 1)
  }
}
