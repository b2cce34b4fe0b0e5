/// Finds the songs of a journey: a beam search over lists that fill the time.
///
/// A list's cost is the sum over its songs of the squared distance to where the way is then, of the
/// squared step from the song before, of six times the square of what the step is above ``evenStep``,
/// and of four times the square of what it leads away from the goal. The first song counts four times
/// and the last one twelve times, as they are to fit start and goal. No artist comes twice. The time is
/// right within five per cent; only where no list is, within half a song.
struct JourneyPlanner {
  /// How many lists are followed at a time.
  private static let beam = 48
  /// At how many places of the way songs are looked for, and how many at each.
  private static let waypoints = 32
  private static let near = 40
  /// Larger steps than this are heard as jumps.
  private static let evenStep: Float = 0.3
  /// How far the whole may be from the wanted time.
  static let tolerance: Float = 0.05
  /// The same where lengths leave no other way: half a song of unknown length.
  var slack: Float { max(Self.tolerance, 106 / ends) }

  private struct Candidate {
    let position: Int
    let place: JourneyPlace
    let artist: UInt32
    let duration: Float
    let isAssumed: Bool
  }

  private struct Path {
    var stops: [(candidate: Candidate, start: Float)] = []
    var cost: Float = 0
    var elapsed: Float = 0
    var artists: Set<UInt32> = []
    var perSong: Float { cost / Float(max(1, stops.count)) }
  }

  let catalogue: any SongCatalogue
  let index: SongIndex
  let from, to: JourneyPlace
  let strategy: JourneyStrategy
  /// Where the time stands at the beginning, and where it ends, in seconds.
  let begins, ends: Float
  /// What was heard last, if anything.
  let before: JourneyPlace?

  /// The place of a song; an unknown tempo is the middle of the two ends'.
  func place(at position: Int) -> JourneyPlace {
    let point = index.point(at: position)
    let tempo = index.tempo[position / 8][position % 8]
    return JourneyPlace(
      valence: point.valence, arousal: point.arousal,
      tempo: tempo.isFinite ? tempo : from.toward(to, 0.5).tempo)
  }

  /// Where the way is when a song begins at `time`; the last song, a mean one, is at the goal.
  func wanted(at time: Float) -> JourneyPlace {
    let last = max(1, ends - Journey.assumedDuration)
    return from.toward(to, strategy.way(at: time / last))
  }

  /// The stops, or nothing where the songs do not fill the time.
  func stops(
    artists: Set<UInt32>, jitter: (Int) -> Float, accepts: (Int) -> Bool
  ) -> [Journey.Stop]? {
    stops(artists, Self.tolerance, jitter, accepts) ?? stops(artists, slack, jitter, accepts)
  }

  private func stops(
    _ artists: Set<UInt32>, _ tolerance: Float, _ jitter: (Int) -> Float,
    _ accepts: (Int) -> Bool
  ) -> [Journey.Stop]? {
    let menus = candidates(jitter, accepts, artists)
    let total = ends
    var paths = [Path(elapsed: begins, artists: artists)]
    var best: Path?
    while !paths.isEmpty {
      var next: [Path] = []
      for path in paths {
        for candidate in menu(at: path.elapsed, menus)
        where !path.artists.contains(candidate.artist)
          && path.elapsed + candidate.duration <= total * (1 + tolerance) + 0.01
        {
          var longer = path
          let isFirst = path.stops.isEmpty && before == nil
          let last = path.stops.last?.candidate.place ?? before
          longer.cost += cost(
            candidate, wanted(at: path.elapsed), last, weight: isFirst ? 4 : 1, jitter)
          longer.stops.append((candidate, path.elapsed))
          longer.elapsed += candidate.duration
          longer.artists.insert(candidate.artist)
          if longer.elapsed >= total * (1 - tolerance) - 0.01 {
            var done = longer
            let end = candidate.place.distance(to: to)
            let late = (longer.elapsed - total) / total
            done.cost += 12 * end * end + 4 * late * late
            if done.perSong < (best?.perSong ?? .infinity) { best = done }
          }
          next.append(longer)
        }
      }
      // Lists of different lengths are compared by what they cost a song.
      next.sort {
        ($0.perSong, $1.stops.last?.candidate.position ?? 0)
          < ($1.perSong, $0.stops.last?.candidate.position ?? 0)
      }
      paths = Array(next.prefix(Self.beam))
    }
    return best?.stops.map { candidate, start in
      Journey.Stop(
        song: catalogue.song(at: candidate.position), place: candidate.place,
        wanted: wanted(at: start), start: start, duration: candidate.duration,
        isAssumed: candidate.isAssumed)
    }
  }

  private func cost(
    _ candidate: Candidate, _ wanted: JourneyPlace, _ last: JourneyPlace?, weight: Float,
    _ jitter: (Int) -> Float
  ) -> Float {
    let off = candidate.place.distance(to: wanted)
    guard let last else { return weight * off * off + jitter(candidate.position) }
    let step = candidate.place.distance(to: last)
    let away = max(0, candidate.place.distance(to: to) - last.distance(to: to))
    let jump = max(0, step - Self.evenStep)
    return weight * off * off + step * step + 6 * jump * jump + 4 * away * away
      + jitter(candidate.position)
  }

  private func menu(at time: Float, _ menus: [[Candidate]]) -> [Candidate] {
    let part = strategy.way(at: time / max(1, ends - Journey.assumedDuration))
    return menus[min(Self.waypoints - 1, Int(part * Float(Self.waypoints - 1) + 0.5))]
  }

  /// For each waypoint the nearest songs, at most two of an artist.
  private func candidates(
    _ jitter: (Int) -> Float, _ accepts: (Int) -> Bool, _ artists: Set<UInt32>
  ) -> [[Candidate]] {
    let accepted = (0..<index.count).filter { accepts($0) && !artists.contains(index.artist[$0]) }
    let places = accepted.map(place(at:))
    return (0..<Self.waypoints).map { number in
      let way = from.toward(to, Float(number) / Float(Self.waypoints - 1))
      var nearest: [(distance: Float, number: Int)] = []
      for (number, place) in places.enumerated() {
        let distance = place.distance(to: way)
        guard nearest.count < Self.near || distance < nearest[nearest.count - 1].distance else {
          continue
        }
        let slot = nearest.firstIndex { $0.distance > distance } ?? nearest.count
        nearest.insert((distance, number), at: slot)
        if nearest.count > Self.near { nearest.removeLast() }
      }
      return nearest.map { near in
        let position = accepted[near.number]
        let known = catalogue.song(at: position).duration
        return Candidate(
          position: position, place: places[near.number], artist: index.artist[position],
          duration: known ?? Journey.assumedDuration, isAssumed: known == nil)
      }
    }
  }
}
