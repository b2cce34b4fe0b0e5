import Foundation
import MoodVision

/// The moods of a video over time, for a drawing and a table.
///
/// At most 4000 points are kept: when there are more, every second one goes.
struct MoodCurve {
  private var points: [(time: Double, distribution: MoodDistribution)] = []
  private var step = 1
  private var count = 0
  private static let limit = 4000

  /// Takes a point; times run forward.
  mutating func add(_ distribution: MoodDistribution, at time: Double) {
    defer { count += 1 }
    guard count % step == 0 else { return }
    points.append((time, distribution))
    if points.count > Self.limit {
      points = points.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      step *= 2
    }
  }

  /// One row for each point: seconds, then the moods.
  var csv: String {
    let head = (["seconds"] + Mood.allCases.map(\.rawValue)).joined(separator: ",")
    let rows = points.map { point in
      ([String(format: "%.3f", point.time)]
        + Mood.allCases.map { String(format: "%.4f", point.distribution[$0]) }).joined(
          separator: ",")
    }
    return ([head] + rows).joined(separator: "\n") + "\n"
  }

  private static let colours = [
    "#d62728", "#8c564b", "#9467bd", "#ffb000", "#1f77b4", "#17becf", "#7f7f7f",
  ]

  /// A line for each mood, probability over seconds.
  var svg: String {
    let (width, height, left, top) = (880.0, 320.0, 50.0, 20.0)
    let end = max(points.last?.time ?? 1, 1e-3)
    func x(_ time: Double) -> Double { left + (width - left - 110) * time / end }
    func y(_ p: Double) -> Double { top + (height - top - 40) * (1 - p) }
    func number(_ value: Double) -> String { String(format: "%.1f", value) }
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 880 320\" font-family=\"sans-serif\" font-size=\"12\">",
      "<rect width=\"880\" height=\"320\" fill=\"white\"/>",
    ]
    for share in [0, 0.25, 0.5, 0.75, 1] {
      lines.append(
        "<path d=\"M\(number(left)) \(number(y(share)))H\(number(x(end)))\" stroke=\"#ddd\"/>"
          + "<text x=\"8\" y=\"\(number(y(share) + 4))\">\(Int(share * 100)) %</text>")
    }
    for part in 0...4 {
      let time = end * Double(part) / 4
      lines.append(
        "<text x=\"\(number(x(time)))\" y=\"300\" text-anchor=\"middle\">\(number(time)) s</text>")
    }
    for (mood, colour) in zip(Mood.allCases, Self.colours) {
      let path = points.map { point in
        "\(number(x(point.time))),\(number(y(Double(point.distribution[mood]))))"
      }.joined(separator: " ")
      lines.append(
        "<polyline fill=\"none\" stroke=\"\(colour)\" stroke-width=\"1.5\" points=\"\(path)\"/>")
      lines.append(
        "<text x=\"780\" y=\"\(number(top + 16 * Double(mood.index) + 10))\" fill=\"\(colour)\">\(mood.rawValue)</text>"
      )
    }
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }
}
