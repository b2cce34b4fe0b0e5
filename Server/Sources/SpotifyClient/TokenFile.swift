public import Foundation

/// What Spotify gave for a login.
public struct SpotifyToken: Codable, Sendable, Equatable {
  /// The app's id.
  public var clientID: String
  /// What requests carry, for an hour.
  public var access: String
  /// What a new access token is asked for with.
  public var refresh: String
  /// When the access token ends.
  public var expires: Date
}

/// Keeps a token in a file that its owner alone can read (mode 0600).
public struct TokenFile: Sendable {
  private let url: URL

  /// Names the file; nothing is opened.
  public init(path: String) { url = URL(filePath: path) }

  /// The token.
  ///
  /// - Throws: ``SpotifyError/notLoggedIn`` if there is no file, or
  ///   ``SpotifyError/tokenFile(path:)`` if it is none of these.
  public func read() throws(SpotifyError) -> SpotifyToken {
    guard FileManager.default.fileExists(atPath: url.path) else { throw .notLoggedIn }
    guard let data = try? Data(contentsOf: url), data.count < 65_536,
      let token = try? JSONDecoder().decode(SpotifyToken.self, from: data)
    else { throw .tokenFile(path: url.path) }
    return token
  }

  /// Writes the token: first a new file of mode 0600, which then takes the old one's place.
  ///
  /// - Throws: ``SpotifyError/tokenFile(path:)``.
  public func write(_ token: SpotifyToken) throws(SpotifyError) {
    let new = url.appendingPathExtension("new")
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      let data = try JSONEncoder().encode(token)
      try? FileManager.default.removeItem(at: new)
      guard
        FileManager.default.createFile(
          atPath: new.path, contents: data, attributes: [.posixPermissions: 0o600])
      else { throw SpotifyError.tokenFile(path: url.path) }
      if FileManager.default.fileExists(atPath: url.path) {
        try FileManager.default.removeItem(at: url)
      }
      try FileManager.default.moveItem(at: new, to: url)
    } catch {
      throw .tokenFile(path: url.path)
    }
  }

  /// Removes the token.
  public func remove() { try? FileManager.default.removeItem(at: url) }
}
