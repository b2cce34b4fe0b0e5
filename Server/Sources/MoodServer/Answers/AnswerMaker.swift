import MoodRecommend

/// Makes answers of addresses: chooses songs for the places that are free, and explains the others.
struct AnswerMaker: Sendable {
  let songs: any SongService
  private let codes: SongCodes

  init(_ songs: any SongService) {
    self.songs = songs
    codes = SongCodes(songs.catalogue)
  }

  /// The answer at an address, as `listener` likes it if there is one.
  ///
  /// - Throws: ``ServerError/noMood`` for an address without a mood, or why there are no songs.
  func answer(
    _ address: AnswerAddress, listener: String?
  ) async throws(ServerError) -> Answer {
    guard address.hasMood else { throw .noMood }
    let liked = if let listener { try await songs.liked(by: listener) } else { Set<String>() }
    if let goal = address.journey { return try await journey(address, to: goal, liked) }
    return try await list(address, listener, liked)
  }

  private func list(
    _ address: AnswerAddress, _ listener: String?, _ liked: Set<String>
  ) async throws(ServerError) -> Answer {
    var address = address
    // What is not in this catalogue leaves its place.
    var places = address.songs.map { code in code.flatMap { song(of: $0)?.id } }
    while places.count < address.count { places.append(nil) }
    let free = places.count { $0 == nil }
    if free > 0 {
      let kept = places.compactMap(\.self)
      // As many more as are there already, so that an artist who is there need not come again.
      var wishes = address.wishes(count: free + kept.count)
      wishes.excluded = Set(kept + address.seen.compactMap { song(of: $0)?.id })
      let found = try await songs.songs(for: address.mood, wishes: wishes, listener: listener).songs
      let artists = Set(address.songs.compactMap { $0.flatMap { song(of: $0)?.artist } })
      var next =
        (found.filter { !artists.contains($0.song.artist) }
        + found.filter { artists.contains($0.song.artist) })[...]
      places = places.compactMap { $0 ?? next.popFirst()?.song.id }
    }
    let ids = places.compactMap(\.self)
    address.songs = ids.map { SongCode(id: $0) }
    let shown = try await songs.chosen(
      ids, for: address.mood, wishes: address.wishes(count: address.count), listener: listener)
    return Answer(
      address: address, songs: shown.songs.map { self.shown($0.song, liked, ranked: $0) },
      notes: shown.notes, journey: nil)
  }

  private func journey(
    _ address: AnswerAddress, to goal: JourneyGoal, _ liked: Set<String>
  ) async throws(ServerError) -> Answer {
    var address = address
    let seed = address.seed ?? UInt64.random(in: 0...UInt64(UInt32.max))
    address.seed = seed
    var wishes = address.wishes(count: address.count)
    wishes.excluded = Set(address.seen.compactMap { song(of: $0)?.id })
    let journey = try await songs.journey(
      from: address.mood, to: goal, minutes: Double(address.minutes), skips: address.skips,
      wishes: wishes)
    address.songs = journey.stops.map { SongCode(id: $0.song.id) }
    return Answer(
      address: address, songs: journey.stops.map { shown($0.song, liked, start: $0.start) },
      notes: [], journey: journey)
  }

  private func shown(
    _ song: Song, _ liked: Set<String>, ranked: RankedSong? = nil, start: Float? = nil
  ) -> AnswerSong {
    AnswerSong(
      song: song, code: SongCode(id: song.id),
      place: songs.place(ofSong: song.id) ?? MoodPoint(valence: 0, arousal: 0),
      isLiked: liked.contains(song.id), ranked: ranked, start: start)
  }

  private func song(of code: SongCode) -> Song? {
    codes.position(of: code).map { songs.catalogue.song(at: $0) }
  }
}
