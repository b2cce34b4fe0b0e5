extension Journey {
  /// The way as a drawing: valence and arousal over the minutes, a dot for each song.
  public var svg: String {
    let (width, height, left, top) = (Float(720), Float(300), Float(60), Float(30))
    let total = max(duration, 1)
    func x(_ seconds: Float) -> Float { left + seconds / total * (width - left - 20) }
    func y(_ value: Float) -> Float { top + (1 - value) / 2 * (height - 2 * top) }
    func points(_ value: (JourneyPlace) -> Float, _ place: (Stop) -> JourneyPlace) -> String {
      stops.map { stop in
        "\(Self.tenths(x(stop.start + stop.duration / 2))),\(Self.tenths(y(value(place(stop)))))"
      }.joined(separator: " ")
    }
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 300\" role=\"img\">",
      "<title>\(stops.count) songs in \(Int((total / 60).rounded())) minutes</title>",
      "<rect width=\"720\" height=\"300\" fill=\"#fff\"/>",
      "<g font-family=\"sans-serif\" font-size=\"12\" fill=\"#444\">",
      "<line x1=\"60\" y1=\"150\" x2=\"700\" y2=\"150\" stroke=\"#ddd\"/>",
      "<text x=\"8\" y=\"34\">high</text><text x=\"8\" y=\"274\">low</text>",
    ]
    for minute in stride(from: 0, through: Int(total / 60), by: max(5, Int(total / 60) / 30 * 5)) {
      lines.append(
        "<text x=\"\(Self.tenths(x(Float(minute * 60))))\" y=\"294\">\(minute) min</text>")
    }
    let curves: [(String, String, (JourneyPlace) -> Float)] = [
      ("valence", "#d2691e", \.valence), ("arousal", "#1e6fd2", \.arousal),
    ]
    for (number, (name, colour, value)) in curves.enumerated() {
      lines.append(
        "<text x=\"\(580 + number * 65)\" y=\"18\" fill=\"\(colour)\">\(name)</text>")
      lines.append(
        "<polyline points=\"\(points(value) { $0.wanted })\" fill=\"none\" stroke=\"\(colour)\""
          + " stroke-dasharray=\"3 4\" opacity=\"0.6\"/>")
      lines.append(
        "<polyline points=\"\(points(value) { $0.place })\" fill=\"none\" stroke=\"\(colour)\""
          + " stroke-width=\"2\"/>")
      for stop in stops {
        let title = Self.escaped("\(stop.song)")
        lines.append(
          "<circle cx=\"\(Self.tenths(x(stop.start + stop.duration / 2)))\""
            + " cy=\"\(Self.tenths(y(value(stop.place))))\" r=\"4\" fill=\"\(colour)\">"
            + "<title>\(title)</title></circle>")
      }
    }
    return (lines + ["</g>", "</svg>"]).joined(separator: "\n") + "\n"
  }

  private static func tenths(_ value: Float) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
