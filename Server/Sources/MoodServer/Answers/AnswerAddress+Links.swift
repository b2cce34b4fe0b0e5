import MoodRecommend

/// The addresses that an answer's links lead to. All but ``without(place:)`` leave the songs to be
/// chosen anew; what was shown does not come again where that says so.
extension AnswerAddress {
  /// The same mood, with songs that are to be chosen yet.
  private func asking(_ change: (inout AnswerAddress) -> Void) -> AnswerAddress {
    var other = self
    (other.songs, other.seed, other.skips) = ([], nil, [])
    change(&other)
    return other
  }

  /// Another goal; it ends a journey.
  func with(goal: Goal) -> AnswerAddress {
    asking { ($0.goal, $0.journey) = (goal, nil) }
  }

  /// A journey to a goal.
  func with(journey: JourneyGoal, minutes: Int) -> AnswerAddress {
    asking { ($0.journey, $0.minutes) = (journey, minutes) }
  }

  /// Other genres, languages or years.
  func with(filter: SongFilter) -> AnswerAddress { asking { $0.filter = filter } }

  /// The mood that was said instead of the one that was read; `nil` is that one again.
  func with(said: Mood?) -> AnswerAddress { asking { $0.said = said } }

  /// Another face, or all of them.
  func with(who: Who) -> AnswerAddress { asking { ($0.who, $0.said) = (who, nil) } }

  /// As many other songs; a journey is planned anew.
  func withOthers() -> AnswerAddress {
    asking { $0.seen = Self.latest(seen + songs.compactMap(\.self)) }
  }

  /// Another song in one place of the list, counted from 0; the rest stays.
  func without(place: Int) -> AnswerAddress {
    var other = self
    guard songs.indices.contains(place), let code = songs[place] else { return other }
    other.songs[place] = nil
    other.seen = Self.latest(seen + [code])
    return other
  }

  /// The journey with the song at a place, counted from 0, skipped: what came before stays.
  func skipping(place: Int) -> AnswerAddress {
    var other = self
    other.songs = []
    other.skips.append(place)
    return other
  }

  private static func latest(_ codes: [SongCode]) -> [SongCode] { codes.suffix(seenLimit) }
}
