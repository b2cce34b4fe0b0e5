/// The best few of many songs: a heap whose root is the worst that is still kept.
struct TopSongs {
  /// A song's place in the catalogue with its score.
  struct Entry {
    let score: Float
    let position: Int
  }

  private let limit: Int
  private let idOf: (Int) -> String
  private var heap: [Entry] = []

  /// Keeps the `limit` best; equal scores are told apart by id, the smaller one first.
  init(limit: Int, idOf: @escaping (Int) -> String) {
    (self.limit, self.idOf) = (limit, idOf)
    heap.reserveCapacity(limit + 1)
  }

  /// What a song must score to be kept; equals may be kept too.
  var threshold: Float { heap.count < limit ? -.infinity : heap[0].score }

  /// Takes a song if it is among the best so far.
  mutating func insert(_ entry: Entry) {
    if heap.count < limit {
      heap.append(entry)
      rise(heap.count - 1)
    } else if limit > 0, isBetter(entry, heap[0]) {
      heap[0] = entry
      sink(0)
    }
  }

  /// What was kept, best first.
  var sorted: [Entry] { heap.sorted(by: isBetter) }

  private func isBetter(_ left: Entry, _ right: Entry) -> Bool {
    guard left.score == right.score else { return left.score > right.score }
    return left.position != right.position && idOf(left.position) < idOf(right.position)
  }

  private mutating func rise(_ start: Int) {
    var index = start
    while index > 0, isBetter(heap[(index - 1) / 2], heap[index]) {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  private mutating func sink(_ start: Int) {
    var index = start
    while true {
      let children = [2 * index + 1, 2 * index + 2].filter { $0 < heap.count }
      guard let worst = children.max(by: { isBetter(heap[$0], heap[$1]) }),
        isBetter(heap[index], heap[worst])
      else { return }
      heap.swapAt(index, worst)
      index = worst
    }
  }
}
