import Foundation
import Synchronization
import Testing

@testable import SpotifyClient

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A server that answers what it is told to, and keeps what it was asked.
final class FakeSpotify: SpotifyTransport {
  struct Request: Sendable {
    let url, method, authorization, body: String
  }
  private let state: Mutex<(answers: [(String, Int)], requests: [Request])>

  init(_ answers: [(String, Int)]) { state = Mutex((answers, [])) }

  var requests: [Request] { state.withLock { $0.requests } }

  func send(_ request: URLRequest) async throws -> (body: Data, status: Int) {
    let seen = Request(
      url: request.url?.absoluteString ?? "", method: request.httpMethod ?? "",
      authorization: request.value(forHTTPHeaderField: "Authorization") ?? "",
      body: String(decoding: request.httpBody ?? Data(), as: UTF8.self))
    return try state.withLock { state in
      state.requests.append(seen)
      guard !state.answers.isEmpty else { throw URLError(.cannotConnectToHost) }
      let (text, status) = state.answers.removeFirst()
      return (Data(text.utf8), status)
    }
  }
}

struct SpotifyClientTests {
  static let token = #"{"access_token":"a1","refresh_token":"r1","expires_in":3600}"#
  static let track = "spotify:track:exampleexampleexample1"
  static let playlist = "exampleexampleplaylist"
  static let start = Date(timeIntervalSince1970: 1_000_000)

  let path = FileManager.default.temporaryDirectory
    .appending(path: "mood-\(UUID().uuidString)/spotify.json").path

  func client(_ server: FakeSpotify, later: Double = 0) -> SpotifyClient {
    SpotifyClient(
      file: TokenFile(path: path), transport: server,
      now: { Self.start.addingTimeInterval(later) })
  }

  func redirect(_ login: Authorization) -> String {
    "\(Authorization.redirect)?code=c%2F1&state=\(login.state)\n"
  }

  @Test func logsInAndAddsTracks() async throws {
    let server = FakeSpotify([(Self.token, 200), ("{}", 201), ("{}", 201)])
    let login = Authorization(clientID: "id")
    try await client(server).finish(login, redirectedTo: redirect(login))
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let tracks = [String](repeating: Self.track, count: 101)
    try await client(server).add(
      tracks, to: "https://open.spotify.com/playlist/\(Self.playlist)?si=x")
    let requests = server.requests
    #expect(requests.count == 3)
    #expect(requests[0].url == "https://accounts.spotify.com/api/token")
    #expect(requests[0].body.contains("code=c%2F1&"))
    #expect(requests[0].body.hasSuffix("code_verifier=\(login.verifier)"))
    #expect(requests[1].url == "https://api.spotify.com/v1/playlists/\(Self.playlist)/tracks")
    #expect(requests[1].authorization == "Bearer a1" && requests[1].method == "POST")
    let counts = requests.dropFirst().map { $0.body.components(separatedBy: "track").count - 1 }
    #expect(counts == [100, 1])
  }

  @Test func renewsATokenThatEnds() async throws {
    let server = FakeSpotify([
      (Self.token, 200), (#"{"access_token":"a2","expires_in":3600}"#, 200), ("{}", 201),
    ])
    let login = Authorization(clientID: "id")
    try await client(server).finish(login, redirectedTo: redirect(login))
    try await client(server, later: 3_590).add([Self.track], to: Self.playlist)
    #expect(server.requests[1].body.contains("refresh_token=r1"))
    #expect(server.requests[2].authorization == "Bearer a2")
    #expect(try TokenFile(path: path).read().refresh == "r1")
  }

  /// RFC 7636, appendix B, has the challenge of a known verifier; here the form is checked.
  @Test func sendsAChallengeAndNoVerifier() throws {
    let login = Authorization(clientID: "i d&")
    let text = login.url.absoluteString
    #expect(text.hasPrefix("https://accounts.spotify.com/authorize?response_type=code"))
    #expect(text.contains("client_id=i%20d%26") && text.contains("code_challenge_method=S256"))
    #expect(!text.contains(login.verifier) && login.verifier.count == 64)
    #expect(Authorization(clientID: "x").verifier != login.verifier)
  }

  @Test func takesNoOtherRedirect() throws {
    let login = Authorization(clientID: "id")
    let ours = Authorization.redirect
    for address in [
      "", "https://evil.example/?code=c&state=\(login.state)", "\(ours)?code=c&state=other",
      "\(ours)?code=c", "\(ours)?state=\(login.state)", "\(ours)?error=access_denied",
    ] {
      #expect(throws: SpotifyError.self) { try login.code(in: address) }
    }
    #expect(try login.code(in: redirect(login)) == "c/1")
  }

  @Test func saysWhatWentWrong() async throws {
    let login = Authorization(clientID: "id")
    func failure(_ answers: [(String, Int)]) async -> SpotifyError? {
      do {
        let server = FakeSpotify([(Self.token, 200)] + answers)
        try await client(server).finish(login, redirectedTo: redirect(login))
        try await client(server).add([Self.track], to: Self.playlist)
        return nil
      } catch { return error }
    }
    #expect(await failure([("{}", 201)]) == nil)
    #expect(await failure([("no", 403)]) == .refused(status: 403, message: "no"))
    #expect(await failure([("", 429)]) == .tooManyRequests)
    #expect(await failure([]) == .unreachable)
    await #expect(throws: SpotifyError.badAnswer) {
      try await client(FakeSpotify([("{}", 200)])).finish(login, redirectedTo: redirect(login))
    }
    for bad in ["spotify:track:x", "https://evil.example", ""] {
      await #expect(throws: SpotifyError.badAddress(bad)) {
        try await client(FakeSpotify([])).add([bad], to: Self.playlist)
      }
    }
    await #expect(throws: SpotifyError.badAddress("../../me")) {
      try await client(FakeSpotify([])).add([Self.track], to: "../../me")
    }
  }

  @Test func needsALogin() async throws {
    await #expect(throws: SpotifyError.notLoggedIn) {
      try await client(FakeSpotify([])).add([Self.track], to: Self.playlist)
    }
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("x".utf8).write(to: url)
    await #expect(throws: SpotifyError.tokenFile(path: path)) {
      try await client(FakeSpotify([])).add([Self.track], to: Self.playlist)
    }
  }
}
