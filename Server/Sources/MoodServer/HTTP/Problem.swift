import Hummingbird
import MoodRecommend

/// How a failure is told to programs: RFC 9457, with the failure's name and the request's.
struct Problem: Codable {
  /// What kind of problem it is: a place on the API's page.
  var type: String
  /// The kind in a few words.
  var title: String
  /// The HTTP status.
  var status: Int
  /// What happened and what to do, for a person.
  var detail: String
  /// A stable name for programs.
  var code: String
  /// What the request is called in the log.
  var request_id: String

  init(_ error: ServerError, language: AnswerLanguage, requestID: String) {
    (status, code, request_id) = (error.status.code, error.code, requestID)
    type = "/api#" + error.code
    detail = error.sentence(in: language)
    // The name in words: "no face", "body too large".
    title = error.code.replacing("_", with: " ")
  }
}
