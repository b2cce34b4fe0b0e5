import MoodRecommend

/// A song of an answer.
struct AnswerSong: Sendable {
  /// The song.
  let song: Song
  /// What it is called in addresses.
  let code: SongCode
  /// Where it lies in the plane of moods.
  let place: MoodPoint
  /// Whether the listener likes it, by the last word on it.
  let isLiked: Bool
  /// Its score and reasons; a journey's songs have none.
  let ranked: RankedSong?
  /// When it begins, in seconds; a journey's songs have that.
  let start: Float?
}

/// An answer: moods and songs, with the address that it has from now on.
struct Answer: Sendable {
  /// The complete address: all songs stand in it.
  let address: AnswerAddress
  /// The songs: a list, the best first, or a journey's in order.
  let songs: [AnswerSong]
  /// What the list could not keep to.
  let notes: [RecommendationNote]
  /// The journey, if one was asked for.
  let journey: Journey?

  /// What was answered: what faces and words say together, or the mood that was said.
  var mood: MoodDistribution { address.mood }
}
