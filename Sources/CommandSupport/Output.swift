import Foundation
package import MoodVision

/// Encodes a value as one line of JSON, keys sorted, so that equal answers are equal bytes.
package func jsonLine(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// A distribution as bars, the most probable mood first.
package func bars(_ distribution: MoodDistribution, width: Int = 30) -> String {
  distribution.sorted.map { mood, probability in
    let name = mood.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)
    let length = Int((probability * Float(width)).rounded())
    return "  \(name)\(percent(probability)) \(String(repeating: "█", count: length))"
  }.joined(separator: "\n")
}

/// A probability as ` 12.3 %`.
package func percent(_ probability: some BinaryFloatingPoint) -> String {
  let tenths = Int((Double(probability) * 1000).rounded())
  let text = "\(tenths / 10).\(tenths % 10) %"
  return String(repeating: " ", count: max(0, 7 - text.count)) + text
}
