public import HTTPTypes
import ImageDecoding
public import MoodVision
public import Multipart

/// Why a request is refused; each has a status, a name for programs and a sentence for a person.
public enum ServerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The photo cannot be read, or shows no face.
  case photo(MoodVisionError)
  /// The form is refused by its parser.
  case form(MultipartError)
  /// No image was sent.
  case noImage
  /// A value that is not one of those allowed.
  case badValue(name: String, expected: String)
  /// The body is no JSON of the form that is documented.
  case badJSON(reason: String)
  /// The body is larger than allowed.
  case bodyTooLarge(limit: Int)
  /// The body's media type is not taken here.
  case unsupportedMediaType
  /// The token is missing or wrong.
  case unauthorized
  /// The request comes from another site's page, or without the page's own token.
  case forbidden
  /// The `Host` is not one of this server's.
  case misdirected
  /// There is nothing at this path.
  case notFound
  /// There is no such song in the catalogue.
  case unknownSong
  /// The path is there, for other methods.
  case methodNotAllowed
  /// The queue is full.
  case overloaded
  /// The answer was not there in time.
  case deadlineExceeded
  /// The client went away before its turn.
  case clientGone
  /// The server is shutting down.
  case shuttingDown
  /// Something that should not happen; no detail leaves the server.
  case failed

  /// The HTTP status.
  public var status: HTTPResponse.Status {
    switch self {
    case .photo(.image(.tooManyBytes)), .bodyTooLarge: .contentTooLarge
    case .photo(.image(.notAnImage)), .photo(.image(.unsupported)), .unsupportedMediaType:
      .unsupportedMediaType
    case .photo(.image), .photo(.noFace), .photo(.regionOutside): .unprocessableContent
    case .photo: .internalServerError
    case .form, .noImage, .badValue, .badJSON, .clientGone: .badRequest
    case .unauthorized: .unauthorized
    case .forbidden: .forbidden
    case .misdirected: .misdirectedRequest
    case .notFound, .unknownSong: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .overloaded, .deadlineExceeded, .shuttingDown: .serviceUnavailable
    case .failed: .internalServerError
    }
  }

  /// A stable name for programs.
  public var code: String {
    switch self {
    case .photo(let error): error.code
    case .form: "bad_form"
    case .noImage: "no_image"
    case .badValue: "bad_value"
    case .badJSON: "bad_json"
    case .bodyTooLarge: "body_too_large"
    case .unsupportedMediaType: "unsupported_media_type"
    case .unauthorized: "unauthorized"
    case .forbidden: "forbidden"
    case .misdirected: "misdirected"
    case .notFound: "not_found"
    case .unknownSong: "unknown_song"
    case .methodNotAllowed: "method_not_allowed"
    case .overloaded: "overloaded"
    case .deadlineExceeded: "deadline_exceeded"
    case .clientGone: "client_gone"
    case .shuttingDown: "shutting_down"
    case .failed: "failed"
    }
  }

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .photo(.noFace):
      "no face was found; region=whole takes the whole photo, region=x,y,width,height says where "
        + "one is"
    case .photo(let error): error.description
    case .form(let error): error.description
    case .noImage: "no image was sent"
    case .badValue(let name, let expected): "\(name) must be \(expected)"
    case .badJSON(let reason): "the body is not the JSON expected: \(reason)"
    case .bodyTooLarge(let limit): "the body has more than \(limit) bytes"
    case .unsupportedMediaType: "a body of this media type is not taken here"
    case .unauthorized: "a bearer token is needed"
    case .forbidden: "the request does not come from this server's own page"
    case .misdirected: "this server has another name"
    case .notFound: "there is nothing here"
    case .unknownSong: "there is no such song"
    case .methodNotAllowed: "this method is not allowed here"
    case .overloaded: "too many requests wait; try again in a moment"
    case .deadlineExceeded: "the answer was not ready in time; try again in a moment"
    case .clientGone: "the client went away"
    case .shuttingDown: "the server is shutting down"
    case .failed: "something went wrong in the server"
    }
  }
}
