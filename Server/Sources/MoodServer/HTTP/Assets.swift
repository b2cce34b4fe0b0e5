import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A file that never changes while the server runs.
struct Asset: Sendable {
  /// The file's name, such as `app.js`.
  let name: String
  /// Its media type.
  let type: String
  /// Where it is, under a name that has its content's hash in it: `/static/app.1a2b3c4d5e6f.js`.
  let path: String
  private let bytes: ByteBuffer
  private let gzipped: ByteBuffer?
  private let tag: String

  init(_ name: String, _ type: String, _ bytes: [UInt8]) {
    (self.name, self.type, self.bytes) = (name, type, ByteBuffer(bytes: bytes))
    let hash = SHA256.hash(data: bytes).prefix(6)
      .map { (String($0 >> 4, radix: 16)) + String($0 & 15, radix: 16) }.joined()
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    path = "/static/\(name[..<dot]).\(hash)\(name[dot...])"
    tag = "\"\(hash)\""
    gzipped =
      Compression.isWorthwhile(type, count: bytes.count) ? Compression.gzip(self.bytes) : nil
  }

  /// The file, or 304 to a client that has it (RFC 9110 section 13.1.2).
  ///
  /// - Parameters:
  ///   - request: Who asks.
  ///   - isImmutable: Whether it was asked for by ``path``, whose content never changes.
  /// - Returns: The answer.
  func response(to request: Request, isImmutable: Bool) -> Response {
    var headers: HTTPFields = [
      .contentType: type, .eTag: tag,
      .cacheControl: isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
    ]
    if gzipped != nil { headers[.vary] = "Accept-Encoding" }
    let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",").map {
      $0.filter { $0 != " " }
    }
    if known.contains(where: { $0 == tag || $0 == "W/" + tag || $0 == "*" }) {
      return Response(status: .notModified, headers: headers)
    }
    if let gzipped, Compression.isAccepted(by: request) {
      headers[.contentEncoding] = "gzip"
      return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: gzipped))
    }
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
  }
}

/// The files of the pages.
enum Assets {
  /// Each file once.
  static let all =
    [
      Asset("app.js", "text/javascript; charset=utf-8", PackageResources.app_js),
      Asset("style.css", "text/css; charset=utf-8", PackageResources.style_css),
      Asset("icon.svg", "image/svg+xml", PackageResources.icon_svg),
      Asset("example.jpg", "image/jpeg", PackageResources.example_jpg),
    ] + modules.map { Asset($0.0 + ".js", "text/javascript; charset=utf-8", $0.1) }

  /// The modules that the page's script fetches by their plain names.
  private static let modules: [(String, [UInt8])] = [
    ("dom", PackageResources.dom_js), ("start", PackageResources.start_js),
    ("camera", PackageResources.camera_js), ("live", PackageResources.live_js),
    ("shrink", PackageResources.shrink_js), ("photos", PackageResources.photos_js),
    ("read", PackageResources.read_js), ("answer", PackageResources.answer_js),
    ("songs", PackageResources.songs_js), ("faces", PackageResources.faces_js),
    ("noface", PackageResources.noface_js), ("card", PackageResources.card_js),
    ("keep", PackageResources.keep_js), ("journal", PackageResources.journal_js),
    ("journalStore", PackageResources.journalStore_js),
    ("journalFiles", PackageResources.journalFiles_js), ("week", PackageResources.week_js),
  ]

  /// The addresses for templates: `style_css` → `/static/style.….css`.
  static let addresses: [String: String] = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name.replacing(".", with: "_"), $0.path) })

  /// The files at their lasting paths, at `/static/name`, and what browsers ask for by its own name.
  static var routes: [Route] {
    all.flatMap { asset in
      [
        Route(.get, asset.path, isOpen: true) { request, _ in
          asset.response(to: request, isImmutable: true)
        },
        Route(.get, "/static/" + asset.name, isOpen: true) { request, _ in
          asset.response(to: request, isImmutable: false)
        },
      ]
    } + [document("/icon.svg", "icon.svg", "image/svg+xml", PackageResources.icon_svg), manifest]
  }

  /// A document at a path of its own, with an `ETag`.
  static func document(_ path: String, _ name: String, _ type: String, _ bytes: [UInt8]) -> Route {
    let asset = Asset(name, type, bytes)
    return Route(.get, path, isOpen: true) { request, _ in
      asset.response(to: request, isImmutable: false)
    }
  }

  private static var manifest: Route {
    let icon = addresses["icon_svg"] ?? "/icon.svg"
    let text = """
      {"name":"mood","short_name":"mood","start_url":"/","scope":"/","display":"standalone",\
      "background_color":"#fff8e8","theme_color":"#ee6a3b",\
      "description":"Reads the mood on a face and finds the music for it.",\
      "icons":[{"src":"\(icon)","type":"image/svg+xml","sizes":"any","purpose":"any maskable"}]}

      """
    return document(
      "/manifest.webmanifest", "manifest.webmanifest", "application/manifest+json",
      Array(text.utf8))
  }
}
