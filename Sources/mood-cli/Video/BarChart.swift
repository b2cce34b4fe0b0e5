import CommandSupport
import Foundation
import MoodVision

/// Draws the moods as bars that stay in place, on a terminal that can; else one below the other.
struct BarChart {
  private var lines = 0
  private let staysInPlace = Terminal.redrawsLines
  private var clear: String { staysInPlace ? "\u{1B}[K" : "" }

  mutating func draw(_ distribution: MoodDistribution?, _ line: WatchLine) {
    guard let distribution else { return }
    // In training order, so that bars do not jump.
    let rows = Mood.allCases.map { mood in
      let name = mood.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)
      let length = Int((distribution[mood] * 30).rounded())
      return
        "\(clear)  \(name)\(percent(distribution[mood])) \(String(repeating: "█", count: length))"
    }
    let state = line.mood == nil ? "no face" : distribution.mood.rawValue
    let text = (rows + ["\(clear)  \(state), \(Int(line.latency * 1000)) ms"]).joined(
      separator: "\n")
    printError((lines > 0 && staysInPlace ? "\u{1B}[\(lines)A" : "") + text)
    lines = rows.count + 1
  }
}
