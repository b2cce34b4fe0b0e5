import HTTPTypes
import Hummingbird
import MoodCard
import MoodRecommend

extension Routes {
  /// The pages around an answer: whose face, no face, the card, the journal.
  var viewRoutes: [Route] {
    [
      Route(.get, "/faces") { request, context in
        let address = try address(request.query)
        guard !address.faces.isEmpty else { throw ServerError.noMood }
        return pages.faces(address, Visit(request, context, context.listener))
      },
      Route(.get, "/noface") { request, context in
        pages.noFace(Visit(request, context, context.listener))
      },
      Route(.get, "/journal") { request, context in
        pages.journal(Visit(request, context, context.listener))
      },
      Route(.get, "/card") { request, context in
        let answer = try await answers.answer(
          address(request.query), listener: context.listener?.id)
        let shape = request.query["shape"].flatMap(MoodCard.Shape.init(rawValue:)) ?? .card
        return pages.card(answer, shape, Visit(request, context, context.listener))
      },
    ]
  }
}
