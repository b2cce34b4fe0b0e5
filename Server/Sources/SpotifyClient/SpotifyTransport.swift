public import Foundation

#if canImport(FoundationNetworking)
  public import FoundationNetworking
#endif

/// Sends requests; tests put a fake server in its place.
public protocol SpotifyTransport: Sendable {
  /// Sends a request and waits for the whole answer.
  ///
  /// - Returns: The body and the HTTP status.
  func send(_ request: URLRequest) async throws -> (body: Data, status: Int)
}

/// The network.
public struct NetworkTransport: SpotifyTransport {
  /// Creates the transport.
  public init() {}

  /// Sends a request and waits for the whole answer, 30 seconds at most.
  ///
  /// - Returns: The body and the HTTP status.
  public func send(_ request: URLRequest) async throws -> (body: Data, status: Int) {
    var request = request
    request.timeoutInterval = 30
    let (body, response) = try await URLSession.shared.data(for: request)
    return (body, (response as? HTTPURLResponse)?.statusCode ?? 0)
  }
}

/// Why Spotify could not be asked.
public enum SpotifyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no token; log in first.
  case notLoggedIn
  /// The address that was pasted is not the one that Spotify sends the browser to.
  case badRedirect(reason: String)
  /// The playlist or a track is no Spotify address or id.
  case badAddress(String)
  /// Spotify refused; `message` is its own, shortened.
  case refused(status: Int, message: String)
  /// Spotify asks to wait.
  case tooManyRequests
  /// The answer is not what the documentation says.
  case badAnswer
  /// Spotify cannot be reached.
  case unreachable
  /// The token file cannot be read or written.
  case tokenFile(path: String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .notLoggedIn: "no Spotify login is kept here: mood-cli spotify login"
    case .badRedirect(let reason): "that is not the address Spotify led to: \(reason)"
    case .badAddress(let text): "\"\(text)\" is no Spotify address"
    case .refused(let status, let message): "Spotify refused (\(status)): \(message)"
    case .tooManyRequests: "Spotify asks to wait; try again in a minute"
    case .badAnswer: "Spotify's answer is not what it documents"
    case .unreachable: "Spotify cannot be reached"
    case .tokenFile(let path): "the token file \(path) cannot be read or written"
    }
  }

  /// A stable name for programs.
  public var code: String {
    switch self {
    case .notLoggedIn: "not_logged_in"
    case .badRedirect: "bad_redirect"
    case .badAddress: "bad_address"
    case .refused: "refused"
    case .tooManyRequests: "too_many_requests"
    case .badAnswer: "bad_answer"
    case .unreachable: "unreachable"
    case .tokenFile: "bad_token_file"
    }
  }
}
