public import MoodValues

/// What is asked of a journey.
public struct JourneyOptions: Sendable, Equatable {
  /// How it goes from its start to its goal.
  public var strategy: JourneyStrategy
  /// How long it is, 5...240.
  public var minutes: Double
  /// Which songs may come.
  public var filter: SongFilter
  /// Ids of songs that may not come.
  public var excluded: Set<String>
  /// Repeats an earlier journey; `nil` makes another one.
  public var seed: UInt64?

  /// Creates options; without arguments, half an hour, gradually.
  public init(
    strategy: JourneyStrategy = .gradual, minutes: Double = 30, filter: SongFilter = SongFilter(),
    excluded: Set<String> = [], seed: UInt64? = nil
  ) {
    (self.strategy, self.minutes, self.filter) = (strategy, minutes, filter)
    (self.excluded, self.seed) = (excluded, seed)
  }
}

extension Recommender {
  /// How much chance moves the choice between songs that fit alike.
  private static let jitter: Float = 0.02

  /// A way in songs from a mood to a goal.
  ///
  /// The first song fits the mood, the last one the goal, steps are small and even, no artist comes
  /// twice, and the lengths add up within five per cent.
  ///
  /// - Throws: ``JourneyError``.
  public func journey(
    from mood: MoodDistribution, to goal: JourneyGoal, options: JourneyOptions = .init()
  ) throws(JourneyError) -> Journey {
    guard (5...240).contains(options.minutes) else { throw .badLength(minutes: options.minutes) }
    return try plan(
      from: mood.journeyPlace, to: goal.place, options, kept: [], skipped: [])
  }

  /// The same way with the song at `index` skipped: what was heard before stays, the rest is planned
  /// anew from where the listener is.
  ///
  /// - Throws: ``JourneyError``.
  public func journey(
    _ journey: Journey, skipping index: Int, options: JourneyOptions = .init()
  ) throws(JourneyError) -> Journey {
    guard journey.stops.indices.contains(index) else {
      throw .noSuchSong(index: index, count: journey.stops.count)
    }
    var options = options
    (options.strategy, options.minutes) = (journey.strategy, journey.minutes)
    return try plan(
      from: journey.from, to: journey.to, options, kept: Array(journey.stops[..<index]),
      skipped: journey.skipped.union([journey.stops[index].song.id]))
  }

  private func plan(
    from: JourneyPlace, to: JourneyPlace, _ options: JourneyOptions, kept: [Journey.Stop],
    skipped: Set<String>
  ) throws(JourneyError) -> Journey {
    let seed = options.seed ?? UInt64.random(in: 0 ... .max)
    let filter = CompiledFilter(options.filter, index)
    let out = Set(
      options.excluded.union(skipped).compactMap { catalogue.position(ofID: $0) })
    let planner = JourneyPlanner(
      catalogue: catalogue, index: index, from: from, to: to, strategy: options.strategy,
      begins: kept.last.map { $0.start + $0.duration } ?? 0, ends: Float(options.minutes * 60),
      before: kept.last?.place)
    let artists = Set(
      kept.compactMap { catalogue.position(ofID: $0.song.id).map { index.artist[$0] } })
    // A number of the song's own, so that the order of the search does not matter.
    func jitter(_ position: Int) -> Float {
      var generator = SplitMix64(seed: seed &+ UInt64(position) &* 0x9E37_79B9)
      return Self.jitter * Float(generator.next() >> 40) * 0x1p-24
    }
    let stops = planner.stops(artists: artists, jitter: jitter) {
      filter.accepts($0, index) && !out.contains($0)
    }
    guard let stops else {
      let found = (0..<index.count).reduce(into: Set<UInt32>()) { artists, position in
        if filter.accepts(position, index), !out.contains(position) {
          artists.insert(index.artist[position])
        }
      }
      // A skip near the end leaves no room for another song: the way ends there.
      if !kept.isEmpty, planner.begins >= planner.ends * (1 - planner.slack) {
        return Journey(
          from: from, to: to, strategy: options.strategy, minutes: options.minutes, stops: kept,
          skipped: skipped)
      }
      throw .tooFewSongs(found: found.count, minutes: options.minutes)
    }
    return Journey(
      from: from, to: to, strategy: options.strategy, minutes: options.minutes,
      stops: kept + stops, skipped: skipped)
  }
}
