/// Numbers by size: how many are at most as large as each bound.
struct Histogram: Sendable {
  let bounds: [Double]
  private(set) var counts: [Int]
  private(set) var sum = 0.0

  init(_ bounds: [Double]) {
    self.bounds = bounds
    counts = Array(repeating: 0, count: bounds.count + 1)
  }

  mutating func record(_ value: Double) {
    counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
    sum += value
  }
}

/// Prometheus's text format, version 0.0.4
/// (<https://prometheus.io/docs/instrumenting/exposition_formats/>).
struct PrometheusText {
  typealias Labels = [(name: String, value: String)]
  enum Kind: String { case counter, gauge }

  private(set) var text = ""

  /// Adds counters or gauges, in the order of their labels.
  mutating func add(
    _ name: String, _ kind: Kind, _ help: String, _ rows: [(labels: Labels, value: Double)]
  ) {
    head(name, kind.rawValue, help)
    text += rows.map { "\(name)\(Self.labels($0.labels)) \(Self.number($0.value))\n" }.sorted()
      .joined()
  }

  /// Adds histograms.
  mutating func add(
    _ name: String, _ help: String, _ rows: [(labels: Labels, histogram: Histogram)]
  ) {
    head(name, "histogram", help)
    let sorted = rows.map { (Self.labels($0.labels), $0) }.sorted { $0.0 < $1.0 }
    for (labels, row) in sorted {
      var total = 0
      let bounds = row.histogram.bounds.map { "\($0)" } + ["+Inf"]
      for (bound, count) in zip(bounds, row.histogram.counts) {
        total += count
        text += "\(name)_bucket\(Self.labels(row.labels + [("le", bound)])) \(total)\n"
      }
      text += "\(name)_sum\(labels) \(row.histogram.sum)\n\(name)_count\(labels) \(total)\n"
    }
  }

  private mutating func head(_ name: String, _ kind: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
  }

  private static func labels(_ labels: Labels) -> String {
    guard !labels.isEmpty else { return "" }
    return "{"
      + labels.map {
        let value = $0.value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\($0.name)=\"\(value.replacing("\n", with: "\\n"))\""
      }.joined(separator: ",") + "}"
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
