private import Crypto
public import Foundation

/// One login by the authorization code flow with PKCE, for which a program needs no secret.
///
/// RFC 6749, section 4.1, and RFC 7636: the browser is sent to ``url``, and comes back to the
/// redirect address with a code that is worth nothing without the verifier kept here.
public struct Authorization: Sendable {
  /// Where Spotify sends the browser afterwards; it must be registered with the app.
  public static let redirect = "http://127.0.0.1:8888/callback"
  private static let scopes = "playlist-modify-private playlist-modify-public"

  /// The app's id, from Spotify's developer dashboard.
  public let clientID: String
  let verifier, state: String

  /// Starts a login with fresh random values.
  public init(clientID: String) {
    var generator = SystemRandomNumberGenerator()
    self.init(clientID: clientID, using: &generator)
  }

  init(clientID: String, using generator: inout some RandomNumberGenerator) {
    self.clientID = clientID
    func random(_ count: Int) -> String {
      Self.base64URL(Data((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }))
    }
    (verifier, state) = (random(48), random(16))
  }

  /// The page where the listener agrees.
  public var url: URL {
    let challenge = Self.base64URL(Data(SHA256.hash(data: Data(verifier.utf8))))
    var components = URLComponents()
    (components.scheme, components.host) = ("https", "accounts.spotify.com")
    components.path = "/authorize"
    components.queryItems = [
      URLQueryItem(name: "response_type", value: "code"),
      URLQueryItem(name: "client_id", value: clientID),
      URLQueryItem(name: "scope", value: Self.scopes),
      URLQueryItem(name: "redirect_uri", value: Self.redirect),
      URLQueryItem(name: "state", value: state),
      URLQueryItem(name: "code_challenge_method", value: "S256"),
      URLQueryItem(name: "code_challenge", value: challenge),
    ]
    guard let url = components.url else { preconditionFailure("the parts make an address") }
    return url
  }

  /// The code in the address that the browser was led to.
  ///
  /// - Throws: ``SpotifyError/badRedirect(reason:)`` if it is another address, the listener did not
  ///   agree, or the state is not this login's (so that nobody else's code gets in).
  func code(in address: String) throws(SpotifyError) -> String {
    let trimmed = address.trimmingCharacters(in: .whitespacesAndNewlines)
    guard trimmed.hasPrefix(Self.redirect + "?"), let components = URLComponents(string: trimmed)
    else { throw .badRedirect(reason: "it begins with \(Self.redirect)?") }
    func value(_ name: String) -> String? {
      components.queryItems?.first { $0.name == name }?.value
    }
    if value("error") != nil { throw .badRedirect(reason: "you did not agree") }
    guard value("state") == state else { throw .badRedirect(reason: "it is of another login") }
    guard let code = value("code"), !code.isEmpty else {
      throw .badRedirect(reason: "it has no code")
    }
    return code
  }

  private static func base64URL(_ data: Data) -> String {
    data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }
}
