import Hummingbird
import MoodRecommend
import MoodVision

extension Routes {
  /// Waits for the mood of a form's photo, and its explanation if that is asked for.
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

  /// A form whose missing fields are taken from the query.
  func merged(_ request: Request, _ form: ImageForm) -> ImageForm {
    var form = form
    for name in [
      "id", "region", "goal", "genre", "count", "seed", "exclude", "text", "journey", "minutes",
    ] where form.fields[name] == nil {
      form.fields[name] = request.uri.queryParameters[Substring(name)].map(String.init)
    }
    return form
  }

  /// What a form asks for.
  func wishes(_ request: Request, _ form: ImageForm) throws(ServerError) -> SongWishes {
    var wishes = SongWishes()
    if let goal = form.fields["goal"], !goal.isEmpty {
      guard let goal = Goal(name: goal) else {
        throw .badValue(
          name: "goal", expected: "one of " + Goal.allCases.map(\.rawValue).joined(separator: ", "))
      }
      wishes.goal = goal
    }
    if let genre = form.fields["genre"], !genre.isEmpty {
      guard songs.genres.contains(genre) else {
        throw .badValue(name: "genre", expected: "a genre of the catalogue")
      }
      wishes.genre = genre
    }
    wishes.count = try Self.integer(form.fields["count"]?[...], "count", 1...50) ?? wishes.count
    if let seed = form.fields["seed"] {
      guard let seed = UInt64(seed) else {
        throw .badValue(name: "seed", expected: "a number from 0 to 2⁶⁴ − 1")
      }
      wishes.seed = seed
    }
    wishes.excluded = Set((form.fields["exclude"] ?? "").split(separator: ",").map(String.init))
    return wishes
  }

  /// Where a form wants to be led, and in how many minutes.
  func journey(_ form: ImageForm) throws(ServerError) -> (goal: JourneyGoal, minutes: Double)? {
    guard let name = form.fields["journey"], !name.isEmpty else { return nil }
    guard let goal = JourneyGoal(name: name) else {
      throw .badValue(
        name: "journey",
        expected: "one of " + JourneyGoal.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let minutes = try Self.integer(form.fields["minutes"]?[...], "minutes", 5...240) ?? 30
    return (goal, Double(minutes))
  }

  /// Reads a number of a range.
  static func integer(
    _ text: Substring?, _ name: String, _ range: ClosedRange<Int>
  ) throws(ServerError) -> Int? {
    guard let text else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .badValue(
        name: name, expected: "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A form's verdict.
  static func verdict(_ fields: [String: String]) throws(ServerError) -> Verdict {
    guard let action = fields["action"].flatMap(Verdict.Action.init(rawValue:)) else {
      throw .badValue(
        name: "action",
        expected: "one of " + Verdict.Action.allCases.map(\.rawValue).joined(separator: ", "))
    }
    var mood: Mood?
    if let name = fields["mood"], !name.isEmpty {
      guard let found = Mood(rawValue: name) else {
        throw .badValue(
          name: "mood", expected: "one of " + Mood.allCases.map(\.rawValue).joined(separator: ", "))
      }
      mood = found
    }
    return Verdict(
      action: action, song: fields["song"], mood: mood,
      rating: try integer(fields["rating"]?[...], "rating", 1...5))
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

  /// A static file.
  func asset(_ bytes: [UInt8], _ type: String) -> Response {
    var response = text(bytes, type: type)
    response.headers[.cacheControl] = "max-age=300"
    return response
  }
}
