import MoodRecommend

/// The plane of moods as a drawing: from dark to bright, and from quiet to lively.
struct MoodPlane {
  let mood: MoodPoint
  let songs: [MoodPoint]

  /// The drawing, 300×300.
  func svg(_ texts: Texts) -> String {
    func x(_ place: MoodPoint) -> String { number(150 + 134 * Double(place.valence)) }
    func y(_ place: MoodPoint) -> String { number(150 - 134 * Double(place.arousal)) }
    let words = [
      "x": texts(mood.valence < 0 ? "dark" : "bright"),
      "y": texts(mood.arousal < 0 ? "quiet" : "lively"),
    ]
    return "<svg class=\"plane\" viewBox=\"0 0 300 300\" role=\"img\" aria-label=\""
      + texts("planeAlt", words)
      + "\"><rect class=\"pl\" x=\"1\" y=\"1\" width=\"298\" height=\"298\" rx=\"24\"/>"
      + "<path class=\"ax\" d=\"M150 32V268M16 150H284\"/>"
      + "<text x=\"150\" y=\"24\" text-anchor=\"middle\">\(texts("lively"))</text>"
      + "<text x=\"150\" y=\"288\" text-anchor=\"middle\">\(texts("quiet"))</text>"
      + "<text x=\"16\" y=\"144\">\(texts("dark"))</text>"
      + "<text x=\"284\" y=\"144\" text-anchor=\"end\">\(texts("bright"))</text>"
      + songs.map { "<circle class=\"s\" cx=\"\(x($0))\" cy=\"\(y($0))\" r=\"7\"/>" }.joined()
      + "<circle class=\"me\" cx=\"\(x(mood))\" cy=\"\(y(mood))\" r=\"12\"/></svg>"
  }
}
