public import MoodValues

/// The classic way from a mood to a song: one of the five most popular songs of a category.
///
/// It is that of "Music recommendation system based on mood", the student report whose Keras network
/// and song list this package began with.
///
/// Happy and sad faces get a Happy song, fear and anger a Calm one, surprise and a neutral face an
/// Energetic one, and disgust a Sad one. With probability 0.15 the song comes from the Sad ones
/// instead.
///
/// This is the map that the report describes. The report's program has three `if`s and one `else`, which
/// binds to the last `if` alone: there, happy and sad faces always got a Sad song, and so did
/// angry, fearful and disgusted ones. That slip is not repeated here.
///
/// A draw uses two outputs of the generator and nothing else, so a seeded ``SplitMix64`` repeats a
/// run exactly.
public struct ClassicPolicy: Sendable, Equatable {
  /// With what probability the song is a Sad one instead.
  public static let switchProbability = 0.15

  /// Among how many of the most popular songs the draw is made.
  public static let shortlistLength = 5

  /// Creates the policy; it has no settings.
  public init() {}

  /// The category that answers `mood` before the draw that may switch to Sad.
  public func category(for mood: Mood) -> MoodCategory {
    switch mood {
    case .happy, .sad: .happy
    case .fear, .angry: .calm
    case .surprise, .neutral: .energetic
    case .disgust: .sad
    }
  }

  /// Songs for `mood`: first the report's draw, then the rest of the same category by popularity.
  ///
  /// The draw picks a category (with ``switchProbability`` the Sad one), then one of its
  /// ``shortlistLength`` most popular songs with equal chances. The songs after it are that
  /// category's most popular, in order and without the one drawn. A category is never filled up
  /// from another. Where the catalogue has no Sad song, none is switched to.
  ///
  /// - Parameters:
  ///   - mood: What the face seems to show.
  ///   - catalogue: The songs to choose from.
  ///   - count: How many songs at most; fewer if the category is smaller, none if it is empty.
  ///   - generator: The source of chance; two values are taken, whatever comes of them.
  ///   - accepts: Which positions of the catalogue may be chosen; the rest counts as absent.
  /// - Returns: Different songs of one category.
  /// - Precondition: `count >= 0`.
  /// - Complexity: O(`count`), and O(n) for a filter that few of n songs pass.
  public func songs(
    for mood: Mood, in catalogue: some SongCatalogue, count: Int,
    using generator: inout some RandomNumberGenerator, accepts: (Int) -> Bool = { _ in true }
  ) -> [Song] {
    precondition(count >= 0, "count is \(count)")
    let switches = unitDraw(generator.next()) < Self.switchProbability
    let position = generator.next()
    let switched = switches && catalogue.positions(in: .sad).contains(where: accepts)
    let category = switched ? .sad : category(for: mood)
    let wanted = max(count, Self.shortlistLength)
    var songs = Array(
      catalogue.positions(in: category).lazy.filter(accepts).prefix(wanted)
        .map { catalogue.song(at: $0) })
    let shortlist = min(Self.shortlistLength, songs.count)
    guard count > 0, shortlist > 0 else { return [] }
    songs.insert(songs.remove(at: draw(position, below: shortlist)), at: 0)
    return Array(songs.prefix(count))
  }

  /// Turns 64 random bits into a number 0..<1, from the 53 bits that a `Double` holds exactly.
  private func unitDraw(_ bits: UInt64) -> Double { Double(bits >> 11) * 0x1p-53 }

  /// Turns 64 random bits into 0..<`count`, ⌊bits · count / 2⁶⁴⌋; no chance is off by over 2⁻⁶⁴.
  ///
  /// The standard library's `Int.random` does not promise to draw the same in its next release.
  private func draw(_ bits: UInt64, below count: Int) -> Int {
    Int(bits.multipliedFullWidth(by: UInt64(count)).high)
  }
}
