import Hummingbird
import HummingbirdCore
import Multipart
import NIOCore

/// A form or a bare image, as it was sent.
struct ImageForm: Sendable {
  /// The image's bytes, if one was sent.
  var image: [UInt8]?
  /// The other fields.
  var fields = FormFields()
}

/// Reads bodies without ever holding more than is allowed.
struct BodyReader: Sendable {
  /// The most bytes of a body.
  let limit: Int
  /// The most bytes of a form's text field.
  static let fieldLimit = 4096

  /// The whole body.
  func bytes(of request: Request) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    try await forEachChunk(of: request) { bytes.append(contentsOf: $0.readableBytesView) }
    return bytes
  }

  /// A form with an image, a form of text alone, or a bare image.
  func form(of request: Request) async throws -> ImageForm {
    let type = request.headers[.contentType] ?? "application/octet-stream"
    let bare = type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    switch bare {
    case "multipart/form-data": return try await multipart(request, type)
    case "application/x-www-form-urlencoded":
      let text = String(decoding: try await bytes(of: request), as: UTF8.self)
      return ImageForm(fields: FormFields(urlEncoded: text))
    case "image/jpeg", "image/png", "image/jpg", "application/octet-stream":
      let bytes = try await bytes(of: request)
      if bytes.isEmpty { throw ServerError.noImage }
      return ImageForm(image: bytes)
    default: throw ServerError.unsupportedMediaType
    }
  }

  private func multipart(_ request: Request, _ type: String) async throws -> ImageForm {
    var form = ImageForm()
    var part: (name: String, isFile: Bool, data: [UInt8])?
    do {
      var parser = try MultipartParser(contentType: type)
      try await forEachChunk(of: request) { chunk in
        for event in try parser.parse(chunk.readableBytesView) {
          switch event {
          case .began(let headers): part = (headers.name ?? "", headers.name == "image", [])
          case .data(let data):
            part?.data += data
            if let part, !part.isFile, part.data.count > Self.fieldLimit {
              throw ServerError.badValue(
                name: part.name, expected: "at most \(Self.fieldLimit) bytes")
            }
          case .ended:
            guard let done = part else { continue }
            if done.isFile {
              form.image = done.data
            } else {
              form.fields.append(done.name, String(decoding: done.data, as: UTF8.self))
            }
            part = nil
          }
        }
      }
      try parser.finish()
    } catch let error as MultipartError {
      throw ServerError.form(error)
    }
    // A file field left empty in a browser is sent as an empty file.
    if form.image?.isEmpty == true { form.image = nil }
    return form
  }

  private func forEachChunk(
    of request: Request, _ work: (ByteBuffer) throws -> Void
  ) async throws {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw ServerError.bodyTooLarge(limit: limit)
    }
    var count = 0
    var chunks = request.body.makeAsyncIterator()
    while let chunk = try await next(&chunks) {
      count += chunk.readableBytes
      if count > limit { throw ServerError.bodyTooLarge(limit: limit) }
      try work(chunk)
    }
  }

  /// The next bytes; a body that breaks off is the client's doing, not the server's failure.
  private func next(
    _ chunks: inout RequestBody.AsyncIterator
  ) async throws(ServerError) -> ByteBuffer? {
    do { return try await chunks.next() } catch is SlowBody { throw .tooSlow } catch {
      throw .clientGone
    }
  }
}
