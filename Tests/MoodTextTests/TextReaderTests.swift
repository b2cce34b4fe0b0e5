import Foundation
import MoodText
import MoodValues
import Testing

struct TextReaderTests {
  static let reader: TextReader = {
    do { return try TextReader() } catch { preconditionFailure("\(error)") }
  }()

  struct Sample: Decodable {
    let text: String
    let probabilities: [Float]
  }

  @Test func agreesWithTheTrainingScript() throws {
    let file = try #require(Bundle.module.url(forResource: "samples", withExtension: "json"))
    let samples = try JSONDecoder().decode([Sample].self, from: Data(contentsOf: file))
    #expect(samples.count > 40)
    for sample in samples {
      let found = Self.reader.probabilities(of: sample.text)
      for (mine, theirs) in zip(found.probabilities, sample.probabilities) {
        #expect(abs(mine - theirs) < 1e-5, "\(sample.text)")
      }
      #expect(Self.reader.read(sample.text).distribution == found)
    }
  }

  @Test(arguments: [
    ("I am so happy today, thank you!", Mood.happy), ("This makes me furious, you idiot", .angry),
    ("I miss her so much, I cried all night", .sad), ("That is disgusting, gross", .disgust),
    ("I'm terrified of what comes next", .fear), ("Wow, I did not expect that at all!", .surprise),
    ("The shop opens at nine.", .neutral), ("😂😂😂", .happy), ("I looooove this", .happy),
  ])
  func readsPlainSentences(_ text: String, _ mood: Mood) {
    #expect(Self.reader.probabilities(of: text).mood == mood, "\(Self.reader.read(text))")
  }

  @Test func hearsNegation() {
    let plain = Self.reader.probabilities(of: "I am happy about it")
    let negated = Self.reader.probabilities(of: "I am not happy about it")
    #expect(negated[.happy] < plain[.happy] - 0.1)
  }

  @Test func takesApostrophesAsTheyCome() {
    let straight = Self.reader.probabilities(of: "I don't like it")
    #expect(Self.reader.probabilities(of: "I don’t like it") == straight)
    #expect(
      Self.reader.probabilities(of: "soooo good") == Self.reader.probabilities(of: "sooooooo good"))
  }

  @Test func saysWhichWordsSpoke() {
    let reading = Self.reader.read("Thank you, this is awesome")
    #expect(reading.mood == .happy && reading.words.count <= 5)
    #expect(reading.words.prefix(2).map(\.text).sorted() == ["awesome", "thank"])
    #expect(Self.reader.read("  ").isEmpty && Self.reader.read("  ").words.isEmpty)
  }

  @Test func survivesAnyText() {
    var state: UInt64 = 7
    for _ in 0..<500 {
      var text = ""
      for _ in 0..<20 {
        state = state &* 6_364_136_223_846_793_005 &+ 1
        if let scalar = Unicode.Scalar(UInt32(state >> 43) % 0x11_0000) {
          text.unicodeScalars.append(scalar)
        }
      }
      let sum = Self.reader.probabilities(of: text).probabilities.reduce(0, +)
      #expect(abs(sum - 1) < 1e-3)
    }
  }

  @Test func refusesWhatIsNoModel() throws {
    func error(_ bytes: [UInt8]) -> MoodTextError? {
      do throws(MoodTextError) {
        _ = try TextReader(bytes)
        return nil
      } catch { return error }
    }
    #expect(error([]) == .notAModel && error(Array("MOODTEXT".utf8)) == .notAModel)
    let magic = Array("MOODTEXT".utf8)
    #expect(error(magic + [2, 0, 0, 0, 0, 0, 0, 0]) == .unknownVersion(2))
    #expect(error(magic + [1, 0, 0, 0, 255, 255, 255, 255]) == .notAModel)
    let moods = Mood.allCases.map { "\"\($0)\"" }.joined(separator: ",")
    let head = Array(
      "{\"moods\":[\(moods)],\"buckets\":2,\"step\":[1,1,1,1,1,1,1],\"bias\":[0,0,0,0,0,0,0]}".utf8)
    let length = [UInt8(head.count & 255), UInt8(head.count >> 8), 0, 0]
    let whole = magic + [1, 0, 0, 0] + length + head
    #expect(error(whole) == .wrongLength(expected: whole.count + 14, found: whole.count))
    #expect(error(whole + [UInt8](repeating: 0, count: 14)) == nil)
    #expect(throws: MoodTextError.unreadable(path: "/no/such/file")) {
      try TextReader(contentsOf: "/no/such/file")
    }
  }

  @Test func isQuick() {
    let text = "I really did not expect that this would work out so well for all of us, thank you!"
    let clock = ContinuousClock()
    let time = clock.measure { for _ in 0..<200 { _ = Self.reader.probabilities(of: text) } } / 200
    print("\(time) per sentence")
    #expect(time < .milliseconds(20), "unoptimised builds too")
  }
}

struct MoodFusionTests {
  @Test func joinsTwoThatAgree() throws {
    let face = try MoodDistribution([.sad: 0.6, .neutral: 0.4])
    let words = try MoodDistribution([.sad: 0.7, .angry: 0.3])
    let fusion = MoodFusion(face: face, words: words)
    #expect(fusion.distribution.mood == .sad && fusion.decider == .both)
    #expect(fusion.distribution[.sad] > 0.9)
    #expect(fusion.sentence(face: face, words: words) == "Face and words both say sad.")
  }

  @Test func saysWhoDecided() throws {
    let face = try MoodDistribution([.happy: 0.98, .sad: 0.01, .neutral: 0.01])
    let words = try MoodDistribution([.sad: 0.5, .happy: 0.3, .neutral: 0.2])
    let fusion = MoodFusion(face: face, words: words)
    #expect(fusion.decider == .face && fusion.disagreement > 0.1)
    #expect(
      fusion.sentence(face: face, words: words)
        == "The face says happy, the words say sad; the face decided.")
    #expect(MoodFusion(face: words, words: face).decider == .words)
    #expect(abs(MoodFusion(face: face, words: face).disagreement) < 1e-9)
    #expect(MoodFusion(face: .uniform, words: .uniform).distribution.entropy > 2.8)
  }
}
