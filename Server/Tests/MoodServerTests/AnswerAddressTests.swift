import Foundation
import MoodRecommend
import Testing

@testable import MoodServer

struct AnswerAddressTests {
  static let choices = SongChoices(
    genres: ["gypsy jazz", "r&b", "rock"], languages: ["de", "en"], years: 1925...2020)

  private func read(_ query: String) throws(ServerError) -> AnswerAddress {
    try AnswerAddress(FormFields(urlEncoded: query).pairs, choices: Self.choices)
  }

  @Test(arguments: [
    "p=0.0.1000.7000.1000.0.1000",
    "p=1.2.3.4.5.6.7_0.0.0.10000.0.0.0&unsure=1&face=2", "p=1.2.3.4.5.6.7_9.9.9.9.9.9.9&face=all",
    "p=9000.0.0.0.0.0.1000&from=whole&words=0.0.0.10000.0.0.0",
    "mood=sad&goal=lift&genre=gypsy%20jazz&genre=r%26b&language=de&years=1980-1999&count=7&seed=18446744073709551615",
    "mood=angry&journey=calm&minutes=45&skips=2.4&seed=9",
    "words=1.1.1.1.1.1.1&songs=AAAAAAA._.bbbb-_9&seen=ccccccc.ddddddd",
  ])
  func isReadAndWrittenAsTheSame(_ query: String) throws {
    let address = try read(query)
    #expect("\(address)" == "/mood?" + query)
    #expect(try read(address.query) == address)
  }

  @Test(arguments: [
    "p=1.2.3", "p=1.2.3.4.5.6.x", "p=0.0.0.0.0.0.0", "p=-1.2.3.4.5.6.7", "p=1.2.3.4.5.6.10001",
    "p=1.2.3.4.5.6.7_", "p=" + Array(repeating: "1.1.1.1.1.1.1", count: 13).joined(separator: "_"),
    "p=1.2.3.4.5.6.7&face=2", "p=1.2.3.4.5.6.7&face=0", "mood=bored", "goal=sleep", "journey=mars",
    "minutes=4", "minutes=x", "genre=polka", "language=fr", "years=1990", "years=2000-1990",
    "count=51", "seed=-1", "songs=abc", "songs=_._.x", "seen=_", "skips=1.x", "skips=-1",
    "p=99999999999999999999.0.0.0.0.0.0", "words=1_1", "unsure=13",
    "skips=" + Array(repeating: "1", count: 41).joined(separator: "."),
    "songs=" + Array(repeating: "_", count: 51).joined(separator: "."),
    "seen=" + Array(repeating: "AAAAAAA", count: 1001).joined(separator: "."),
  ])
  func refusesWhatIsNone(_ query: String) {
    #expect(throws: ServerError.self) { try read(query) }
  }

  @Test func saidCountsBeforeWordsAndFaces() throws {
    let face = "p=0.0.0.10000.0.0.0_10000.0.0.0.0.0.0"
    #expect(try read(face).mood.mood == .happy)
    #expect(try read(face + "&face=2").mood.mood == .angry)
    #expect(try read(face + "&face=all").mood[.happy] == 0.5)
    #expect(try read(face + "&mood=sad").mood == MoodDistribution(certain: .sad))
    #expect(try read(face + "&words=0.0.0.0.0.10000.0").mood.mood == .sad)
    #expect(try read("unsure=1&" + face).isSure == false)
    #expect(try read("unsure=1&face=2&" + face).isSure)
    #expect(try read("unsure=2&face=all&" + face).isSure == false)
    #expect(!(try read("goal=lift").hasMood))
  }

  @Test func linksAskAnewAndRememberWhatWasShown() throws {
    let address = try read("mood=sad&songs=AAAAAAA.bbbbbbb&seen=ccccccc&seed=4")
    #expect("\(address.with(goal: .lift))" == "/mood?mood=sad&goal=lift&seen=ccccccc")
    #expect("\(address.withOthers())" == "/mood?mood=sad&seen=ccccccc.AAAAAAA.bbbbbbb")
    #expect(
      "\(address.without(place: 0))"
        == "/mood?mood=sad&seed=4&songs=_.bbbbbbb&seen=ccccccc.AAAAAAA")
    #expect(address.without(place: 2) == address)
    #expect("\(address.with(said: .happy))" == "/mood?mood=happy&seen=ccccccc")
    let journey = try read("mood=sad&journey=happy&minutes=30&seed=4&songs=AAAAAAA.bbbbbbb")
    #expect(
      "\(journey.skipping(place: 1))"
        == "/mood?mood=sad&journey=happy&minutes=30&skips=1&seed=4")
    #expect(journey.with(goal: .calm).journey == nil)
  }

  @Test func codesNameSongs() throws {
    let catalogue = Catalogue.standard
    let codes = SongCodes(catalogue)
    for position in 0..<catalogue.songCount {
      let code = SongCode(id: catalogue.song(at: position).id)
      #expect(codes.position(of: code) == position && SongCode("\(code)") == code)
    }
    #expect(SongCode("abc") == nil && SongCode("abcdef!") == nil && SongCode("äbcdef") == nil)
  }
}

struct LanguageTests {
  @Test(arguments: [
    ("", "en"), ("de", "de"), ("de-AT,de;q=0.9,en;q=0.8", "de"), ("fr, de;q=0.3, en;q=0.5", "en"),
    ("en;q=0.2,de;q=0.7", "de"), ("de;q=0", "en"), ("*", "en"), ("de;q=x", "de"), (";;,,=", "en"),
    ("DE", "de"), ("de ; q = 0.5", "de"),
  ])
  func isTheOneThatIsPreferred(_ header: String, _ language: String) {
    #expect(AnswerLanguage(accepted: header).rawValue == language)
  }
}

struct TokenThrottleTests {
  @Test func wrongTokensWaitLongerAndLonger() {
    let (throttle, now) = (TokenThrottle(), ContinuousClock.now)
    let delays = (0..<12).map { _ in throttle.delay("10.0.0.1", at: now) }
    #expect(delays[..<3].allSatisfy { $0 == .zero } && delays[3] == .milliseconds(250))
    #expect(delays[4] == .milliseconds(500) && delays.last == .seconds(8))
    #expect(throttle.delay("10.0.0.2", at: now) == .zero)
    #expect(throttle.delay("10.0.0.1", at: now + .seconds(601)) == .zero)
  }
}
