import MoodRecommend

/// The colours of a card: one light for each mood.
struct CardLight: Equatable {
  /// The sky from above to below, the sun, and the ink on the sky.
  let sky: [Colour]
  let sun, ink: Colour
  /// The waves from the back to the front, the words on the front one, and the quieter words.
  let waves: [Colour]
  let words, quiet: Colour

  /// The light of a mood; the hues of the sky, of the ink and the waves, and how strong they are.
  init(_ mood: Mood) {
    let (sky, ink, strength): (Double, Double, Double) =
      switch mood {
      case .happy: (80, 47, 1)
      case .surprise: (345, 350, 0.85)
      case .neutral: (245, 245, 0.3)
      case .sad: (256, 258, 0.85)
      case .fear: (300, 298, 0.85)
      case .disgust: (128, 138, 0.9)
      case .angry: (25, 25, 1)
      }
    func colour(_ lightness: Double, _ chroma: Double, _ hue: Double) -> Colour {
      Colour(lightness: lightness, chroma: chroma * strength, hue: hue)
    }
    self.sky = [colour(0.95, 0.055, sky), colour(0.89, 0.1, sky), colour(0.82, 0.13, ink)]
    sun = colour(0.985, 0.03, sky)
    self.ink = colour(0.36, 0.1, ink)
    waves = [colour(0.72, 0.15, ink), colour(0.6, 0.16, ink - 8), colour(0.33, 0.1, ink - 20)]
    words = colour(0.96, 0.025, sky)
    quiet = colour(0.84, 0.05, sky)
  }
}
