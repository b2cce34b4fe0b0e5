import NIOSSL

/// The certificate that the server shows, and its key, as files in PEM.
///
/// A browser gives the camera to secure pages only: this machine's own, and those over TLS.
public struct TLSFiles: Sendable {
  /// The certificate, then those that it leads up to.
  public var certificate: String
  /// The certificate's private key, without a passphrase.
  public var key: String

  /// Names the files; they are read when the server starts.
  public init(certificate: String, key: String) {
    (self.certificate, self.key) = (certificate, key)
  }

  /// TLS 1.2 or later with these files.
  ///
  /// - Throws: ``TLSFilesError`` if one of them cannot be used.
  func configuration() throws(TLSFilesError) -> TLSConfiguration {
    var chain: [NIOSSLCertificate]?
    do { chain = try NIOSSLCertificate.fromPEMFile(certificate) } catch {}
    guard let chain, !chain.isEmpty else { throw .badCertificate(path: certificate) }
    // Without a passphrase here, an encrypted key would have it asked for at the terminal.
    guard let key = try? NIOSSLPrivateKey(file: key, format: .pem, passphraseCallback: { $0([]) })
    else { throw .badKey(path: key) }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["h2", "http/1.1"]
    do { _ = try NIOSSLContext(configuration: configuration) } catch {
      throw .mismatch(certificate: certificate, key: self.key)
    }
    return configuration
  }
}

/// Why a certificate and key cannot be used.
public enum TLSFilesError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be read, or holds no certificate in PEM.
  case badCertificate(path: String)
  /// The file cannot be read, or holds no private key in PEM that is free of a passphrase.
  case badKey(path: String)
  /// The key is that of another certificate.
  case mismatch(certificate: String, key: String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .badCertificate(let path): "\(path) cannot be read, or holds no certificate in PEM"
    case .badKey(let path):
      "\(path) cannot be read, or holds no private key in PEM without a passphrase"
    case .mismatch(let certificate, let key): "\(key) is not the key of \(certificate)"
    }
  }
}
