import MoodValues

/// What one listener's last words on songs come to, kind by kind.
struct Likings {
  private typealias Count = (liked: Int, judged: Int)
  private var traits: [Trait: Count] = [:]
  private var traitsInMood: [Trait: Count] = [:]
  private var all: Count = (0, 0)
  private var allInMood: Count = (0, 0)
  private var artists: [String: Count] = [:]
  private var genres: [String: Count] = [:]
  private let verdicts: [String: ListenerHistory.Verdict]

  /// Counts the verdicts; those given in `mood` once more by themselves.
  ///
  /// - Complexity: O(n) for n different songs.
  init(
    _ verdicts: [String: ListenerHistory.Verdict], in mood: Mood, _ catalogue: any SongCatalogue,
    _ index: SongIndex
  ) {
    self.verdicts = verdicts
    func count(_ counts: inout Count, _ isLiked: Bool) {
      counts.judged += 1
      counts.liked += isLiked ? 1 : 0
    }
    for (id, verdict) in verdicts {
      count(&all, verdict.isLiked)
      count(&artists[verdict.artist, default: (0, 0)], verdict.isLiked)
      if let genre = verdict.genre { count(&genres[genre, default: (0, 0)], verdict.isLiked) }
      let isOfMood = verdict.mood == mood
      if isOfMood { count(&allInMood, verdict.isLiked) }
      guard let position = catalogue.position(ofID: id) else { continue }
      for (feature, value) in zip(AudioFeature.allCases, index.features(at: position)) {
        let trait = Trait(feature: feature, isHigh: value > 0)
        guard trait.holds(value) else { continue }
        count(&traits[trait, default: (0, 0)], verdict.isLiked)
        if isOfMood { count(&traitsInMood[trait, default: (0, 0)], verdict.isLiked) }
      }
    }
  }

  /// What is thought of songs with a trait, everywhere or in the mood alone.
  func liking(of trait: Trait, inMood: Bool) -> Liking {
    let own = (inMood ? traitsInMood : traits)[trait] ?? (0, 0)
    let sum = inMood ? allInMood : all
    return Liking(
      liked: own.liked, judged: own.judged, otherLiked: sum.liked - own.liked,
      otherJudged: sum.judged - own.judged)
  }

  /// What is thought of an artist's songs.
  func liking(ofArtist artist: String) -> Liking {
    let own = artists[artist] ?? (0, 0)
    return Liking(liked: own.liked, judged: own.judged)
  }

  /// What is thought of a genre's songs.
  func liking(ofGenre genre: String) -> Liking {
    let own = genres[genre] ?? (0, 0)
    return Liking(liked: own.liked, judged: own.judged)
  }

  /// The last word on a song.
  func verdict(on id: String) -> Bool? { verdicts[id]?.isLiked }
}
