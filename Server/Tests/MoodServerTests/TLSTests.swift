import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@testable import MoodServer

/// A certificate for localhost and its key, made for these tests; they guard nothing.
@Suite(.serialized) struct TLSTests {
  static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBmzCCAUGgAwIBAgIUUAqaDtYCcyZso/a8ZA1dkF73jJkwCgYIKoZIzj0EAwIw
    FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTE5MzIyMVoYDzIxMjYxMTAx
    MTkzMjIxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
    PQMBBwNCAARkNyibRY1lAmWGve/RZW+OWYbB/tcr1Whmtuc8+dewmjlwhjGHgzs/
    SHJWsO9h/R0t8h1bNkhlyJRvDpmIZDpUo28wbTAdBgNVHQ4EFgQUrNpTfSNbjCju
    hJ1qV4mFoDhmlKQwHwYDVR0jBBgwFoAUrNpTfSNbjCjuhJ1qV4mFoDhmlKQwDwYD
    VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
    zj0EAwIDSAAwRQIgFa99iBCkur+8g4G5E17L0qgGGyejYU7zlcS+QKLeQqACIQD6
    1azRcb5a4pYBOphBOmk5q4+zT6NOUf2MgCFNJQd+9A==
    -----END CERTIFICATE-----
    """
  static let key = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgM29DUzl6Y0tLK1XA
    sb6Y/YSHq0GLfV61UrcBsIjmHLWhRANCAARkNyibRY1lAmWGve/RZW+OWYbB/tcr
    1Whmtuc8+dewmjlwhjGHgzs/SHJWsO9h/R0t8h1bNkhlyJRvDpmIZDpU
    -----END PRIVATE KEY-----
    """
  static let otherKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg697JRA5oeT//hYn4
    XkTckZjQupuzYACsHEOap3IQHWWhRANCAAT01m90eDwg0GwcDsu/NxNaJLzBlY1w
    B0Ffs22SxVrlmzicsoPY/SOSdXdxcv+Z+x8dWbk8kpgzm3H4XPGvfah8
    -----END PRIVATE KEY-----
    """
  static let lockedKey = """
    -----BEGIN ENCRYPTED PRIVATE KEY-----
    MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhT7MxrOkgibAICCAAw
    DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEGwnOy4zLJfLpKmlIlqpxe0EgZBL
    wwz+2YxAetb2b2XEMjI2OdFMidSMvaIeIz/uR+FITlqEFl9y92+xpyJCRY/ibVkj
    n5xycZdxQOuQj4NEBC2ZcJ72+BxkBZ1/VhgwJy/xOw9Ztuq74NvNlFOJP+nro+C5
    H5ps6+AlU6PoUQvdwt8L4LDE4JHfGnSRpvtAgLrupQpVnXi4oBoptGk2BADJAe8=
    -----END ENCRYPTED PRIVATE KEY-----
    """

  let folder = FileManager.default.temporaryDirectory.appending(path: "mood-\(UUID().uuidString)")

  /// Two files with these texts; where one is `nil`, there is no such file.
  func files(_ certificate: String?, _ key: String?) throws -> TLSFiles {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let paths = try [("certificate.pem", certificate), ("key.pem", key)].map { name, text in
      let url = folder.appending(path: name)
      try text?.write(to: url, atomically: true, encoding: .utf8)
      return url.path()
    }
    return TLSFiles(certificate: paths[0], key: paths[1])
  }

  @Test func servesOverTLSAlone() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var options = ServerOptions()
    options.tls = try files(Self.certificate, Self.key)
    try await serve(options, setup: .ahc(.https)) { client in
      let page = try await client.execute(uri: "/", method: .get)
      #expect(page.status == .ok)
      #expect(page.headers[.setCookie]?.hasSuffix("; Secure") == true)
    }
    await #expect(throws: (any Error).self) {
      try await serve(options, setup: .ahc(.http)) { client in
        _ = try await client.execute(uri: "/healthz", method: .get)
      }
    }
  }

  @Test(
    arguments: [
      (nil, key), ("", key), ("no certificate", key), (key, key),
    ] as [(String?, String)])
  func refusesABadCertificate(_ certificate: String?, _ key: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try files(certificate, key)
    #expect(throws: TLSFilesError.badCertificate(path: files.certificate)) {
      try files.configuration()
    }
  }

  @Test(arguments: [nil, "", "no key", certificate, lockedKey])
  func refusesABadKey(_ key: String?) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try files(Self.certificate, key)
    #expect(throws: TLSFilesError.badKey(path: files.key)) { try files.configuration() }
  }

  @Test func refusesTheKeyOfAnother() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try files(Self.certificate, Self.otherKey)
    let error = TLSFilesError.mismatch(certificate: files.certificate, key: files.key)
    #expect(throws: error) { try files.configuration() }
    #expect(error.description == "\(files.key) is not the key of \(files.certificate)")
  }
}
