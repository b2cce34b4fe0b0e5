import Testing

@testable import MoodRecommend

/// What is said in each language; that it is true is checked by `SentenceTests`.
struct LanguageTests {
  static let fast = Trait(feature: .tempo, isHigh: true)
  static let answer = MoodAnswer(
    category: .calm, traits: [Trait(feature: .energy, isHigh: false)], cheerfulWords: nil,
    mood: .angry, second: nil, effect: .calm, nearness: 0.9, share: 0.95)
  static let table: [(fact: ReasonFact, english: String, german: String)] = [
    (
      .mood(answer), "calm and quiet, to calm an angry mood",
      "ruhig und still, beruhigend für eine wütende Stimmung"
    ),
    (.popular(71), "popular (71 of 100)", "beliebt (71 von 100)"),
    (
      .taste(fast, isLiked: true, in: nil, Liking(liked: 6, judged: 6)),
      "you like fast songs (6 of 6 liked)", "du magst schnelle Lieder (6 von 6 gefielen dir)"
    ),
    (
      .taste(fast, isLiked: false, in: .sad, Liking(liked: 1, judged: 6)),
      "you avoid fast songs when you are sad (5 of 6 disliked)",
      "du meidest schnelle Lieder, wenn du traurig bist (5 von 6 gefielen dir nicht)"
    ),
    (.song(isLiked: true), "marked as liked before", "gefiel dir schon einmal"),
    (
      .artist(isLiked: true, Liking(liked: 5, judged: 5)),
      "you like this artist (5 of 5 songs liked)",
      "du magst diese Künstler (5 von 5 Liedern gefielen dir)"
    ),
    (
      .genre("tango", isLiked: false, Liking(liked: 0, judged: 5)),
      "you avoid tango (5 of 5 songs disliked)",
      "du meidest tango (5 von 5 Liedern gefielen dir nicht)"
    ),
    (.others(liked: 4, of: 5), "4 of 5 other listeners liked it", "gefiel 4 von 5 anderen"),
    (
      .neighbours(liked: 3, song: "Respect"), "3 other listeners who liked Respect liked it too",
      "gefiel auch 3 anderen, denen „Respect“ gefiel"
    ),
    (.exploration, "something new", "etwas Neues"),
    (
      .classic(.calm, .angry), "a popular Calm song, the classic answer to angry",
      "ein beliebtes ruhiges Lied, die klassische Antwort auf eine wütende Stimmung"
    ),
  ]

  @Test(arguments: table.indices)
  func saysAFactInBothLanguages(_ row: Int) {
    let (fact, english, german) = Self.table[row]
    #expect(fact.sentence(in: .english) == english)
    #expect(fact.sentence(in: .german) == german)
  }

  @Test func answersComeInTheLanguageAskedFor() throws {
    let recommender = Recommender()
    let mood = MoodDistribution(certain: .sad)
    let found = try recommender.recommend(
      for: mood, options: .init(filter: .init(genres: ["tango"])))
    let ranked = try #require(found.songs.first)
    let answer = SongAnswer(ranked, in: .german)
    #expect(answer.explanation == ranked.explanation(in: .german))
    #expect(answer.reasons.map(\.sentence) == ranked.reasons.map { $0.sentence(in: .german) })
    #expect(answer.explanation != SongAnswer(ranked).explanation)
    let note = try #require(found.notes.first)
    #expect(NoteAnswer(note, in: .german).sentence == note.sentence(in: .german))
    #expect(NoteAnswer(note, in: .german).sentence != NoteAnswer(note).sentence)
  }

  @Test func readsTags() {
    #expect(AnswerLanguage(tag: "de-AT") == .german && AnswerLanguage(tag: "EN_us") == .english)
    #expect(AnswerLanguage(tag: "fr") == nil && AnswerLanguage(tag: "") == nil)
  }
}
