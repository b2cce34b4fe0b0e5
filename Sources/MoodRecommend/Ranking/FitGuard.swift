/// The bound that keeps a list with the mood, whatever the listener said so far.
///
/// A song may be chosen if its nearness is at least ``share(likes:)`` of what the best songs reach:
/// the mean over as many songs as are asked for, one of each artist, of those that pass the filter.
/// So a list's mean is within that share of any other list's mean, taught or not. Where too few
/// songs are as near as that, the nearest ones are taken.
struct FitGuard {
  /// Until so many likes the bound is full.
  static let likes = 10
  /// The share until then.
  static let share: Float = 0.9
  /// What a song must reach after so many likes, as a share of the best: later the score decides.
  static func share(likes count: Int) -> Float { count < likes ? share : 0 }

  /// The nearness that a song must have.
  let floor: Float
  /// What the best songs of the whole catalogue reach.
  let best: Float

  /// Looks at all songs, or, of many, at evenly spaced ones.
  ///
  /// `passes` says whether the filter accepts a position, `isFree` whether it may come today.
  init(
    _ fit: MoodFit, _ index: SongIndex, count: Int, share: Float, oncePerArtist: Bool,
    isFiltered: Bool, isRestricted: Bool, passes: (Int) -> Bool, isFree: (Int) -> Bool
  ) {
    let blocks = (index.count + 7) / 8
    let stride = isFiltered || isRestricted ? 1 : max(1, blocks / 8_192)
    let limit = 4 * count + 32
    var (all, passing, free) = (Nearest(limit), Nearest(limit), Nearest(limit))
    for block in Swift.stride(from: 0, to: blocks, by: stride) {
      let near = fit.nearness(index.valence[block], index.arousal[block])
      let least = min(
        all.threshold, isFiltered ? passing.threshold : .infinity,
        isRestricted ? free.threshold : .infinity)
      guard any(near .>= least) else { continue }
      for lane in 0..<min(8, index.count - block * 8) where near[lane] >= least {
        let position = block * 8 + lane
        all.insert(near[lane], position)
        guard isFiltered || isRestricted else { continue }
        guard passes(position) else { continue }
        passing.insert(near[lane], position)
        if isFree(position) { free.insert(near[lane], position) }
      }
    }
    if !isFiltered && !isRestricted { (passing, free) = (all, all) }
    best = all.mean(count, oncePerArtist, index)
    let reached = passing.mean(count, oncePerArtist, index)
    floor = min(share * reached, free.last(count, oncePerArtist, index))
  }

  /// The nearest songs so far.
  private struct Nearest {
    private let limit: Int
    private var songs: [(near: Float, position: Int)] = []

    init(_ limit: Int) { self.limit = limit }

    var threshold: Float { songs.count < limit ? -1 : songs[songs.count - 1].near }

    mutating func insert(_ near: Float, _ position: Int) {
      guard songs.count < limit || near > threshold else { return }
      var (low, high) = (0, songs.count)
      while low < high {
        let middle = (low + high) / 2
        if songs[middle].near >= near { low = middle + 1 } else { high = middle }
      }
      songs.insert((near, position), at: low)
      if songs.count > limit { songs.removeLast() }
    }

    /// The nearness of the first `count`, one of each artist where so wanted.
    private func first(_ count: Int, _ oncePerArtist: Bool, _ index: SongIndex) -> [Float] {
      var artists: Set<UInt32> = []
      var near: [Float] = []
      for song in songs where near.count < count {
        guard !oncePerArtist || artists.insert(index.artist[song.position]).inserted else {
          continue
        }
        near.append(song.near)
      }
      return near
    }

    func mean(_ count: Int, _ oncePerArtist: Bool, _ index: SongIndex) -> Float {
      let near = first(count, oncePerArtist, index)
      return near.isEmpty ? 0 : near.reduce(0, +) / Float(near.count)
    }

    /// The nearness of the last of them; 0 where there are not as many.
    func last(_ count: Int, _ oncePerArtist: Bool, _ index: SongIndex) -> Float {
      let near = first(count, oncePerArtist, index)
      return near.count < count ? 0 : near.last ?? 0
    }
  }
}
