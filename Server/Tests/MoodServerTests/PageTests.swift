import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MoodRecommend
import NIOCore
import Testing

@testable import MoodServer

@Suite(.serialized) struct PageTests {
  static let multipart: HTTPFields = [.contentType: "multipart/form-data; boundary=x"]

  @Test func theFormLeadsToAnAddressWithMoodAndSongs() async throws {
    try await serve { client in
      let page = String(buffer: try await client.execute(uri: "/", method: .get).body)
      #expect(page.contains(#"action="/upload" method="post" enctype="multipart/form-data""#))
      #expect(page.contains(#"name="image""#) && page.utf8.count < 100_000)
      let sent = try await client.execute(
        uri: "/upload", method: .post, headers: Self.multipart, body: form([("image", "face")]))
      #expect(sent.status == .seeOther)
      let answer = try await client.execute(
        uri: try #require(sent.headers[.location]), method: .get)
      let text = String(buffer: answer.body)
      #expect(answer.status == .ok)
      #expect(text.contains("spotify.com") && text.lowercased().contains("happy"))
    }
  }

  @Test func whyIsShownWithoutScripts() async throws {
    try await serve { client in
      let shown = try await client.execute(
        uri: "/upload", method: .post, headers: Self.multipart,
        body: form([("image", "face"), ("why", "1")]))
      #expect(shown.status == .ok)
      #expect(String(buffer: shown.body).contains("data:image/png;base64,iVBOR"))
    }
  }

  @Test func aFacelessPhotoIsToldToAPersonAsOne() async throws {
    try await serve { client in
      for (language, words) in [("en", "No face here."), ("de-AT;q=0.9,en;q=0.1", "kein Gesicht")] {
        let answer = try await client.execute(
          uri: "/upload", method: .post,
          headers: Self.multipart + [.accept: "text/html", .acceptLanguage: language],
          body: form([("image", "sky")]))
        let text = String(buffer: answer.body)
        #expect(answer.status == .unprocessableContent)
        #expect(text.contains(words) && !text.contains("no_face"))
      }
    }
  }

  @Test func songsAreEscaped() async throws {
    let hostile = try Catalogue(
      csv: "name,artist,mood,id\n<script>alert(1)</script>,\"\"\"><img src=x>\",Happy,\n")
    try await serve(catalogue: hostile) { client in
      let answer = try await client.execute(uri: "/mood?mood=sad&goal=lift&count=1", method: .get)
      let place = try #require(answer.headers[.location])
      let text = String(buffer: try await client.execute(uri: place, method: .get).body)
      #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      #expect(!text.contains("<script>alert") && !text.contains("<img src=x>"))
    }
  }

  @Test func formsOfOtherPagesAreRefused() async throws {
    try await serve { client in
      let first = try await client.execute(uri: "/", method: .get)
      let set = try #require(first.headers[.setCookie])
      let cookie = String(set.prefix { $0 != ";" })
      let listener = try #require(Listener(cookie: String(cookie.drop { $0 != "=" }.dropFirst())))
      func post(_ token: String, _ extra: HTTPFields = [:]) async throws -> HTTPResponse.Status {
        try await client.execute(
          uri: "/upload", method: .post, headers: Self.multipart + [.cookie: cookie] + extra,
          body: form([("image", "face"), ("token", token)])
        ).status
      }
      #expect(try await post(listener.formToken) == .seeOther)
      #expect(try await post("") == .forbidden)
      #expect(try await post(listener.formToken, [.fetchSite: "cross-site"]) == .forbidden)
      #expect(try await post(listener.formToken, [.origin: "http://evil.example"]) == .forbidden)
      // Another tab's form, whose token is older than the cookie: the browser vouches for it.
      #expect(try await post("other", [.fetchSite: "same-origin"]) == .seeOther)
    }
  }

  @Test func feedbackAndForgettingWorkWithoutScripts() async throws {
    try await serve { client in
      let first = try await client.execute(uri: "/", method: .get)
      let cookie = String(try #require(first.headers[.setCookie]).prefix { $0 != ";" })
      let listener = try #require(Listener(cookie: String(cookie.drop { $0 != "=" }.dropFirst())))
      let headers: HTTPFields = [
        .contentType: "application/x-www-form-urlencoded", .cookie: cookie,
      ]
      let song = Catalogue.standard.songs[0]
      let liked = try await client.execute(
        uri: "/feedback", method: .post, headers: headers,
        body: ByteBuffer(
          string: "token=\(listener.formToken)&song=\(song.id)&action=like&mood=sad"))
      #expect(liked.status == .seeOther && liked.headers[.location] == "/history?said=thanks")
      let history = try await client.execute(
        uri: "/history", method: .get, headers: [.cookie: cookie])
      #expect(String(buffer: history.body).contains("liked"))
      let gone = try await client.execute(
        uri: "/forget", method: .post, headers: headers,
        body: ByteBuffer(string: "token=\(listener.formToken)"))
      #expect(gone.status == .seeOther)
      #expect(gone.headers[.setCookie] == Listener.clearCookie)
    }
  }

  @Test func failuresAreTellingPages() async throws {
    try await serve { client in
      let answer = try await client.execute(
        uri: "/upload", method: .post, headers: Self.multipart + [.accept: "text/html"],
        body: form([("image", "bad")]))
      #expect(answer.status == .unsupportedMediaType)
      let text = String(buffer: answer.body)
      #expect(text.contains("The file is neither a JPEG nor a PNG.") && !text.contains("415"))
    }
  }

  @Test(arguments: ["localhost:80", "127.0.0.1", "[::1]:8080"])
  func ownNames(_ host: String) { #expect(Safeguards.isLoopbackName(host)) }

  @Test(arguments: ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example"])
  func otherNames(_ host: String) { #expect(!Safeguards.isLoopbackName(host)) }

  @Test(arguments: ["", "x", ".", "0.0", String(repeating: "g", count: 32) + "."])
  func otherCookies(_ cookie: String) { #expect(Listener(cookie: cookie) == nil) }
}

func + (left: HTTPFields, right: HTTPFields) -> HTTPFields {
  var all = left
  for field in right { all.append(field) }
  return all
}
