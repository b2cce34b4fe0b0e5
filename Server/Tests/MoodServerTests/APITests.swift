import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MoodRecommend
import MoodVision
import NIOCore
import Testing

@testable import MoodServer

@Suite(.serialized) struct APITests {
  @Test func recommendsForABareImageAndForAForm() async throws {
    try await serve { client in
      let bare = try await client.execute(
        uri: "/api/v1/recommend?count=3&seed=7", method: .post,
        headers: [.contentType: "image/jpeg"], body: ByteBuffer(string: "face"))
      #expect(bare.status == .ok)
      let body = try JSONDecoder().decode(
        RecommendationBody.self, from: Data(bare.body.readableBytesView))
      #expect(body.reading.mood == .happy && body.songs.count == 3)
      let sent = try await client.execute(
        uri: "/api/v1/recommend", method: .post,
        headers: [.contentType: "multipart/form-data; boundary=x"],
        body: form([("image", "face"), ("count", "3"), ("seed", "7")]))
      #expect(sent.body == bare.body)
      #expect(bare.headers[.contentSecurityPolicy] == Safeguards.policy)
      #expect(bare.headers[.xContentTypeOptions] == "nosniff")
    }
  }

  @Test(arguments: [
    ("image/jpeg", "bad", 415, "not_an_image"), ("image/jpeg", "cut", 422, "truncated_image"),
    ("image/jpeg", "sky", 422, "no_face"), ("image/jpeg", "", 400, "no_image"),
    ("text/plain", "face", 415, "unsupported_media_type"),
    ("multipart/form-data", "--x", 400, "bad_form"),
    ("multipart/form-data; boundary=x", "--x\r\n", 400, "bad_form"),
    ("multipart/form-data; boundary=x", "--x--", 400, "no_image"),
  ])
  func refusals(_ type: String, _ body: String, _ status: Int, _ code: String) async throws {
    try await serve { client in
      let answer = try await client.execute(
        uri: "/api/v1/classify", method: .post, headers: [.contentType: type],
        body: ByteBuffer(string: body))
      #expect(answer.status.code == status)
      #expect(answer.headers[.contentType] == "application/problem+json")
      let problem = try JSONDecoder().decode(
        Problem.self, from: Data(answer.body.readableBytesView))
      #expect(problem.code == code && problem.status == status)
      #expect(problem.type == "/api#" + code)
      #expect(problem.detail.hasSuffix(".") && !problem.detail.contains(code))
      #expect(problem.request_id == answer.headers[.requestID])
    }
  }

  @Test(arguments: [
    "goal=sleep", "genre=none", "count=0", "count=x", "seed=-1", "region=1,2,3", "journey=mars",
    "journey=calm&minutes=3", "years=1999", "years=2000-1990", "language=klingon", "face=0",
    "face=2", "face=some", "songs=x", "seen=abc", "skips=a", "words=1.2.3", "mood=bored",
  ])
  func refusesBadValues(_ query: String) async throws {
    try await serve { client in
      let answer = try await client.execute(
        uri: "/api/v1/recommend?\(query)", method: .post, headers: [.contentType: "image/png"],
        body: ByteBuffer(string: "face"))
      #expect(answer.status == .badRequest)
    }
  }

  @Test func leadsToAGoalAndGivesOthers() async throws {
    try await serve { client in
      func recommend(_ query: String) async throws -> RecommendationBody {
        let answer = try await client.execute(
          uri: "/api/v1/recommend?\(query)", method: .post, headers: [.contentType: "image/png"],
          body: ByteBuffer(string: "face"))
        #expect(answer.status == .ok)
        return try JSONDecoder().decode(
          RecommendationBody.self, from: Data(answer.body.readableBytesView))
      }
      let way = try #require(try await recommend("journey=calm&minutes=20&seed=1").journey)
      #expect(way.stops.count > 3 && abs(way.duration / 1_200 - 1) <= 0.051)
      let first = try await recommend("count=5&seed=1").songs.map(\.id)
      let others = try await recommend(
        "count=5&seed=1&exclude=\(first.joined(separator: ","))"
      ).songs.map(\.id)
      #expect(others.count == 5 && Set(first).isDisjoint(with: others))
    }
  }

  @Test func aFacelessPhotoIsReadOnlyAsAWhole() async throws {
    try await serve { client in
      func classify(_ query: String) async throws -> TestResponse {
        try await client.execute(
          uri: "/api/v1/classify?id=a.png\(query)", method: .post,
          headers: [.contentType: "image/png"], body: ByteBuffer(string: "sky"))
      }
      #expect(try await classify("").status == .unprocessableContent)
      for region in ["whole", "none"] {
        let answer = try await classify("&region=\(region)")
        let reading = try JSONDecoder().decode(
          MoodReading.self, from: Data(answer.body.readableBytesView))
        #expect(reading.source == .whole && reading.id == "a.png")
      }
    }
  }

  @Test func theBodyLimitIsExact() async throws {
    var options = ServerOptions()
    options.bodyLimit = 1000
    try await serve(options) { client in
      for (count, status) in [(1000, HTTPResponse.Status.ok), (1001, .contentTooLarge)] {
        let answer = try await client.execute(
          uri: "/api/v1/classify", method: .post, headers: [.contentType: "image/png"],
          body: ByteBuffer(repeating: 65, count: count))
        #expect(answer.status == status)
      }
    }
  }

  @Test func feedbackIsRememberedAndForgotten() async throws {
    try await serve { client in
      let song = Catalogue.standard.songs[0].id
      let first = try await client.execute(
        uri: "/api/v1/feedback", method: .post, headers: [.contentType: "application/json"],
        body: ByteBuffer(string: #"{"action":"like","song":"\#(song)","mood":"happy"}"#))
      #expect(first.status == .noContent)
      let set = try #require(first.headers[.setCookie])
      #expect(set.contains("HttpOnly") && set.contains("SameSite=Strict"))
      let cookie = String(set.prefix { $0 != ";" })
      func entries() async throws -> [HistoryBody.Entry] {
        let answer = try await client.execute(
          uri: "/api/v1/history", method: .get, headers: [.cookie: cookie])
        return try JSONDecoder().decode(HistoryBody.self, from: Data(answer.body.readableBytesView))
          .entries
      }
      #expect(try await entries().map(\.event) == ["like"])
      let gone = try await client.execute(
        uri: "/api/v1/listener", method: .delete, headers: [.cookie: cookie])
      #expect(gone.status == .noContent)
      #expect(try await entries().isEmpty)
    }
  }

  @Test(arguments: [
    ("{", 400), ("{}", 400), (#"{"action":"love"}"#, 400), (#"{"action":"like"}"#, 400),
    (#"{"action":"like","song":"nobody-nothing"}"#, 404), (#"{"action":"not_my_mood"}"#, 400),
    (#"{"action":"not_my_mood","mood":"sad"}"#, 204),
    (#"{"action":"not_my_mood","mood":"bored"}"#, 400),
    (#"{"action":"rating","song":"abba-dancing-queen"}"#, 400),
    (#"{"action":"rating","song":"abba-dancing-queen","rating":6}"#, 400),
    (#"{"action":"rating","song":"abba-dancing-queen","rating":5}"#, 204),
    (#"{"action":"play","song":"abba-dancing-queen"}"#, 204),
  ])
  func feedbackIsChecked(_ body: String, _ status: Int) async throws {
    try await serve { client in
      let answer = try await client.execute(
        uri: "/api/v1/feedback", method: .post, headers: [.contentType: "application/json"],
        body: ByteBuffer(string: body))
      #expect(answer.status.code == status)
    }
  }

  @Test(arguments: ["", "0", "1001", "ten"])
  func historyIsLimitedByANumber(_ limit: String) async throws {
    try await serve { client in
      let answer = try await client.execute(uri: "/api/v1/history?limit=\(limit)", method: .get)
      #expect(answer.status == .badRequest)
    }
  }

  @Test func healthAndMetrics() async throws {
    try await serve { client in
      for path in ["/healthz", "/readyz", "/openapi.json", "/v2", "/v2/health/live"] {
        #expect(try await client.execute(uri: path, method: .get).status == .ok)
      }
      for photo in ["bad", "face"] {
        _ = try await client.execute(
          uri: "/api/v1/classify", method: .post, headers: [.contentType: "image/png"],
          body: ByteBuffer(string: photo))
      }
      let text = String(buffer: try await client.execute(uri: "/metrics", method: .get).body)
      #expect(text.contains("mood_failures_total{reason=\"not_an_image\"} 1"))
      #expect(text.contains("mood_answer_seconds_count 2"))
      let route = #"route="/api/v1/classify""#
      #expect(
        text.contains("mood_requests_total{method=\"POST\",\(route),status=\"415\"} 1"))
      #expect(text.contains("mood_request_seconds_count{\(route)} 2"))
      #expect(text.contains("mood_build_info{version=") && text.contains("process_start_time"))
      #expect(try await client.execute(uri: "/nothing", method: .get).status == .notFound)
      let wrong = try await client.execute(uri: "/upload", method: .get)
      #expect(wrong.status == .methodNotAllowed && wrong.headers[.allow] == "POST")
    }
  }

  @Test func theTokenIsAskedFor() async throws {
    var options = ServerOptions()
    options.token = "secret"
    try await serve(options) { client in
      #expect(
        try await client.execute(uri: "/api/v1/history", method: .get).status == .unauthorized)
      let answer = try await client.execute(
        uri: "/api/v1/history", method: .get, headers: [.authorization: "Bearer secret"])
      #expect(answer.status == .ok)
      #expect(try await client.execute(uri: "/healthz", method: .get).status == .ok)
    }
  }

  /// The router takes these for the paths that they look like, so the token must be asked for too.
  @Test(arguments: [
    "/", "/history", "/history/", "//history", "/api/v1/history", "//api/v1/history",
    "/metrics", "/metrics/", "//metrics", "/nothing",
  ])
  func noSpellingOfAPathGoesAroundTheToken(_ path: String) async throws {
    var options = ServerOptions()
    options.token = "secret"
    try await serve(options) { client in
      let answer = try await client.execute(uri: path, method: .get)
      #expect(answer.status == .unauthorized)
    }
  }

  @Test func aBrowserSendsTheTokenAsPassword() async throws {
    var options = ServerOptions()
    options.token = "se:cret"
    try await serve(options) { client in
      let asked = try await client.execute(
        uri: "/", method: .get, headers: [.accept: "text/html,*/*"])
      #expect(asked.status == .unauthorized)
      #expect(asked.headers[values: .wwwAuthenticate].contains { $0.hasPrefix("Basic realm=") })
      for (words, status) in [
        ("anna:se:cret", HTTPResponse.Status.ok), (":se:cret", .ok), ("anna:secret", .unauthorized),
        ("se:cret", .unauthorized), ("secret", .unauthorized), ("", .unauthorized),
      ] {
        let basic = "Basic " + Data(words.utf8).base64EncodedString()
        let page = try await client.execute(
          uri: "/", method: .get, headers: [.authorization: basic])
        #expect(page.status == status, "\(words)")
      }
      let sent = try await client.execute(
        uri: "/upload", method: .post,
        headers: PageTests.multipart + [
          .authorization: "Basic " + Data("anna:se:cret".utf8).base64EncodedString()
        ], body: form([("image", "face")]))
      #expect(sent.status == .seeOther)
    }
  }

  @Test func explainsWithAPicture() async throws {
    try await serve { client in
      let answer = try await client.execute(
        uri: "/api/v1/explain", method: .post, headers: [.contentType: "image/png"],
        body: ByteBuffer(string: "face"))
      #expect(answer.status == .ok && answer.headers[.contentType] == "image/png")
      #expect(answer.body.readableBytesView.starts(with: [0x89, 0x50, 0x4e, 0x47]))
    }
  }
}
