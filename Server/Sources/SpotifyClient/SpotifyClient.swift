public import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Adds tracks to a playlist of the listener's, by Spotify's web API.
///
/// Optional: nothing else of the package needs it. Since November 2024 Spotify restricts what new
/// apps may do (<https://developer.spotify.com/blog/2024-11-27-changes-to-the-web-api>): an app in
/// development mode serves up to 25 named users. Recommendations and audio features are closed to
/// new apps and are not used here.
public struct SpotifyClient: Sendable {
  private static let tokenURL = "https://accounts.spotify.com/api/token"
  /// How many tracks Spotify takes at a time.
  private static let most = 100

  private let transport: any SpotifyTransport
  private let file: TokenFile
  private let now: @Sendable () -> Date

  /// Creates a client.
  public init(
    file: TokenFile, transport: any SpotifyTransport = NetworkTransport(),
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    (self.file, self.transport, self.now) = (file, transport, now)
  }

  /// Ends a login: exchanges the code in the address that the browser was led to, and keeps the
  /// token.
  ///
  /// - Throws: ``SpotifyError``; nothing is kept then.
  public func finish(_ login: Authorization, redirectedTo address: String)
    async throws(SpotifyError)
  {
    let code = try login.code(in: address)
    try await ask(
      [
        ("grant_type", "authorization_code"), ("code", code),
        ("redirect_uri", Authorization.redirect), ("client_id", login.clientID),
        ("code_verifier", login.verifier),
      ], clientID: login.clientID, oldRefresh: nil)
  }

  /// Adds tracks to the end of a playlist, in order.
  ///
  /// - Parameters:
  ///   - tracks: `spotify:track:` addresses.
  ///   - playlist: An id, or an address of the playlist.
  /// - Throws: ``SpotifyError``; the hundreds that were added before stay.
  public func add(_ tracks: [String], to playlist: String) async throws(SpotifyError) {
    let id = try Self.playlistID(playlist)
    for track in tracks where !Self.isTrack(track) { throw .badAddress(track) }
    let token = try await freshToken()
    for start in stride(from: 0, to: tracks.count, by: Self.most) {
      let part = Array(tracks[start..<min(tracks.count, start + Self.most)])
      guard let url = URL(string: "https://api.spotify.com/v1/playlists/\(id)/tracks"),
        let body = try? JSONEncoder().encode(["uris": part])
      else { throw .badAddress(playlist) }
      var request = URLRequest(url: url)
      request.httpMethod = "POST"
      request.setValue("Bearer \(token.access)", forHTTPHeaderField: "Authorization")
      request.setValue("application/json", forHTTPHeaderField: "Content-Type")
      request.httpBody = body
      _ = try await send(request)
    }
  }

  /// The kept token, renewed where it ends within a minute.
  private func freshToken() async throws(SpotifyError) -> SpotifyToken {
    let token = try file.read()
    if token.expires > now().addingTimeInterval(60) { return token }
    return try await ask(
      [
        ("grant_type", "refresh_token"), ("refresh_token", token.refresh),
        ("client_id", token.clientID),
      ], clientID: token.clientID, oldRefresh: token.refresh)
  }

  @discardableResult
  private func ask(
    _ fields: [(String, String)], clientID: String, oldRefresh: String?
  ) async throws(SpotifyError) -> SpotifyToken {
    struct Answer: Decodable {
      let access_token: String
      let refresh_token: String?
      let expires_in: Double
    }
    guard let url = URL(string: Self.tokenURL) else { throw .badAnswer }
    var request = URLRequest(url: url)
    request.httpMethod = "POST"
    request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    request.httpBody = Data(
      fields.map { "\($0.0)=\(Self.percentEncoded($0.1))" }.joined(separator: "&").utf8)
    let body = try await send(request)
    guard let answer = try? JSONDecoder().decode(Answer.self, from: body),
      let refresh = answer.refresh_token ?? oldRefresh, answer.expires_in.isFinite
    else { throw .badAnswer }
    let token = SpotifyToken(
      clientID: clientID, access: answer.access_token, refresh: refresh,
      expires: now().addingTimeInterval(answer.expires_in))
    try file.write(token)
    return token
  }

  private func send(_ request: URLRequest) async throws(SpotifyError) -> Data {
    let (body, status): (Data, Int)
    do { (body, status) = try await transport.send(request) } catch { throw .unreachable }
    switch status {
    case 200..<300: return body
    case 429: throw .tooManyRequests
    default:
      let text = String(decoding: body.prefix(200), as: UTF8.self)
      throw .refused(status: status, message: text.filter { !$0.isNewline })
    }
  }

  static func playlistID(_ text: String) throws(SpotifyError) -> String {
    let id = text.split(whereSeparator: { "/:".contains($0) }).last?.prefix { $0 != "?" } ?? ""
    guard isID(id) else { throw .badAddress(text) }
    return String(id)
  }

  static func isTrack(_ text: String) -> Bool {
    text.hasPrefix("spotify:track:") && isID(text.dropFirst("spotify:track:".count))
  }

  private static func isID(_ text: Substring) -> Bool {
    text.utf8.count == 22
      && text.unicodeScalars.allSatisfy {
        $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0)
      }
  }

  private static func percentEncoded(_ text: String) -> String {
    let allowed = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
  }
}
