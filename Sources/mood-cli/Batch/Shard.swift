/// Every n-th photo of a list, so that several programs share it: `2/4` has the second, the sixth
/// and so on.
struct Shard {
  /// The shard's number, from 1, and how many there are.
  let number, count: Int

  /// Why a text names no shard.
  enum Failure: Error, Equatable, CustomStringConvertible {
    /// It is not two whole numbers with a slash.
    case malformed(String)
    /// The number is none of 1…count.
    case outOfRange(number: Int, count: Int)

    var description: String {
      switch self {
      case .malformed(let text): "\"\(text)\" is not i/n, such as 1/4 for the first of four shards"
      case .outOfRange(_, let count) where count < 1: "there must be at least one shard"
      case .outOfRange(let number, let count):
        "there is no shard \(number) of \(count): they are 1/\(count) to \(count)/\(count)"
      }
    }
  }

  /// Reads `i/n`.
  init(_ text: String) throws(Failure) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1] else {
      throw .malformed(text)
    }
    guard count >= 1, (1...count).contains(number) else {
      throw .outOfRange(number: number, count: count)
    }
    (self.number, self.count) = (number, count)
  }

  /// Whether the photo at a place of the list, from 0, belongs to the shard.
  func contains(_ position: Int) -> Bool { position % count == number - 1 }
}
