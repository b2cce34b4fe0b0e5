private import Foundation
public import MoodValues

/// Reads a mood from an English sentence.
///
/// ```swift
/// let words = try TextReader()
/// let reading = words.read("I can't believe this actually worked!")
/// print(reading.mood, reading.words)
/// ```
/// Softmax regression on hashed features of words and letters, trained on GoEmotions (Demszky et al.
/// 2020, <https://aclanthology.org/2020.acl-main.372>); Weights/TEXT.md says how, how well, and
/// what it is bad at.
public struct TextReader: Sendable {
  private static let groups = 7
  private let rows: [UInt8]
  private let step, bias: [Float]
  private let mask: UInt32

  /// Reads the model that ships with the package, or the one that `MOOD_TEXT_WEIGHTS` names.
  ///
  /// - Throws: ``MoodTextError``.
  public init() throws(MoodTextError) {
    let searched = ShippedResource.search("text.moodtext", variable: "MOOD_TEXT_WEIGHTS")
    guard let path = searched.path else {
      throw .notFound(name: "text.moodtext", searched: searched.places)
    }
    try self.init(contentsOf: path)
  }

  /// Reads a model's file.
  ///
  /// - Throws: ``MoodTextError``.
  public init(contentsOf path: String) throws(MoodTextError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(path: path)
    }
    try self.init(TextModelFile(data))
  }

  /// Reads a model from its bytes.
  ///
  /// - Throws: ``MoodTextError``.
  public init(_ data: some Sequence<UInt8>) throws(MoodTextError) {
    try self.init(TextModelFile(Data(data)))
  }

  private init(_ file: TextModelFile) throws(MoodTextError) {
    // The order of a mood's numbers is the file's.
    let order = Mood.allCases.compactMap { file.head.moods.firstIndex(of: $0.rawValue) }
    guard order == Array(0..<Self.groups) else { throw .notAModel }
    (rows, step, bias) = (file.rows, file.head.step, file.head.bias)
    mask = UInt32(file.head.buckets - 1)
  }

  /// The mood of a text, with calibrated probabilities.
  ///
  /// - Complexity: O(n) for n characters.
  public func probabilities(of text: String) -> MoodDistribution {
    let features = TextFeatures(TextTokens(text), mask: mask)
    return Self.softmax(logits(features))
  }

  /// The mood of a text, with the words that spoke for it.
  public func read(_ text: String) -> TextReading {
    let tokens = TextTokens(text)
    let features = TextFeatures(tokens, mask: mask, tracesOrigin: true)
    let distribution = Self.softmax(logits(features))
    let mood = distribution.mood
    // What a word says for a mood is its features' weight for it less the mean over all moods.
    var votes = [Float](repeating: 0, count: tokens.tokens.count)
    for group in [features.words, features.letters] where !group.isEmpty {
      let scale = 1 / Float(group.count).squareRoot()
      for bucket in group {
        guard let token = features.origin[bucket] else { continue }
        let row = Self.groups * Int(bucket)
        let weights = (0..<Self.groups).map { Float(Int8(bitPattern: rows[row + $0])) * step[$0] }
        votes[token] += scale * (weights[mood.index] - weights.reduce(0, +) / 7)
      }
    }
    let words = zip(tokens.tokens, votes).filter { $1 > 0.02 }.sorted { $0.1 > $1.1 }.prefix(5)
      .map { TextReading.Word(text: String(decoding: $0.text, as: UTF8.self), weight: $1) }
    return TextReading(distribution: distribution, words: words, isEmpty: tokens.tokens.isEmpty)
  }

  private func logits(_ features: TextFeatures) -> [Double] {
    var logits = bias.map(Double.init)
    for group in [features.words, features.letters] where !group.isEmpty {
      var sums = SIMD8<Int32>()
      for bucket in group {
        let row = Self.groups * Int(bucket)
        for mood in 0..<Self.groups { sums[mood] &+= Int32(Int8(bitPattern: rows[row + mood])) }
      }
      let scale = 1 / Double(group.count).squareRoot()
      for mood in 0..<Self.groups {
        logits[mood] += scale * Double(sums[mood]) * Double(step[mood])
      }
    }
    return logits
  }

  private static func softmax(_ logits: [Double]) -> MoodDistribution {
    let largest = logits.max() ?? 0
    let terms = logits.map { exp($0 - largest) }
    let sum = terms.reduce(0, +)
    return (try? MoodDistribution(probabilities: terms.map { Float($0 / sum) })) ?? .uniform
  }
}

/// What a text says of a mood.
public struct TextReading: Sendable, Equatable {
  /// A word, and how much it spoke for the mood.
  public struct Word: Sendable, Equatable, Codable {
    /// The word, in lower case.
    public let text: String
    /// Its part in the mood's score above the other moods'.
    public let weight: Float
  }

  /// How probable each mood is.
  public let distribution: MoodDistribution
  /// The words that spoke for the mood most, at most five, the weightiest first.
  public let words: [Word]
  /// Whether there was nothing to read.
  public let isEmpty: Bool
  /// The most probable mood.
  public var mood: Mood { distribution.mood }
}
