extension Journey {
  /// The way as a drawing: how pleasant and how lively over the minutes, a dot for each song, and the
  /// songs' names below. Dashed is the way as it is wanted.
  public var svg: String {
    let (width, height, left, top) = (Float(720), Float(300), Float(60), Float(30))
    let whole = Int(height) + 14 + 18 * ((stops.count + 1) / 2)
    let total = max(duration, 1)
    func x(_ seconds: Float) -> Float { left + seconds / total * (width - left - 20) }
    func y(_ value: Float) -> Float { top + (1 - value) / 2 * (height - 2 * top) }
    func points(_ value: (JourneyPlace) -> Float, _ place: (Stop) -> JourneyPlace) -> String {
      stops.map { stop in
        "\(Self.tenths(x(stop.start + stop.duration / 2))),\(Self.tenths(y(value(place(stop)))))"
      }.joined(separator: " ")
    }
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 \(whole)\" role=\"img\">",
      "<title>\(stops.count) songs in \(Int((total / 60).rounded())) minutes</title>",
      "<rect width=\"720\" height=\"\(whole)\" fill=\"#fff\"/>",
      "<g font-family=\"sans-serif\" font-size=\"12\" fill=\"#444\">",
      "<line x1=\"60\" y1=\"150\" x2=\"700\" y2=\"150\" stroke=\"#ddd\"/>",
      "<text x=\"8\" y=\"34\">high</text><text x=\"8\" y=\"274\">low</text>",
    ]
    for minute in stride(from: 0, through: Int(total / 60), by: max(5, Int(total / 60) / 30 * 5)) {
      lines.append(
        "<text x=\"\(Self.tenths(x(Float(minute * 60))))\" y=\"294\">\(minute) min</text>")
    }
    let curves: [(String, String, (JourneyPlace) -> Float)] = [
      ("how pleasant", "#b34d00", \.valence), ("how lively", "#1e5fb4", \.arousal),
    ]
    for (number, (name, colour, value)) in curves.enumerated() {
      lines.append(
        "<text x=\"\(530 + number * 100)\" y=\"18\" fill=\"\(colour)\">\(name)</text>")
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
    for (number, stop) in stops.enumerated() {
      let (column, row) = (number % 2, number / 2)
      let minute = Int(stop.start / 60)
      lines.append(
        "<text x=\"\(60 + 330 * column)\" y=\"\(Int(height) + 18 + 18 * row)\">\(minute) min "
          + "\(Self.escaped(Self.shortened("\(stop.song)")))</text>")
    }
    return (lines + ["</g>", "</svg>"]).joined(separator: "\n") + "\n"
  }

  private static func tenths(_ value: Float) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }

  /// The text, cut where a column ends.
  private static func shortened(_ text: String) -> String {
    text.count > 46 ? text.prefix(45) + "…" : text
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
