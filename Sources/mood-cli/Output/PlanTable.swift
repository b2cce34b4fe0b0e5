import Foundation
import Tensor

/// What `inspect --plan` prints: the steps that will run, and how.
struct PlanTable {
  private let plan: Plan

  init(_ plan: Plan) { self.plan = plan }

  var text: String {
    func row(_ cells: [String]) -> String {
      zip(cells, [24, 6, 16, 18, 8, 0]).map { text, width in
        text + String(repeating: " ", count: max(1, width - text.count))
      }.joined()
    }
    var lines = [row(["step", "fused", "computed by", "output", "images", "multiply-adds"])]
    for step in plan.rows {
      lines.append(
        row([
          step.name, step.fused == 0 ? "" : "+\(step.fused)", step.work, "\(step.output)",
          "\(step.images)", step.multiplyAdds == 0 ? "" : grouped(step.multiplyAdds),
        ]))
    }
    let megabytes = String(format: "%.1f", Double(plan.arenaBytes) / 1e6)
    lines.append("")
    lines.append(
      "\(plan.options.engine.rawValue) engine, \((plan.options.instructionSet ?? .portable).rawValue), "
        + "\(plan.options.threads) threads, batch \(plan.batch); activations at most \(megabytes) MB"
    )
    return lines.joined(separator: "\n")
  }
}

/// 23564800 as 23,564,800.
func grouped(_ number: Int) -> String {
  var digits = String(number)
  var position = digits.count - 3
  while position > 0 {
    digits.insert(",", at: digits.index(digits.startIndex, offsetBy: position))
    position -= 3
  }
  return digits
}
