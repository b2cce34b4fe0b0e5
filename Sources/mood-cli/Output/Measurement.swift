import CommandSupport
import Foundation
import Tensor

/// Times of passes, one after the other.
struct Measurement {
  /// Milliseconds of each pass, sorted.
  private(set) var times: [Double] = []
  /// Least milliseconds of each step.
  private(set) var steps: [Double] = []
  /// Multiply–adds a second that the cores reach in registers, × 2, in billions.
  let peak: Double

  init(_ compiled: CompiledPlan, seconds: Double, perLayer: Bool, showsProgress: Bool) throws {
    let plan = compiled.plan
    let count = plan.batch * plan.inputShapes[0].count
    let pixels = (0..<count).map { Float($0 % 251) / 251 }
    let warmUp = ContinuousClock.now
    repeat {
      try compiled.run(pixels.span) { _ in }
    } while (ContinuousClock.now - warmUp).seconds
      < min(seconds / 4, 1)
    if perLayer { steps = [Double](repeating: .infinity, count: compiled.plan.rows.count) }
    let start = ContinuousClock.now
    var lastShown = 0.0
    var elapsed = 0.0
    repeat {
      let before = ContinuousClock.now
      if perLayer {
        var begun = before
        var least = steps
        try compiled.run(
          pixels.span,
          observe: { step, begins in
            let now = ContinuousClock.now
            if begins {
              begun = now
            } else {
              least[step] = min(least[step], (now - begun).seconds * 1e3)
            }
          }
        ) { _ in }
        steps = least
      } else {
        try compiled.run(pixels.span) { _ in }
      }
      times.append((ContinuousClock.now - before).seconds * 1e3)
      elapsed = (ContinuousClock.now - start).seconds
      if showsProgress, elapsed - lastShown > 0.2 {
        lastShown = elapsed
        Terminal.redraw("\(Int(elapsed)) of \(Int(seconds)) s, \(times.count) passes ")
      }
    } while elapsed < seconds || times.count < 5
    if showsProgress { Terminal.clearLine() }
    times.sort()
    peak = MachinePeak.gigaflops(plan.options)
  }

  /// The time below which that share of the passes lies.
  func quantile(_ share: Double) -> Double {
    times[min(times.count - 1, Int(share * Double(times.count)))]
  }

  /// The most memory that this process had in use, in bytes; 0 where the system does not tell.
  static var peakMemory: Int {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return 0 }
    return kilobytes * 1024
  }
}
