import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MoodRecommend
import NIOCore
import Testing

@testable import MoodServer

@Suite(.serialized) struct PageTests {
  static let multipart: HTTPFields = [
    .contentType: "multipart/form-data; boundary=x", .accept: "text/html",
  ]

  /// A page, as a browser gets it, with the places that it leads to on the way.
  static func page(
    _ client: any TestClientProtocol, _ uri: String, _ headers: HTTPFields = [:]
  ) async throws -> (text: String, uri: String, status: HTTPResponse.Status) {
    let headers = [.accept: "text/html"] + headers
    var uri = uri
    for _ in 0..<3 {
      let answer = try await client.execute(uri: uri, method: .get, headers: headers)
      guard answer.status == .seeOther, let next = answer.headers[.location] else {
        return (String(buffer: answer.body), uri, answer.status)
      }
      uri = next
    }
    throw ServerError.notFound
  }

  /// Where the answer to a form is.
  static func upload(
    _ client: any TestClientProtocol, _ fields: [(String, String)], _ headers: HTTPFields = [:]
  ) async throws -> TestResponse {
    try await client.execute(
      uri: "/upload", method: .post, headers: multipart + headers, body: form(fields))
  }

  @Test func theFirstPageWorksWithoutScripts() async throws {
    try await serve { client in
      let page = try await Self.page(client, "/").text
      #expect(page.contains(#"action="/upload" method="post" enctype="multipart/form-data""#))
      for part in [
        #"name="image""#, #"name="text""#, #"name="example""#, #"href="/mood?mood=sad"#,
        #"capture="user""#,
      ] {
        #expect(page.contains(part), "\(part)")
      }
      // The policy of styles forbids them, so they would be lost.
      #expect(!page.contains(" style=") && !page.contains("<style"))
    }
  }

  @Test func anUploadLeadsToAnAnswerWithAnAddress() async throws {
    try await serve { client in
      let answer = try await Self.upload(client, [("image", "face"), ("goal", "match")])
      #expect(answer.status == .seeOther)
      let place = try #require(answer.headers[.location])
      #expect(place.hasPrefix("/mood?p="))
      let (text, uri, status) = try await Self.page(client, place)
      #expect(status == .ok && uri == place)
      #expect(text.contains("<title>Happy – mood</title>"))
      #expect(text.contains(#"tabindex="-1" data-len="5">Happy</h1>"#))
      #expect(text.contains("70.0 %") && text.components(separatedBy: "<li data-code=").count == 6)
      #expect(text.contains(#"target="_blank" rel="noopener noreferrer""#))
      #expect(!text.contains("<iframe") && !text.contains(" style=") && !text.contains("<form id="))
      #expect(try await Self.page(client, uri).text.contains("Happy"))
    }
  }

  @Test func aFragmentIsTheViewAlone() async throws {
    try await serve { client in
      let (text, uri, _) = try await Self.page(client, "/mood?mood=sad&goal=lift")
      let part = try await Self.page(client, uri, [.fragment: "1"]).text
      #expect(!part.contains("<html") && part.contains(#"data-light="sad""#))
      #expect(part.contains(#"data-title="Sad – mood""#) && text.contains(part.prefix(200)))
    }
  }

  @Test func pagesSpeakGerman() async throws {
    try await serve { client in
      let text = try await Self.page(
        client, "/mood?mood=surprise", [.acceptLanguage: "de-AT,de;q=0.9,en;q=0.5"]
      ).text
      #expect(text.contains(#"<html lang="de""#) && text.contains(">Überrascht</h1>"))
      #expect(text.contains("Als Playlist sichern") && !text.contains("Save as playlist"))
    }
  }

  @Test func whyIsShownWithoutScripts() async throws {
    try await serve { client in
      let shown = try await Self.upload(client, [("image", "face"), ("why", "1")])
      #expect(shown.status == .ok)
      #expect(String(buffer: shown.body).contains("<img src=\"data:image/png;base64,iVBOR"))
    }
  }

  @Test func aFacelessPhotoIsToldToAPersonAsOne() async throws {
    try await serve { client in
      let answer = try await Self.upload(client, [("image", "sky")])
      let text = String(buffer: answer.body)
      #expect(answer.status == .unprocessableContent)
      #expect(text.contains("No face here.") && text.contains("Look at all of it anyway"))
      #expect(text.contains(#"href="/mood?mood=happy"#))
    }
  }

  @Test func severalFacesAreAskedAbout() async throws {
    try await serve { client in
      let faces = "0.0.0.9000.1000.0.0_0.0.0.0.1000.9000.0_0.0.0.0.10000.0.0"
      let text = try await Self.page(client, "/faces?p=\(faces)&goal=match").text
      #expect(text.contains("Three faces.") && text.contains("face=2") && text.contains("face=all"))
      #expect(text.contains("looks happy") && text.contains("looks sad"))
      let answer = try await Self.page(client, "/mood?p=\(faces)&face=2").text
      #expect(answer.contains(">Sad</h1>") && answer.contains(#"href="/faces?p="#))
      #expect(try await Self.page(client, "/faces?mood=sad").status == .badRequest)
    }
  }

  @Test func aJourneyHasItsCurve() async throws {
    try await serve { client in
      let (text, uri, _) = try await Self.page(client, "/mood?mood=sad&journey=calm&minutes=30")
      #expect(text.contains("From sad to calm") && text.contains(#"<svg class="big""#))
      #expect(text.contains(#"<select name="journey""#) && uri.contains("seed="))
      #expect(text.contains("skips=0") && text.contains("skips=2"))
      let skipped = try await Self.page(client, uri + "&skips=1").text
      #expect(skipped.contains("Songs skipped: 1"))
    }
  }

  @Test func songsAreEscaped() async throws {
    let hostile = try Catalogue(
      csv: "name,artist,mood,id\n<script>alert(1)</script>,\"\"\"><img src=x>\",Happy,\n")
    try await serve(catalogue: hostile) { client in
      for address in ["/mood?mood=happy&goal=lift", "/card?mood=happy"] {
        let text = try await Self.page(client, address).text
        #expect(!text.contains("<script>alert") && !text.contains("<img src=x>"))
        if address.hasPrefix("/mood") {
          #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        }
      }
    }
  }

  @Test func formsOfOtherPagesAreRefused() async throws {
    try await serve { client in
      let first = try await client.execute(uri: "/", method: .get)
      let set = try #require(first.headers[.setCookie])
      let cookie = String(set.prefix { $0 != ";" })
      let listener = try #require(Listener(cookie: String(cookie.drop { $0 != "=" }.dropFirst())))
      func post(_ token: String, _ extra: HTTPFields = [:]) async throws -> HTTPResponse.Status {
        try await Self.upload(
          client, [("image", "face"), ("token", token)], [.cookie: cookie] + extra
        ).status
      }
      #expect(try await post(listener.formToken) == .seeOther)
      #expect(try await post("") == .forbidden)
      #expect(try await post(listener.formToken, [.fetchSite: "cross-site"]) == .forbidden)
      #expect(try await post(listener.formToken, [.origin: "http://evil.example"]) == .forbidden)
    }
  }

  @Test func heartsAndForgettingWorkWithoutScripts() async throws {
    try await serve { client in
      let first = try await client.execute(uri: "/", method: .get)
      let cookie = String(try #require(first.headers[.setCookie]).prefix { $0 != ";" })
      let listener = try #require(Listener(cookie: String(cookie.drop { $0 != "=" }.dropFirst())))
      let headers: HTTPFields = [
        .contentType: "application/x-www-form-urlencoded", .cookie: cookie,
      ]
      let (text, uri, _) = try await Self.page(client, "/mood?mood=sad", [.cookie: cookie])
      let id = try #require(text.firstMatch(of: /name="song" value="([^"]+)"/)?.output.1)
      let back = uri.replacing("&", with: "%26").replacing("=", with: "%3D")
      func say(_ action: String) async throws -> TestResponse {
        try await client.execute(
          uri: "/feedback", method: .post, headers: headers,
          body: ByteBuffer(
            string: "token=\(listener.formToken)&song=\(id)&action=\(action)&mood=sad&back=\(back)")
        )
      }
      let liked = try await say("like")
      #expect(liked.status == .seeOther && liked.headers[.location] == uri)
      let after = try await Self.page(client, uri, [.cookie: cookie]).text
      #expect(after.contains(#"value="undo" aria-pressed="true""#))
      #expect(try await Self.page(client, "/history", [.cookie: cookie]).text.contains("liked"))
      _ = try await say("undo")
      #expect(
        !(try await Self.page(client, uri, [.cookie: cookie]).text.contains(#"value="undo""#)))
      let gone = try await client.execute(
        uri: "/forget", method: .post, headers: headers,
        body: ByteBuffer(string: "token=\(listener.formToken)"))
      #expect(gone.status == .seeOther && gone.headers[.setCookie] == Listener.clearCookie)
    }
  }

  @Test func failuresAreSentencesWithoutCodes() async throws {
    try await serve { client in
      let answer = try await Self.upload(client, [("image", "bad")])
      let text = String(buffer: answer.body)
      #expect(answer.status == .unsupportedMediaType && text.contains(#"role="alert""#))
      #expect(!text.contains("not_an_image") && !text.contains("415"))
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
