import Hummingbird
import MoodRecommend

extension Pages {
  /// The first page: camera, photo, words, moods. If it `readsWhole`, its form has all of the photo
  /// looked at, face or none.
  func start(_ visit: Visit, readsWhole: Bool = false) -> Response {
    let texts = visit.texts
    return page(
      PageView(
        template: "start", title: texts("startTitle"),
        values: [
          "whole": readsWhole,
          "moods": moods(texts) { "/mood?mood=\($0.rawValue)&goal=match" },
        ]), visit)
  }

  /// No face was found: what can be done now.
  func noFace(_ visit: Visit) -> Response {
    let texts = visit.texts
    let dusk = Landscape(MoodPoint(valence: -0.1, arousal: -0.8)).picture("dusk", height: 300)
    return page(
      PageView(
        template: "noface", title: texts("noFaceTitle"),
        values: [
          "landscape": dusk,
          "moods": moods(texts) { "/mood?mood=\($0.rawValue)&goal=match" },
        ]), visit, status: visit.isFragment || visit.path == "/noface" ? .ok : .unprocessableContent
    )
  }

  /// Several faces: whose songs?
  func faces(_ address: AnswerAddress, _ visit: Visit) -> Response {
    let texts = visit.texts
    let count = address.faces.count
    let faces = address.faces.enumerated().map { index, face -> [String: Any] in
      let mood = face.distribution.mood
      return [
        "id": mood.rawValue, "name": texts("face", ["number": "\(index + 1)"]),
        "looks": texts("looks", ["mood": texts("from_" + mood.rawValue)]),
        "href": address.with(who: .face(index + 1)).description,
      ]
    }
    let place = address.with(who: .all).mood.point
    return page(
      PageView(
        template: "faces", title: texts("facesTitle", ["number": "\(count)"]),
        values: [
          "head": texts("facesHead", ["count": count < 2 ? "1" : texts("count_\(count)")]),
          "allHref": address.with(who: .all).description, "faces": faces,
          "landscape": Landscape(place).picture("all", height: 250),
        ]), visit)
  }
}
