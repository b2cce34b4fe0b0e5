import Foundation

/// What `bench --scaling` prints: the same passes on 1, 2, … threads.
struct ScalingReport: Encodable {
  struct Row: Encodable {
    let threads: Int
    /// Least milliseconds for a batch.
    let msMin: Double
    let imagesPerSecond, speedup, efficiency: Double

    enum CodingKeys: String, CodingKey {
      case threads, speedup, efficiency
      case msMin = "ms_min", imagesPerSecond = "images_per_second"
    }
  }

  var v = 1
  let batch: Int
  let rows: [Row]

  /// Takes the least milliseconds for each number of threads, from 1 on.
  init(batch: Int, times: [Double]) {
    self.batch = batch
    rows = times.enumerated().map { index, time in
      let speedup = times[0] / time
      return Row(
        threads: index + 1, msMin: time, imagesPerSecond: Double(batch) / time * 1e3,
        speedup: speedup, efficiency: speedup / Double(index + 1))
    }
  }

  /// The report for a person.
  var text: String {
    let lines = rows.map {
      String(
        format: "%7d %9.2f %9.1f %8.2f %9.0f %%", $0.threads, $0.msMin, $0.imagesPerSecond,
        $0.speedup, $0.efficiency * 100)
    }
    return (["threads    ms min  images/s  speedup  efficiency"] + lines).joined(separator: "\n")
  }
}
