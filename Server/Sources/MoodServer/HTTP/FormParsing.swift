import Hummingbird
import MoodRecommend
import MoodVision

extension Routes {
  /// Waits for the mood of a form's photo, and its explanation if that is asked for.
  ///
  /// One rule for the page, live mode and the API: every face is read, and where no face is there is
  /// no answer, see `FaceSelection.faces`.
  func read(
    _ form: ImageForm, _ context: ServerContext, explains: Bool = false
  ) async throws(ServerError) -> PhotoResult {
    guard let image = form.image else { throw .noImage }
    var request = PhotoRequest(bytes: image, explains: explains, id: form.fields["id"])
    if let text = form.fields["region"], !text.isEmpty {
      guard let selection = FaceSelection(text) else {
        throw .badValue(name: "region", expected: FaceSelection.syntax)
      }
      request.selection = selection
    }
    return try await read(request, context)
  }

  /// Waits for the mood of a photo.
  func read(
    _ request: PhotoRequest, _ context: ServerContext
  ) async throws(ServerError) -> PhotoResult {
    let channel = context.channel
    return try await queue.read(request) { [departed] in departed.contains(channel) }
  }

  /// A request's form, whose missing fields are taken from the query.
  func form(of request: Request) async throws -> ImageForm {
    var form = try await reader.form(of: request)
    form.fields = form.fields.merged(request.query)
    return form
  }

  /// What fields ask for.
  func address(_ fields: FormFields) throws(ServerError) -> AnswerAddress {
    var address = try AnswerAddress(fields.pairs, choices: songs.choices)
    let excluded = (fields["exclude"] ?? "").split(separator: ",")
    guard excluded.count <= AnswerAddress.seenLimit else {
      throw .badValue(name: "exclude", expected: "at most \(AnswerAddress.seenLimit) ids")
    }
    address.seen += excluded.map { SongCode(id: String($0)) }
    return address
  }

  /// A form's verdict.
  static func verdict(_ fields: FormFields) throws(ServerError) -> Verdict {
    guard let action = fields["action"].flatMap(Verdict.Action.init(rawValue:)) else {
      throw .notOne(of: Verdict.Action.allCases, "action")
    }
    var verdict = Verdict(action: action, song: fields["song"])
    if let name = fields["mood"], !name.isEmpty {
      guard let mood = Mood(rawValue: name) else { throw .notOne(of: Mood.allCases, "mood") }
      verdict.mood = mood
    }
    if let stars = fields["rating"] {
      verdict.rating = try AnswerAddress.number(stars, "rating", 1...5)
    }
    return verdict
  }

  /// An answer that gives a new listener the cookie.
  func remembering(
    _ listener: Listener, _ context: ServerContext, _ response: Response
  ) -> Response {
    var response = response
    if context.listener == nil {
      response.headers[.setCookie] = listener.setCookie(isSecure: options.tls != nil)
    }
    return response
  }
}
