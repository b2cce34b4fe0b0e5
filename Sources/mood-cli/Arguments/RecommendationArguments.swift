public import ArgumentParser
public import MoodRecommend

/// Which songs are wanted.
struct RecommendationArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the music is to do: classic (happy songs for a happy or sad face, calm ones for anger "
        + "and fear), match (like the mood), lift, calm, energise."))
  var goal = Goal.classic
  @Option(
    help: ArgumentHelp(
      "How songs are scored: classic, content or personal; else personal once there is feedback, "
        + "content before."))
  var policy: Policy?
  @Option(help: ArgumentHelp("Only this genre, or one with the word in it; may be repeated."))
  var genre: [String] = []
  @Option(help: "Only this artist; may be repeated.") var artist: [String] = []
  @Option(help: "Only this language; may be repeated.") var language: [String] = []
  @Option(help: ArgumentHelp("Only these beats per minute.", valueName: "from-to"))
  var tempo: RangeArgument?
  @Option(help: ArgumentHelp("Only songs of these years.", valueName: "from-to"))
  var years: RangeArgument?
  @Flag(help: "Leave out songs that are known to be explicit.") var noExplicit = false
  @Option(help: ArgumentHelp("Not this song again, for others; may be repeated.", valueName: "id"))
  var exclude: [String] = []
  @Flag(help: "Let an artist come more than once.") var repeatArtists = false
  @Option(help: "How many songs.") var count = 5
  @Option(help: "Repeat the draws of an earlier run.") var seed: UInt64?

  func validate() throws {
    if !(1...1000).contains(count) { throw ValidationError("--count is from 1 to 1000.") }
  }

  func options(listener: String) -> RecommendationOptions {
    let filter = SongFilter(
      genres: genre, artists: artist, languages: language, years: years?.range,
      tempo: tempo.map { Float($0.range.lowerBound)...Float($0.range.upperBound) },
      leavesOutExplicit: noExplicit)
    return RecommendationOptions(
      goal: goal, policy: policy, count: count, seed: seed, listener: listener, filter: filter,
      allowsRepeatedArtists: repeatArtists, excluded: Set(exclude))
  }
}

/// Two whole numbers as `90-120`.
struct RangeArgument: ExpressibleByArgument {
  let range: ClosedRange<Int>

  init?(argument: String) {
    let parts = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let low = parts[0], let high = parts[1], low <= high, high <= 100_000
    else { return nil }
    range = low...high
  }
}

extension Goal: ExpressibleByArgument {
  /// Reads a goal's name.
  public init?(argument: String) { self.init(name: argument) }
}
extension Policy: ExpressibleByArgument {
  /// Reads a policy's name.
  public init?(argument: String) { self.init(name: argument) }
}
