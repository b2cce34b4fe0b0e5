import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MoodRecommend
import MoodText
import MoodVision
import NIOCore
import Testing

@testable import MoodServer

@Suite(.serialized) struct AnswerTests {
  /// Follows an address to the complete one.
  private func complete(
    _ address: String, _ client: any TestClientProtocol
  ) async throws -> String {
    let answer = try await client.execute(uri: address, method: .get)
    #expect(answer.status == .seeOther)
    return try #require(answer.headers[.location])
  }

  private func songs(
    _ address: String, _ client: any TestClientProtocol
  ) async throws -> SongsBody {
    let query = address.split(separator: "?")[1]
    let answer = try await client.execute(uri: "/api/v1/songs?\(query)", method: .get)
    #expect(answer.status == .ok, "\(String(buffer: answer.body))")
    return try JSONDecoder().decode(SongsBody.self, from: Data(answer.body.readableBytesView))
  }

  private func read(_ address: String) throws -> AnswerAddress {
    let songs = RecommenderSongs(Recommender(catalogue: .standard))
    let query = address.split(separator: "?")[1]
    return try AnswerAddress(FormFields(urlEncoded: query).pairs, choices: songs.choices)
  }

  @Test func anAddressStaysWhatItIs() async throws {
    try await serve { client in
      let address = try await complete("/mood?mood=sad&goal=lift", client)
      for _ in 0..<2 {
        #expect(try await client.execute(uri: address, method: .get).status == .ok)
        let body = try await songs(address, client)
        #expect(body.address == address && body.songs.count == 5 && body.mood == .sad)
        #expect(body.songs.allSatisfy { !$0.song.explanation.isEmpty && !$0.liked })
      }
    }
  }

  @Test func aDislikedSongStaysWhereItIsShown() async throws {
    try await serve { client in
      let address = try await complete("/mood?mood=happy", client)
      let before = try await songs(address, client).songs.map(\.song.id)
      let answer = try await client.execute(
        uri: "/api/v1/feedback", method: .post, headers: [.contentType: "application/json"],
        body: ByteBuffer(string: #"{"action":"like","song":"\#(before[1])","mood":"happy"}"#))
      let cookie = String(try #require(answer.headers[.setCookie]).prefix { $0 != ";" })
      let query = address.split(separator: "?")[1]
      let after = try await client.execute(
        uri: "/api/v1/songs?\(query)", method: .get, headers: [.cookie: cookie])
      let body = try JSONDecoder().decode(SongsBody.self, from: Data(after.body.readableBytesView))
      #expect(body.songs.map(\.song.id) == before)
      #expect(body.songs.map(\.liked) == [false, true, false, false, false])
      let undone = try await client.execute(
        uri: "/api/v1/feedback", method: .post,
        headers: [.contentType: "application/json", .cookie: cookie],
        body: ByteBuffer(string: #"{"action":"undo","song":"\#(before[1])"}"#))
      #expect(undone.status == .noContent)
      let history = try await client.execute(
        uri: "/api/v1/history", method: .get, headers: [.cookie: cookie])
      let entries = try JSONDecoder().decode(
        HistoryBody.self, from: Data(history.body.readableBytesView)
      ).entries
      #expect(entries.isEmpty)
    }
  }

  @Test func othersNeverRepeatUntilNoneAreLeft() async throws {
    try await serve { client in
      var address = try await complete("/mood?mood=neutral&goal=match", client)
      var shown: Set<String> = []
      var rounds = 0
      while rounds < Catalogue.standard.songCount {
        let body = try await songs(address, client)
        #expect(shown.isDisjoint(with: body.songs.map(\.code)))
        shown.formUnion(body.songs.map(\.code))
        if body.songs.isEmpty { break }
        rounds += 1
        let next = "\(try read(address).withOthers())"
        let answer = try await client.execute(uri: next, method: .get)
        address = answer.headers[.location] ?? next
      }
      #expect(shown.count == Catalogue.standard.songCount && rounds == (shown.count + 4) / 5)
    }
  }

  @Test func aReplacementTakesThePlace() async throws {
    try await serve { client in
      let address = try await complete("/mood?mood=happy&count=3", client)
      let before = try await songs(address, client).songs.map(\.code)
      let after = try await complete("\(try read(address).without(place: 1))", client)
      let codes = try await songs(after, client).songs.map(\.code)
      #expect(codes[0] == before[0] && codes[2] == before[2] && codes[1] != before[1])
      #expect(Set(try await songs(after, client).songs.map(\.song.artist)).count == 3)
    }
  }

  @Test func aJourneyIsPlannedAnewBehindASkip() async throws {
    try await serve { client in
      let address = try await complete("/mood?mood=sad&journey=happy&minutes=30", client)
      let before = try #require(try await songs(address, client).journey).stops.map(\.id)
      #expect(try await songs(address, client).journey?.stops.map(\.id) == before)
      let skipped = try await complete("\(try read(address).skipping(place: 2))", client)
      let after = try #require(try await songs(skipped, client).journey).stops.map(\.id)
      #expect(after.prefix(2) == before.prefix(2) && !after.contains(before[2]))
      let wrong = try await client.execute(uri: address + "&skips=90", method: .get)
      #expect(wrong.status == .unprocessableContent)
    }
  }

  @Test func wordsAndMoodsNeedNoPhoto() async throws {
    try await serve { client in
      let words = try await client.execute(
        uri: "/upload", method: .post,
        headers: [.contentType: "application/x-www-form-urlencoded"],
        body: ByteBuffer(string: "text=I+am+so+happy+today&goal=match"))
      let place = try #require(words.headers[.location])
      #expect(
        place.contains("words=") && !place.contains("happy+today") && !place.contains("today"))
      let said = try await client.execute(
        uri: "/api/v1/text", method: .post, headers: [.contentType: "application/json"],
        body: ByteBuffer(string: #"{"text":"I am so happy today"}"#))
      let body = try JSONDecoder().decode(
        Addressed<TextAnswer>.self, from: Data(said.body.readableBytesView))
      #expect(body.answer.mood == "happy" && body.address.hasPrefix("/mood?words="))
      let recommended = try await client.execute(
        uri: "/api/v1/recommend?mood=angry&goal=calm&count=2", method: .post,
        headers: [.contentType: "application/x-www-form-urlencoded"], body: ByteBuffer(string: ""))
      let songs = try JSONDecoder().decode(
        SongsBody.self, from: Data(recommended.body.readableBytesView))
      #expect(songs.mood == .angry && songs.songs.count == 2)
      let none = try await client.execute(uri: "/mood?goal=lift", method: .get)
      #expect(none.status == .badRequest)
    }
  }

  @Test func facesAreInTheAddress() async throws {
    try await serve { client in
      let answer = try await client.execute(
        uri: "/api/v1/classify", method: .post, headers: [.contentType: "image/png"],
        body: ByteBuffer(string: "two"))
      let body = try JSONDecoder().decode(
        Addressed<MoodReading>.self, from: Data(answer.body.readableBytesView))
      #expect(body.answer.faces.count == 2)
      #expect(body.address == "/mood?p=0.0.1000.7000.1000.0.1000_9000.0.0.0.1000.0.0&unsure=2")
      #expect(try read(body.address + "&face=2").mood.mood == .angry)
    }
  }

  @Test(arguments: [
    ("m3u8", "#EXTM3U"), ("xspf", "<?xml"), ("csv", "name,artist"), ("uris", "spotify:track:"),
    ("jspf", "{"),
  ])
  func listsAreFiles(_ format: String, _ start: String) async throws {
    try await serve { client in
      let address = try await complete("/mood?mood=happy&count=20", client)
      let query = address.split(separator: "?")[1]
      let answer = try await client.execute(
        uri: "/playlist?format=\(format)&\(query)", method: .get)
      #expect(answer.status == .ok && String(buffer: answer.body).hasPrefix(start))
      #expect(
        answer.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"mood-") == true)
      let journey = try await complete("/mood?mood=sad&journey=calm", client).split(separator: "?")[
        1]
      let way = try await client.execute(
        uri: "/playlist?format=\(format)&\(journey)", method: .get)
      #expect(way.status == .ok || format == "uris")
    }
  }

  @Test func theCardHasTheSongsOfTheAddress() async throws {
    try await serve { client in
      let address = try await complete("/mood?mood=sad&goal=lift", client)
      let query = address.split(separator: "?")[1]
      let songs = try await songs(address, client).songs
      for (shape, size) in [("card", "1500"), ("wide", "630"), ("story", "1920")] {
        let answer = try await client.execute(
          uri: "/card.svg?shape=\(shape)&photo=1&\(query)", method: .get,
          headers: [.acceptLanguage: "de"])
        let drawing = String(buffer: answer.body)
        #expect(answer.status == .ok && answer.headers[.contentType] == "image/svg+xml")
        #expect(drawing.contains("height=\"\(size)\"") && drawing.contains("Traurig"))
        #expect(drawing.contains("id=\"photo\"") && drawing.contains("selbst gewählt"))
        let title = songs[0].song.artist.replacing("&", with: "&amp;")
        #expect(drawing.contains(title.prefix(8)))
      }
      #expect(
        try await client.execute(uri: "/card.svg?shape=round&\(query)", method: .get).status
          == .badRequest)
    }
  }

  @Test func aCookieThatIsNotThereIsSaid() async throws {
    try await serve { client in
      let song = Catalogue.standard.songs[0].id
      let answer = try await client.execute(
        uri: "/feedback", method: .post,
        headers: [
          .contentType: "application/x-www-form-urlencoded", .fragment: "1",
          .fetchSite: "same-origin",
        ], body: ByteBuffer(string: "token=abc&song=\(song)&action=like&mood=sad"))
      #expect(answer.status == .conflict)
      let problem = try JSONDecoder().decode(
        Problem.self, from: Data(answer.body.readableBytesView))
      #expect(problem.code == "no_cookie" && problem.detail.hasPrefix("Nothing was kept"))
    }
  }

  @Test(arguments: [
    "//evil.example/mood?x", "https://evil.example/", "/mood?a\nb", "/api/v1/songs", "",
  ])
  func formsLeadBackToOurOwnPagesOnly(_ back: String) async throws {
    try await serve { client in
      var fields = FormFields()
      fields.append("back", back)
      let answer = try await client.execute(
        uri: "/language?to=de&back="
          + (back.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""), method: .get)
      #expect(answer.status == .seeOther && answer.headers[.location] == "/")
    }
  }
}
