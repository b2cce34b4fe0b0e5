import Foundation
import MoodCard
import MoodRecommend

/// A journey as a line: time to the right, how bright the songs are upwards, a dot for each song.
struct JourneyCurve {
  /// For a wide window, or for a narrow one.
  enum Format { case wide, narrow }

  private struct Dot {
    let x, y: Double
    let name: String
  }

  private let journey: Journey
  private let label: String
  private let start, end: Colour

  init(_ journey: Journey, label: String) {
    (self.journey, self.label) = (journey, label)
    func colour(_ place: JourneyPlace) -> Colour {
      Colour(
        brightness: (Double(place.valence) + 1) / 2, liveliness: (Double(place.arousal) + 1) / 2)
    }
    (start, end) = (colour(journey.from), colour(journey.to))
  }

  /// The drawing; `minutes` is the unit's name.
  func svg(_ format: Format, minutes: String) -> String {
    let isWide = format == .wide
    let (width, height) = isWide ? (1080.0, 306.0) : (350.0, 250.0)
    let radius = isWide ? 17.0 : min(15, 150 / Double(max(1, journey.stops.count)))
    let dots = self.dots(width, height, isWide ? 54 : 34)
    let id = isWide ? "jw" : "jn"
    var points: [(Double, Double)] = dots.map { ($0.x, $0.y) }
    points.insert((0, dots.first?.y ?? height / 2), at: 0)
    points.append((width, dots.last?.y ?? height / 2))
    let path = Self.smooth(points)
    let ground = number(height - 26)
    var parts = [
      "<svg class=\"\(isWide ? "big" : "small")\" role=\"img\" aria-label=\"\(Self.escaped(label))\"",
      " viewBox=\"0 0 \(number(width)) \(number(height))\"><defs><linearGradient id=\"\(id)\"",
      " gradientUnits=\"userSpaceOnUse\" x1=\"0\" x2=\"\(number(width))\">",
      "<stop stop-color=\"\(start.hex)\"/><stop offset=\"1\" stop-color=\"\(end.hex)\"/>",
      "</linearGradient></defs>",
      "<path class=\"wash\" d=\"\(path)V\(ground)H0z\" fill=\"url(#\(id))\"/>",
      "<path class=\"grid\" d=\"M0 \(ground)H\(number(width))\"/>",
    ]
    parts += axis(width, height, minutes)
    parts.append("<path class=\"path\" d=\"\(path)\" stroke=\"url(#\(id))\"/>")
    for (index, dot) in dots.enumerated() {
      let (x, y) = (number(dot.x), number(dot.y))
      let colour = start.toward(end, dot.x / width).hex
      parts.append(
        "<circle class=\"dot\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(number(radius))\" stroke=\"\(colour)\"/>"
      )
      guard radius > 11 else { continue }
      parts.append("<text class=\"num\" x=\"\(x)\" y=\"\(number(dot.y + 5))\">\(index + 1)</text>")
    }
    for label in isWide ? Self.labels(dots, radius: radius, width: width) : [] {
      let name = Self.escaped(label.name)
      parts.append(
        "<text class=\"lab\" x=\"\(number(label.x))\" y=\"\(number(label.y))\">\(name)</text>")
    }
    return parts.joined() + "</svg>"
  }

  /// The minutes below.
  private func axis(_ width: Double, _ height: Double, _ minutes: String) -> [String] {
    let total = max(1, Double(journey.duration) / 60)
    let step = total > 75 ? 30.0 : total > 35 ? 15 : total > 12 ? 10 : 5
    return stride(from: 0, through: total, by: step).flatMap { minute -> [String] in
      let (x, isLast) = (minute / total * width, minute + step > total)
      let anchor = minute == 0 ? "start" : x > width - 40 ? "end" : "middle"
      let text = "\(Int(minute))" + (isLast ? " " + minutes : "")
      let mark = number(min(width - 0.5, max(0.5, x)))
      return [
        "<path class=\"grid\" d=\"M\(mark) \(number(height - 30))v8\"/>",
        "<text x=\"\(number(x))\" y=\"\(number(height - 4))\" text-anchor=\"\(anchor)\">\(text)</text>",
      ]
    }
  }

  private func dots(_ width: Double, _ height: Double, _ margin: Double) -> [Dot] {
    let values = journey.stops.map { Double($0.place.valence) }
    guard let least = values.min(), let most = values.max() else { return [] }
    // A way that hardly rises stays flat.
    let (span, middle) = (max(0.5, most - least), (most + least) / 2)
    let total = Double(max(1, journey.duration))
    return journey.stops.map { stop in
      let share = 0.5 + (Double(stop.place.valence) - middle) / span
      return Dot(
        x: (Double(stop.start) + Double(stop.duration) / 2) / total * width,
        y: height - 26 - margin - share * (height - 26 - 2 * margin), name: stop.song.name)
    }
  }

  /// Names above or below their dots, where there is room.
  private static func labels(_ dots: [Dot], radius: Double, width: Double) -> [Dot] {
    var placed: [(x: ClosedRange<Double>, y: ClosedRange<Double>)] = dots.map {
      (($0.x - radius - 2)...($0.x + radius + 2), ($0.y - radius)...($0.y + radius))
    }
    return dots.compactMap { dot in
      let name = dot.name.count > 24 ? dot.name.prefix(23) + "…" : dot.name[...]
      let half = Double(name.count) * 4.6
      let x = min(width - half, max(half, dot.x))
      for y in [dot.y - radius - 10, dot.y + radius + 20] {
        let place = (x: (x - half - 6)...(x + half + 6), y: (y - 14)...(y + 4))
        if placed.contains(where: { $0.x.overlaps(place.x) && $0.y.overlaps(place.y) }) { continue }
        placed.append(place)
        return Dot(x: x, y: y, name: String(name))
      }
      return nil
    }
  }

  /// A smooth line through points: Catmull–Rom as cubic curves.
  private static func smooth(_ points: [(Double, Double)]) -> String {
    guard let first = points.first else { return "" }
    var path = "M\(number(first.0)) \(number(first.1))"
    for index in 0..<max(0, points.count - 1) {
      let (a, b) = (points[max(0, index - 1)], points[index])
      let (c, d) = (points[index + 1], points[min(points.count - 1, index + 2)])
      path +=
        "C\(number(b.0 + (c.0 - a.0) / 6)) \(number(b.1 + (c.1 - a.1) / 6))"
        + " \(number(c.0 - (d.0 - b.0) / 6)) \(number(c.1 - (d.1 - b.1) / 6)) \(number(c.0)) \(number(c.1))"
    }
    return path
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
