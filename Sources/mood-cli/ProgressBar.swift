import Foundation

/// A line on standard error that says how far the work is; silent where that is no terminal.
struct ProgressBar {
  private let total: Int
  private let isShown: Bool
  private let start = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?

  init(total: Int) {
    self.total = total
    isShown = isatty(2) == 1 && total > 20
  }

  /// Draws the bar, at most ten times a second.
  mutating func update(_ done: Int) {
    let now = ContinuousClock.now
    guard isShown, done == total || lastDrawn.map({ now - $0 > .milliseconds(100) }) ?? true else {
      return
    }
    lastDrawn = now
    let filled = total == 0 ? 30 : done * 30 / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: 30 - filled)
    let seconds = Double((now - start).components.seconds) + 0.001
    let rate = Int((Double(done) / max(seconds, 1)).rounded())
    let line = "\r\(bar) \(done)/\(total)  \(rate)/s "
    FileHandle.standardError.write(Data(line.utf8))
    if done == total { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}
