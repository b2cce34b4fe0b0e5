public import HTTPTypes
import ImageDecoding
public import MoodRecommend
public import MoodVision
public import Multipart

/// Why a request is refused; each has a status, a name for programs and a sentence for a person.
public enum ServerError: Error, Equatable, Sendable {
  /// The photo cannot be read, or shows no face.
  case photo(MoodVisionError)
  /// The form is refused by its parser.
  case form(MultipartError)
  /// No image was sent, and no words.
  case noImage
  /// The address, or the request, says nothing of a mood.
  case noMood
  /// A value that is not one of those allowed.
  case badValue(name: String, expected: String)
  /// The body is no JSON of the form that is documented.
  case badJSON(reason: String)
  /// The body is larger than allowed.
  case bodyTooLarge(limit: Int)
  /// The body comes too slowly.
  case tooSlow
  /// The body's media type is not taken here.
  case unsupportedMediaType
  /// The songs make no such journey.
  case noJourney(JourneyError)
  /// None of the list's songs has an address at Spotify.
  case noSpotifyIDs
  /// The token is missing or wrong.
  case unauthorized
  /// The request comes from another site's page, or without the page's own token.
  case forbidden
  /// The browser sent no cookie with a form that needs one.
  case noCookie
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
  /// What listeners say cannot be kept at the moment.
  case store(FeedbackError)
  /// Something that should not happen; no detail leaves the server.
  case failed

  /// The HTTP status.
  public var status: HTTPResponse.Status {
    switch self {
    case .photo(.image(.tooManyBytes)), .bodyTooLarge: .contentTooLarge
    case .photo(.image(.notAnImage)), .photo(.image(.unsupported)), .unsupportedMediaType:
      .unsupportedMediaType
    case .photo(.image), .photo(.noFace), .photo(.regionOutside), .noJourney: .unprocessableContent
    case .photo: .internalServerError
    case .form, .noImage, .noMood, .badValue, .badJSON, .clientGone: .badRequest
    case .tooSlow: .requestTimeout
    case .unauthorized: .unauthorized
    case .forbidden: .forbidden
    case .noCookie: .conflict
    case .misdirected: .misdirectedRequest
    case .notFound, .unknownSong, .noSpotifyIDs: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .overloaded, .deadlineExceeded, .shuttingDown: .serviceUnavailable
    case .store(.full): .init(code: 507, reasonPhrase: "Insufficient Storage")
    case .store: .serviceUnavailable
    case .failed: .internalServerError
    }
  }

  /// A stable name for programs.
  public var code: String {
    switch self {
    case .photo(let error): error.code
    case .form: "bad_form"
    case .noImage: "no_image"
    case .noMood: "no_mood"
    case .badValue: "bad_value"
    case .badJSON: "bad_json"
    case .bodyTooLarge: "body_too_large"
    case .tooSlow: "too_slow"
    case .unsupportedMediaType: "unsupported_media_type"
    case .noJourney: "no_journey"
    case .noSpotifyIDs: "no_spotify_ids"
    case .unauthorized: "unauthorized"
    case .forbidden: "forbidden"
    case .noCookie: "no_cookie"
    case .misdirected: "misdirected"
    case .notFound: "not_found"
    case .unknownSong: "unknown_song"
    case .methodNotAllowed: "method_not_allowed"
    case .overloaded: "overloaded"
    case .deadlineExceeded: "deadline_exceeded"
    case .clientGone: "client_gone"
    case .shuttingDown: "shutting_down"
    case .store(let error): error.code
    case .failed: "failed"
    }
  }
}

extension ServerError: CustomStringConvertible {
  /// What happened and what to do, in English.
  public var description: String { sentence(in: .english) }

  /// What happened and what to do, in a sentence or two for a person.
  public func sentence(in language: AnswerLanguage) -> String {
    switch language {
    case .english: EnglishFailures.sentence(self)
    case .german: GermanFailures.sentence(self)
    }
  }
}
