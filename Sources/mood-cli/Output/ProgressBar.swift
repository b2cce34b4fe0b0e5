import CommandSupport

/// A line on standard error that says how far the work is; silent where that is no
/// terminal, or one that draws over no line.
struct ProgressBar {
  private let total: Int?
  private let isShown: Bool
  private let start = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?
  private var isDrawn = false

  /// Begins a line; without a total there is a count and no bar.
  init(total: Int? = nil) {
    self.total = total
    isShown = Terminal.redrawsLines && total ?? .max > 20
  }

  /// Draws the line, at most ten times a second.
  mutating func update(_ done: Int) {
    let now = ContinuousClock.now
    guard isShown, done == total || now - (lastDrawn ?? start) > .milliseconds(100) else { return }
    lastDrawn = now
    let rate = Int((Double(done) / max((now - start) / .seconds(1), 1)).rounded())
    var line = "\(done)"
    if let total {
      let filled = total == 0 ? 30 : done * 30 / total
      let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: 30 - filled)
      line = "\(bar) \(done)/\(total)"
    }
    Terminal.redraw("\(line)  \(rate)/s ")
    isDrawn = true
    if done == total { clear() }
  }

  /// Takes the line away, so that others can be written; the next update draws it again.
  mutating func clear() {
    if isDrawn { Terminal.clearLine() }
    isDrawn = false
  }
}
