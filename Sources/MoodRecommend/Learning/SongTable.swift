/// Songs with what all think of them and with the songs that they go with, in memory.
struct SongTable: Sendable {
  /// Rows by how many listeners they have, the most first, equals by id; found by bisection.
  private struct Order: Sendable {
    private(set) var rows: [(listeners: Int, song: String)] = []

    mutating func move(_ song: String, from old: Int, to new: Int) {
      guard old != new else { return }
      if old > 0 { rows.remove(at: place(old, song)) }
      if new > 0 { rows.insert((new, song), at: place(new, song)) }
    }

    private func place(_ listeners: Int, _ song: String) -> Int {
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        let row = rows[middle]
        let isBefore =
          row.listeners == listeners ? row.song < song : row.listeners > listeners
        if isBefore { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  private struct Entry: Sendable {
    var total: SongTotal
    var pairs: [String: SongPair] = [:]
    var order = Order()
  }

  private var entries: [String: Entry] = [:]
  private var order = Order()

  /// What all think of a song.
  func total(of song: String) -> SongTotal? { entries[song]?.total }

  /// The songs that most listeners know.
  func best(_ limit: Int) -> [SongTotal] {
    order.rows.prefix(limit).compactMap { entries[$0.song]?.total }
  }

  /// The songs that a song shares most listeners with.
  func pairs(with song: String, limit: Int) -> [SongPair] {
    guard let entry = entries[song] else { return [] }
    return entry.order.rows.prefix(limit).compactMap { entry.pairs[$0.song] }
  }

  /// One listener's opinion of a song changed.
  mutating func change(_ song: String, from old: Int?, to new: Int?) {
    var entry = entries.removeValue(forKey: song) ?? Entry(total: SongTotal(song: song))
    let before = entry.total.listeners
    entry.total.change(from: old, to: new)
    order.move(song, from: before, to: entry.total.listeners)
    if entry.total.listeners > 0 { entries[song] = entry }
  }

  /// One listener's opinions of two songs came in or went out.
  mutating func change(_ song: String, _ other: String, _ level: Int, _ theirs: Int, sign: Int) {
    for (one, two) in [(song, other), (other, song)] {
      guard entries[one] != nil else { continue }
      var pair = entries[one]?.pairs[two] ?? SongPair(song: two)
      let before = pair.listeners
      pair.add(level, theirs, sign: sign)
      entries[one]?.order.move(two, from: before, to: pair.listeners)
      entries[one]?.pairs[two] = pair.listeners > 0 ? pair : nil
    }
  }
}
